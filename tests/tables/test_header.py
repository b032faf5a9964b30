"""The common header as a value."""

from __future__ import annotations

from srat_tool.tables.header import HEADER_SIZE, Header


def test_field_order_is_the_table_s() -> None:
    """The fields are in the order of the bytes, so that they unpack straight into it."""
    assert Header._fields[:4] == ("signature", "length", "revision", "checksum")
    assert HEADER_SIZE == 36
