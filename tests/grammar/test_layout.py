"""A layout: both directions of one structure by its packed form."""

from __future__ import annotations

from enum import IntFlag
from typing import NamedTuple

from srat_tool.grammar.form import PackedForm
from srat_tool.grammar.layout import Layout


class _Point(NamedTuple):
    offset: int
    kind: int
    name: bytes
    place: int


POINT = Layout(_Point, form=PackedForm(("kind", "name", "place"), ("B", "3s", "Q")))
DATA = b"..\x07abc\x01\0\0\0\0\0\0\x80"


def test_packed_without_alignment() -> None:
    """The size is the sum of the fields."""
    assert POINT.size == 12
    assert POINT.fields == ("kind", "name", "place")


def test_decode_is_at_an_offset() -> None:
    """A value knows where it was read."""
    assert POINT.decode(DATA, 2) == _Point(2, 7, b"abc", 1 << 63 | 1)


def test_encode_is_the_reverse() -> None:
    """The declared fields come back as bytes."""
    assert POINT.encode(POINT.decode(DATA, 2)) == DATA[2:]


def test_the_other_bits_of_one_flag_are_reserved() -> None:
    """A single flag defines one bit; its complement is all others, not those of its enumeration."""

    class Flags(IntFlag):
        FIRST = 1
        SECOND = 2

    form = PackedForm(("kind", "name", "place"), ("B", "3s", "Q"))
    assert Layout(_Point, form=form, defined={"kind": Flags.FIRST}).reserved() == {"kind": 0xFE}
