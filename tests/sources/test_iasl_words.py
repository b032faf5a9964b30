"""The words of iasl's data table language."""

from __future__ import annotations

from srat_tool.sources.iasl_words import HEADER, table_of
from srat_tool.tables.header import HEADER_SIZE


def test_the_header_is_whole() -> None:
    """The fields add up to the common header."""
    assert sum(HEADER.values()) == HEADER_SIZE


def test_a_structure_names_its_table() -> None:
    """Case does not matter, and other words name none."""
    assert table_of(b"Memory Affinity") == b"SRAT"
    assert table_of(b"Cache Type") == b"PPTT"
    assert table_of(b"something else") is None
