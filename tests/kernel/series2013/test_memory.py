"""Reservations of the series: nodes, flags and debug lines."""

from __future__ import annotations

import pytest

from srat_tool.base.units import GIB, MIB
from srat_tool.kernel.series2013.memory import Panic, SeriesMemory


def _memory() -> SeriesMemory:
    memory = SeriesMemory()
    memory.mb.add(MIB, 2 * GIB - MIB, 0)
    memory.mb.add(2 * GIB, 2 * GIB, 1)
    return memory


def test_reserve_prints_an_exclusive_end_and_the_flags() -> None:
    """The second number is the first byte behind the range."""
    memory = _memory()
    memory.reserve_local_node(4 * GIB - 4096, 4 * GIB, 1)
    memory.reserve_hotpluggable(2 * GIB, 4 * GIB, 1)
    assert memory.debug == [
        "memblock_reserve: [0x000000fffff000-0x00000100000000] with flags 0x00000000000001",
        "memblock_reserve: [0x00000080000000-0x00000100000000] with flags 0x00000000000002",
    ]
    assert [(r.end, int(r.flags)) for r in memory.mb.reserved] == [
        (4 * GIB - 4096, 2),
        (4 * GIB, 1),
    ]


def test_allocation_goes_to_another_node_when_its_own_is_reserved() -> None:
    """Patch 1: pg_data_t of a node that is wholly hot lies elsewhere."""
    memory = _memory()
    memory.reserve_hotpluggable(2 * GIB, 4 * GIB, 1)
    assert memory.alloc_try_nid(4096, 1) == 2 * GIB - 4096


def test_allocation_without_any_room_panics() -> None:
    """The message is the allocator's own, not the one that patch 1 wrote."""
    memory = _memory()
    memory.reserve_hotpluggable(0, 4 * GIB, 0)
    with pytest.raises(Panic, match=r"ERROR: Failed to allocate 0x1000 bytes below 0x0\."):
        memory.alloc_try_nid(4096, 0)


def test_the_dump_has_short_sizes_and_flags() -> None:
    """Width 16 for addresses, none for sizes, and the flags of each region."""
    memory = SeriesMemory()
    memory.mb.add(MIB, MIB, 0)
    memory.dump_all()
    assert memory.debug == [
        "MEMBLOCK configuration:",
        " memory size = 0x100000 reserved size = 0x0",
        " memory.cnt  = 0x1",
        " memory[0x0]\t[0x00000000100000-0x000000001fffff], 0x100000 bytes on node 0 flags: 0x0",
        " reserved.cnt  = 0x1",
        " reserved[0x0]\t[0x00000000000000-0xffffffffffffffff], 0x0 bytes flags: 0x0",
    ]
