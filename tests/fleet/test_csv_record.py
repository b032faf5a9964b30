"""Rows of comma-separated values."""

from __future__ import annotations

from srat_tool.fleet.csv_record import csv_record


def test_texts_are_escaped_and_quoted() -> None:
    """Control characters are escaped, commas are quoted, None is an empty cell."""
    assert csv_record(("a\x1b[31m", "b,c", 3, None)) == 'a\\x1b[31m,"b,c",3,\n'
