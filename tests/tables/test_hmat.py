"""What HMAT structures declare."""

from __future__ import annotations

from srat_tool.tables.hmat import LatencyBandwidth, MemoryAttributes, MemorySideCache

MATRIX = LatencyBandwidth(0, 1, 0, 40, 0x21, 3, 0, 0, 1, 3, 0, 100, (0,), (0, 1, 2), (5, 0, 0xFFFF))


def test_entries_and_values() -> None:
    """A value is entry times base; 0 and 0xFFFF are no values, nor is what is not there."""
    assert MATRIX.value(0, 0) == 500
    assert [MATRIX.entry(0, column) for column in range(4)] == [5, 0, 0xFFFF, None]
    assert [MATRIX.value(0, column) for column in range(1, 4)] == [None, None, None]


def test_flags_of_a_matrix() -> None:
    """The hierarchy is the low nibble; data types from 3 on are rates."""
    assert MATRIX.hierarchy == 1
    assert not MATRIX.is_latency


def test_cache_attributes() -> None:
    """Each nibble of the attributes has its name."""
    cache = MemorySideCache(0, 2, 0, 32, 0, 0, 0, 0x00402113, 0, 0)
    assert (cache.total_levels, cache.level, cache.associativity) == (3, 1, 1)
    assert (cache.write_policy, cache.line_size) == (2, 64)


def test_initiator_valid() -> None:
    """Bit 0 declares whether the initiator's domain is valid."""
    entry = MemoryAttributes(0, 0, 0, 40, 1, 0, 0, 0, 0, 0, 0)
    assert entry.initiator_valid
    assert not entry._replace(flags=6).initiator_valid
