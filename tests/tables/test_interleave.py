"""Encoded numbers of interleave ways."""

from __future__ import annotations

from srat_tool.tables.interleave import WAYS


def test_the_codes_of_the_specification() -> None:
    """Powers of two below 8, three times powers of two from 8 on."""
    assert all(ways == (1 << code if code < 8 else 3 << (code - 8)) for code, ways in WAYS.items())
