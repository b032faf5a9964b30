"""Reservations of the series: nodes, flags and debug lines."""

from __future__ import annotations

from srat_tool.base.units import GIB, MIB, PAGE_SIZE
from srat_tool.kernel.memblock import SeriesFlags
from srat_tool.kernel.series2013.memory import SeriesMemblock


def _memory() -> SeriesMemblock:
    memblock = SeriesMemblock()
    memblock.add(MIB, 2 * GIB - MIB, 0)
    memblock.add(2 * GIB, 2 * GIB, 1)
    return memblock


def test_reserve_prints_an_exclusive_end_and_the_flags() -> None:
    """The second number is the first byte after the range."""
    memblock = _memory()
    memblock.reserve(4 * GIB - 4096, 4096, 1, SeriesFlags.LOCAL_NODE)
    memblock.reserve(2 * GIB, 2 * GIB, 1, SeriesFlags.HOTPLUGGABLE)
    assert memblock.messages == [
        "memblock_reserve: [0x000000fffff000-0x00000100000000] with flags 0x00000000000001",
        "memblock_reserve: [0x00000080000000-0x00000100000000] with flags 0x00000000000002",
    ]
    assert [(r.end, int(r.flags)) for r in memblock.reserved] == [
        (4 * GIB - 4096, 2),
        (4 * GIB, 1),
    ]


def test_a_plain_reservation_asks_for_its_node() -> None:
    """It is unknown before the SRAT is parsed; an allocation asks as well."""
    memblock = _memory()
    memblock.reserve(MIB, MIB)
    memblock.node_of = lambda start, _end: 7 if start >= GIB else None
    memblock.reserve(GIB, MIB)
    memblock.alloc(4096, 64, nid=1)
    assert [region.nid for region in memblock.reserved] == [None, 7, 7]


def test_allocation_goes_to_another_node_when_its_own_is_reserved() -> None:
    """Patch 1: pg_data_t of a node that is wholly hot is on another node."""
    memblock = _memory()
    memblock.reserve(2 * GIB, 2 * GIB, 1, SeriesFlags.HOTPLUGGABLE)
    assert memblock.alloc(4096, 64, nid=1) == 2 * GIB - 4096


def test_pages_are_taken_from_the_end_and_each_has_its_line() -> None:
    """One region in the list, one line a page."""
    memblock = _memory()
    end = 4 * GIB
    memblock.reserve_local_pages(end - 3 * PAGE_SIZE, end, 1)
    assert len(memblock.reserved) == 1
    assert [line[19:35] for line in memblock.messages] == [
        f"{page:#016x}" for page in (end - 4096, end - 8192, end - 12288)
    ]
    assert memblock.free_from(3 * GIB) == 2 * GIB


def test_the_dump_has_short_sizes_and_flags() -> None:
    """Width 16 for addresses, none for sizes, and the flags of each region."""
    memblock = SeriesMemblock()
    memblock.add(MIB, MIB, 0)
    assert memblock.dump_all() == [
        "MEMBLOCK configuration:",
        " memory size = 0x100000 reserved size = 0x0",
        " memory.cnt  = 0x1",
        " memory[0x0]\t[0x00000000100000-0x000000001fffff], 0x100000 bytes on node 0 flags: 0x0",
        " reserved.cnt  = 0x1",
        " reserved[0x0]\t[0x00000000000000-0xffffffffffffffff], 0x0 bytes flags: 0x0",
    ]
