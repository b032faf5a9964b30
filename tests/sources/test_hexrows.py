"""Hex rows in four styles."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srat_tool.sources.hexrows import Rows, parse, parse_any

DATA = b"SRAT\x10\x01\0\0\x01JBOCHS " + b"BX \xab\xcd"


ACPIDUMP = """\
    0000: 53 52 41 54 10 01 00 00 01 4A 42 4F 43 48 53 20  SRAT.....JBOCHS
    0010: 42 58 20 AB CD                                   BX ..
"""
IASL = """\
    0000: 53 52 41 54 10 01 00 00 01 4A 42 4F 43 48 53 20  // SRAT.....JBOCHS
    0010: 42 58 20 AB CD  EF 01
"""
XXD = """\
00000000: 5352 4154 1001 0000 014a 424f 4348 5320  SRAT.....JBOCHS
00000010: 4258 20ab cd                             BX ..
"""
HEXDUMP = """\
00000000  53 52 41 54 10 01 00 00  01 4a 42 4f 43 48 53 20  |SRAT.....JBOCHS |
00000010  42 58 20 ab cd                                    |BX ..|
00000015
"""


@pytest.mark.parametrize("text", [ACPIDUMP, ACPIDUMP.replace("\n", "\r\n"), IASL, XXD, HEXDUMP])
def test_styles(text: str) -> None:
    """The text column never counts, however much it looks like hex."""
    assert parse_any(text.encode()) == Rows(DATA, None)


def test_gap_ends_the_rows() -> None:
    """A missing row is found by the offset of the next."""
    assert parse(b" 0000: 01 02\n 0004: 03\n") == Rows(b"\x01\x02", 4)


def test_nothing() -> None:
    """Text without rows gives nothing."""
    assert parse_any(b"hello") == Rows(b"", None)


@given(st.lists(st.integers(1, 16), max_size=6), st.integers(0, 40))
def test_rows_are_taken_up_to_the_first_that_does_not_follow(sizes: list[int], shift: int) -> None:
    """Rows of any length join; one at another offset ends them."""
    text, want, at = b"", b"", 0
    for size in sizes:
        row = bytes(range(at % 199, at % 199 + size))
        text += b"  %04X: %b\n" % (at, row.hex(" ").upper().encode())
        want, at = want + row, at + size
    assert parse(text) == Rows(want, None)
    cut = parse(text + b"  %04X: AA\n" % (at + shift))
    assert cut == (Rows(want, at + shift) if shift else Rows(want + b"\xaa", None))


def test_uneven_rows_at_even_offsets_are_a_gap() -> None:
    """A short row in the middle is no full one, whatever offset the next one states."""
    text = b"0000: " + b" ".join([b"11"] * 15) + b"\n0010: 22\n"
    assert parse(text) == Rows(b"\x11" * 15, 0x10)


STARRED = """\
00000000  53 52 41 54 10 01 00 00  01 4a 42 4f 43 48 53 20  |SRAT.....JBOCHS |
00000010  00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00  |................|
*
00000040  42 58 20 ab cd                                    |BX ..|
00000045
"""


def test_a_star_stands_for_rows_like_the_one_before() -> None:
    """As many as the next offset leaves room for; without the star they are a gap."""
    whole = DATA[:16] + bytes(48) + DATA[16:]
    assert parse_any(STARRED.encode()) == Rows(whole, None)
    assert parse_any(STARRED.replace("\n", "\r\n").encode()) == Rows(whole, None)
    assert parse_any(STARRED.replace("*\n", "").encode()) == Rows(whole[:32], 0x40)


def test_a_star_at_the_end_needs_the_offset_of_the_end() -> None:
    """Only that offset shows how many rows are left out; an absurd one leaves none."""
    head = STARRED[: STARRED.index("00000040")]
    assert parse_any((head + "00000040\n").encode()) == Rows(DATA[:16] + bytes(48), None)
    assert parse_any(head.encode()) == Rows(DATA[:16] + bytes(16), None)
    assert parse_any((head + "fffffffffff0\n").encode()) == Rows(DATA[:16] + bytes(16), None)
