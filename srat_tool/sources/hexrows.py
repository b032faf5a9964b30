"""Rows of hex digits with an offset in front, as acpidump, iasl, xxd and hexdump print them."""

from __future__ import annotations

import re
from typing import NamedTuple

# The text column may look like hex, too: bytes end at 16 or at the first double blank.
_ACPIDUMP = re.compile(
    rb"^[ \t]*([0-9A-Fa-f]{4,16}):((?: [0-9A-Fa-f]{2}){1,16})(?=[ \r]|$)", re.MULTILINE
)
_XXD = re.compile(
    rb"^([0-9a-f]{8,16}):((?: [0-9a-f]{4}){0,7}(?: [0-9a-f]{4}| [0-9a-f]{2}))(?=  )", re.MULTILINE
)
_HEXDUMP = re.compile(rb"^([0-9a-f]{8,16})  ((?:[0-9a-f]{2} {1,2}){1,16}) *\|", re.MULTILINE)
# Offsets of 6 or 7 digits: od's are octal unless it was asked for others.
_OD = re.compile(rb"^([0-9a-f]{6,7})((?: [0-9a-f]{2}){1,16})(?= *\r?$| +>)", re.MULTILINE)
# Words as the machine has them, low byte first.
_WORDS = re.compile(rb"^([0-9a-f]{6,7})((?: {1,4}[0-9a-f]{4}){1,8})(?= *\r?$)", re.MULTILINE)
# hexdump, od and xxd -a leave out rows that are equal to the one before.
_STAR = re.compile(rb"^[ \t]*\*[ \t]*\r?$", re.MULTILINE)
_LAST = re.compile(rb"^[ \t]*\*[ \t]*\r?\n([0-9a-f]{6,16})[ \t]*\r?$", re.MULTILINE)
MAX_REPEATED = 1 << 20
_ROW_BYTES = 16
_STYLES = (_XXD, _HEXDUMP, _ACPIDUMP, _OD, _WORDS)
_SECOND_OCTAL = 0o20


class Rows(NamedTuple):
    """What a run of rows gives.

    Attributes:
        data: the bytes up to the end or the first gap.
        gap: offset of the first row that does not follow the one before, or rows that a `*`
            represents; None when all do.
    """

    data: bytes
    gap: int | None


def parse(text: bytes) -> Rows:
    """Read acpidump's rows until one does not begin where the one before ended."""
    return _join(_ACPIDUMP, text)


def parse_any(text: bytes) -> Rows:
    """Read rows in whichever style the text begins with."""
    start = text[:4096]
    style = next((s for s in _STYLES if s.search(start)), None)
    return Rows(b"", None) if style is None else _join(style, text)


def _join(style: re.Pattern[bytes], text: bytes) -> Rows:
    rows = style.findall(text)
    if style is _WORDS:
        rows = [(offset, _swapped(digits)) for offset, digits in rows]
    base = 16
    offsets = [int(offset, 16) for offset, _ in rows]
    if style in (_OD, _WORDS) and offsets[1:2] == [int(f"{_SECOND_OCTAL:o}", 16)]:
        base = 8
        offsets = [int(offset, 8) if max(offset) < ord("8") else -1 for offset, _ in rows]
    full = bytes.fromhex(b"".join(digits for _, digits in rows[:-1]).decode("ascii"))
    plain = _STAR.search(text) is None
    # No row holds more than 16 bytes, so a sum of 16 each means that every one is full.
    whole = len(full) == _ROW_BYTES * len(rows[:-1])
    if plain and whole and offsets == list(range(0, len(rows) * _ROW_BYTES, _ROW_BYTES)):
        return Rows(full + b"".join(_bytes(digits) for _, digits in rows[-1:]), None)
    parts: list[bytes] = []
    at = after = 0
    for offset, (_, digits), match in zip(offsets, rows, style.finditer(text), strict=True):
        if offset != at:
            again = _repeated(parts, text[after : match.start()], offset - at)
            if not again:
                return Rows(b"".join(parts), offset)
            parts.append(again)
        parts.append(_bytes(digits))
        at = offset + len(parts[-1])
        after = match.end()
    last = None if plain else _LAST.search(text, text.find(b"\n", after))
    if last is not None and (max(last[1]) < ord("8") or base > 8):
        parts.append(_repeated(parts, last[0], int(last[1], base) - at))
    return Rows(b"".join(parts), None)


def _repeated(parts: list[bytes], between: bytes, size: int) -> bytes:
    """Return the bytes of rows that a `*` represents: each is as the one before; empty for none."""
    row = parts[-1][-_ROW_BYTES:] if parts else b""
    fits = len(row) == _ROW_BYTES and 0 < size <= MAX_REPEATED and size % _ROW_BYTES == 0
    starred = _STAR.search(between) is not None
    return row * (size // _ROW_BYTES) if fits and starred else b""


def _swapped(words: bytes) -> bytes:
    """Return the digits of words in the order of their bytes."""
    return b" ".join(word[2:] + word[:2] for word in words.split())


def _bytes(digits: bytes) -> bytes:
    return bytes.fromhex(digits.decode("ascii"))
