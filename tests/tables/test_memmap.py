"""The firmware's memory map as a value."""

from __future__ import annotations

from srat_tool.base.span import Span
from srat_tool.tables.memmap import MapEntry, MemoryMap, MemoryType


def test_unknown_types_are_kept() -> None:
    """A type that Linux has no name for stays a number."""
    entry = MapEntry(0, 0x1000, 99)
    assert MemoryMap(entries=(entry,)).entries[0].type == 99
    assert entry.span == Span(0, 0x1000)


def test_types_are_linux_s_numbers() -> None:
    """Soft-reserved memory has the number that the kernel gives it."""
    assert MemoryType(0xEFFFFFFF) is MemoryType.SOFT_RESERVED
