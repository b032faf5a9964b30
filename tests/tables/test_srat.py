"""What affinity structures declare."""

from __future__ import annotations

from srat_tool.tables.srat import (
    GicItsAffinity,
    Hole,
    MemoryAffinity,
    MemoryFlags,
    ProcessorAffinity,
    UnknownAffinity,
)


def test_flags_of_memory() -> None:
    """Each named bit has its property."""
    entry = MemoryAffinity(0, 1, 40, 0, 0, 0, 0, 0, 0b0111, 0)
    assert (entry.enabled, entry.hot_pluggable, entry.non_volatile) == (True, True, True)
    assert MemoryFlags(0b1000) is MemoryFlags.SPECIFIC_PURPOSE
    assert MemoryFlags(0x80000002) == 0x80000002


def test_who_is_enabled() -> None:
    """An ITS has no flag and always counts; a structure of an unknown type never does."""
    assert GicItsAffinity(0, 4, 12, 0, 0, 0).enabled
    assert not UnknownAffinity(0, 99, 2).enabled
    assert not Hole(0, 0, 0, b"").enabled
    assert not ProcessorAffinity(0, 0, 16, 0, 0, 0, 0, b"\0\0\0", 0).enabled
