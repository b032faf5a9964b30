"""A layout: the declaration, and the packed form that is computed from it."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from construct import Bytes, Int8ul, Int32ub, Int64ul, Struct, VarInt

from srat_tool.base.errors import DecodeError
from srat_tool.grammar.layout import Layout


class _Point(NamedTuple):
    offset: int
    kind: int
    name: bytes
    place: int


POINT = Layout(_Point, Struct("kind" / Int8ul, "name" / Bytes(3), "place" / Int64ul))
DATA = b"..\x07abc\x01\0\0\0\0\0\0\x80"


def test_packed_without_alignment() -> None:
    """The size is the sum of the fields."""
    assert POINT.size == 12
    assert POINT.fields == ("kind", "name", "place")


def test_both_ways_to_read_agree() -> None:
    """The packed form and construct give the same value, offset included."""
    assert POINT.decode(DATA, 2) == POINT.parse(DATA, 2) == _Point(2, 7, b"abc", 1 << 63 | 1)


def test_encode_is_the_reverse() -> None:
    """The declared fields come back as bytes."""
    assert POINT.encode(POINT.decode(DATA, 2)) == DATA[2:]


def test_construct_says_when_bytes_are_missing() -> None:
    """A cut structure is our own error, with its offset."""
    with pytest.raises(DecodeError, match=r"\+0x0003"):
        POINT.parse(DATA, 3)


@pytest.mark.parametrize("field", ["x" / Int32ub, "x" / VarInt])
def test_only_flat_little_endian_fields(field: object) -> None:
    """A field that struct cannot express is refused when the layout is declared."""
    with pytest.raises(TypeError, match="x "):
        Layout(_Point, Struct(field))
