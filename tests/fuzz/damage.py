"""Damage: bytes that are flipped, cut and doubled, and text with unexpected numbers."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

_NUMBER = re.compile(rb"0[xX][0-9a-fA-F]+|\d+")
# What breaks conversions: widths, signs, bases, digits of other scripts, lists, and 5,000 digits.
NUMBERS = (
    b"0", b"-1", b"1", b"255", b"256", b"1023", b"1024", b"65535", b"65536", b"2147483648",
    b"4294967295", b"4294967296", b"9223372036854775808", b"18446744073709551615",
    b"18446744073709551616", b"0xffffffffffffffff", b"0x10000000000000000", b"-9223372036854775809",
    b"9" * 400, b"9" * 5000, b"0x" + b"f" * 5000, b"1e9", b"1e400", b"1.5", b"nan", b"inf",
    "\N{SUPERSCRIPT TWO}".encode(), "\N{ARABIC-INDIC DIGIT THREE}".encode(), b"", b"00",
    b"1_000", b"0x", b"0-", b"0-4294967295", b"0-0", b"9-0", b"0-9999999999999", b"0..4294967295",
    b"0,1,2,3-1000000000",
    b"0-1000000000:1/2", b"0..16E", b"16E", b"99999999999T", b"0+16E", b"4G", b"100%", b"101%",
)  # fmt: skip
WORDS = (
    b"\0", b"\x1b[2J", b"\r", b"\n", b"\n" * 3000, b" " * 20000, b"\t" * 999, b"'", b'"', b"'''",
    b"[", b"]", b"[[", b"{", b"}", b"=", b"#", b",", b"::error::x", b"##[error]", b"]]>", b"<!--",
    b"\xef\xbf\xbe", b"\xed\xa0\x80", b"\xff\xfe", b"\xe2\x80\xae", b"a" * 70000, b"../" * 9, b"/",
    b"true", b"[]", b"{}", b"null", b"''", b"all", b"none", b"_FVH", b"SRAT",
)  # fmt: skip
SIZES = (1, 1, 2, 4, 8, 64)


def damage(data: bytes, dice: random.Random, others: Sequence[bytes] = ()) -> bytes:
    """Return an input with a few changes; those of bytes are nearer to the beginning.

    Args:
        data: what is changed.
        dice: decides.
        others: inputs of the same door, to take parts from.
    """
    whole = bytearray(data)
    ways = TEXT_WAYS if is_text(data) else BYTE_WAYS
    for _ in range(dice.choice((1, 1, 2, 3, 6, 12))):
        dice.choice(ways)(whole, dice, others)
    return bytes(whole)


def is_text(data: bytes) -> bool:
    """Return whether the beginning of an input has no byte that text has not."""
    return b"\0" not in data[:512] and sum(byte > 126 for byte in data[:512]) < 16


def _at(whole: bytearray, dice: random.Random) -> int:
    reach = len(whole) if dice.random() < 0.5 else min(len(whole), 256)
    return dice.randrange(reach + 1)


def _noise(whole: bytearray, dice: random.Random, _: Sequence[bytes]) -> None:
    at, size = _at(whole, dice), dice.choice(SIZES)
    whole[at : at + size] = dice.randbytes(size)


def _fill(whole: bytearray, dice: random.Random, _: Sequence[bytes]) -> None:
    at, size = _at(whole, dice), dice.choice(SIZES)
    whole[at : at + size] = dice.choice((b"\0", b"\xff", b"\x7f", b"\x80")) * size


def _drop(whole: bytearray, dice: random.Random, _: Sequence[bytes]) -> None:
    at = _at(whole, dice)
    del whole[at : at + dice.choice(SIZES)]


def _double(whole: bytearray, dice: random.Random, _: Sequence[bytes]) -> None:
    at = _at(whole, dice)
    whole[at:at] = whole[at : at + dice.choice((16, 256, 4096))]


def _cut(whole: bytearray, dice: random.Random, _: Sequence[bytes]) -> None:
    if dice.random() < 0.2:
        del whole[_at(whole, dice) :]


def _flip(whole: bytearray, dice: random.Random, _: Sequence[bytes]) -> None:
    at = _at(whole, dice)
    if at < len(whole):
        whole[at] ^= 1 << dice.randrange(8)


def _graft(whole: bytearray, dice: random.Random, others: Sequence[bytes]) -> None:
    if others:
        other = dice.choice(others)
        start = dice.randrange(len(other) + 1)
        at = _at(whole, dice)
        whole[at : at + dice.choice((0, 64))] = other[start : start + dice.choice((8, 64, 2048))]


def _number(whole: bytearray, dice: random.Random, _: Sequence[bytes]) -> None:
    found = list(_NUMBER.finditer(whole[: 1 << 16]))
    if found:
        start, end = dice.choice(found).span()
        whole[start:end] = dice.choice(NUMBERS)


def _word(whole: bytearray, dice: random.Random, _: Sequence[bytes]) -> None:
    at = _at(whole, dice)
    whole[at : at + dice.choice((0, 0, 1, 8))] = dice.choice(WORDS)


def _lines(whole: bytearray, dice: random.Random, others: Sequence[bytes]) -> None:
    """Drop a line, move it, repeat it many times, or take one of another input."""
    lines = whole.split(b"\n")
    at, to = dice.randrange(len(lines)), dice.randrange(len(lines))
    way = dice.randrange(4)
    if way == 0:
        del lines[at]
    elif way == 1:
        lines[at], lines[to] = lines[to], lines[at]
    elif way == 2:
        lines[at:at] = [lines[at]] * dice.choice((1, 2, 300))
    elif others:
        lines.insert(at, bytearray(dice.choice(dice.choice(others).split(b"\n"))))
    whole[:] = b"\n".join(lines)


Way = Callable[[bytearray, random.Random, Sequence[bytes]], None]
BYTE_WAYS: tuple[Way, ...] = (_noise, _fill, _drop, _double, _cut, _flip, _flip, _graft)
TEXT_WAYS: tuple[Way, ...] = (_number, _number, _number, _word, _word, _lines, _lines, *BYTE_WAYS)
