"""Memblock: marks, free ranges, and where allocations go."""

from __future__ import annotations

from srat_tool.base.span import Span
from srat_tool.base.units import GIB, MIB, U64
from srat_tool.kernel.memblock import (
    NONE,
    FreeRange,
    Memblock,
    MemblockType,
    SeriesFlags,
)


def _regions(type_: MemblockType) -> list[tuple[int, int, int | None, int]]:
    return [(r.base, r.end, r.nid, int(r.flags)) for r in type_]


def test_hotplug_is_marked_only_where_there_is_ram() -> None:
    """Marking splits RAM at the borders of the range, and holes stay holes."""
    mb = Memblock()
    mb.add(0, 2 * GIB)
    mb.add(4 * GIB, 2 * GIB)
    mb.mark_hotplug(1 * GIB, 4 * GIB)
    assert _regions(mb.memory) == [
        (0, 1 * GIB, None, 0),
        (1 * GIB, 2 * GIB, None, 1),
        (4 * GIB, 5 * GIB, None, 1),
        (5 * GIB, 6 * GIB, None, 0),
    ]
    mb.clear_hotplug(0, U64)
    assert _regions(mb.memory) == [(0, 2 * GIB, None, 0), (4 * GIB, 6 * GIB, None, 0)]


def test_remove_within_leaves_both_ends() -> None:
    """Removing the middle leaves two regions with the node of the one they were."""
    mb = Memblock()
    mb.add(0, 100, 3)
    mb.remove(40, 20)
    assert _regions(mb.memory) == [(0, 40, 3, 0), (60, 100, 3, 0)]


def test_local_node_splits_a_hotpluggable_reservation() -> None:
    """A node-local page keeps its own flag inside a range reserved as HOTPLUGGABLE later."""
    mb = Memblock()
    mb.reserve(6 * GIB - 4096, 4096, 1, SeriesFlags.LOCAL_NODE)
    mb.reserve(4 * GIB, 2 * GIB, 1, SeriesFlags.HOTPLUGGABLE)
    assert _regions(mb.reserved) == [
        (4 * GIB, 6 * GIB - 4096, 1, 2),
        (6 * GIB - 4096, 6 * GIB, 1, 1),
    ]


def test_trim_memory_loses_partial_pages_per_merged_region() -> None:
    """RAM that touches at an odd address loses nothing there, only at its outer ends."""
    mb = Memblock()
    mb.add(0x800, 0x1A00)
    mb.add(0x2200, 0x1000)
    mb.trim_memory()
    assert _regions(mb.memory) == [(0x1000, 0x3000, None, 0)]


def test_pfn_ranges_skip_what_holds_no_whole_page() -> None:
    """A border in the middle of a page loses that page on both sides."""
    mb = Memblock()
    mb.add(0, 0x3000)
    mb.set_node(0x1800, 0x1800, 1)
    assert list(mb.for_each_mem_pfn_range()) == [((0, 1), None), ((2, 3), 1)]
    assert list(mb.for_each_mem_pfn_range(1)) == [((2, 3), 1)]


def test_allocation_top_down_and_bottom_up() -> None:
    """Top-down takes the highest fitting place, bottom-up the lowest above the first page."""
    mb = Memblock()
    mb.add(0, 16 * MIB)
    assert mb.alloc(4096, 4096) == 16 * MIB - 4096
    mb.bottom_up = True
    assert mb.alloc(4096, 4096) == 4096
    assert mb.alloc(4096, 4096) == 8192


def test_bottom_up_once_began_above_the_kernel() -> None:
    """What must end below that is taken from the top, as ever."""
    mb = Memblock(bottom_up=True)
    mb.add(0, 16 * MIB)
    mb.kernel_end = 8 * MIB
    assert mb.alloc(4096, 4096) == 8 * MIB
    assert mb.alloc(4096, 4096, 0, MIB) == MIB - 4096


def test_allocation_falls_back_to_another_node() -> None:
    """A full node is left for any other, unless the caller insists."""
    mb = Memblock()
    mb.add(0, 1 * GIB, 0)
    mb.add(1 * GIB, 1 * GIB, 1)
    mb.reserve(1 * GIB, 1 * GIB)
    assert mb.alloc(4096, 4096, nid=1, exact_nid=True) is None
    assert mb.alloc(4096, 4096, nid=1) == 1 * GIB - 4096


def test_movable_node_keeps_allocations_out_of_hotplug_regions() -> None:
    """HOTPLUG memory is given out only without movable_node."""
    mb = Memblock(movable_node=True)
    mb.add(0, 2 * GIB)
    mb.mark_hotplug(1 * GIB, 1 * GIB)
    assert mb.alloc(4096, 4096) == 1 * GIB - 4096
    mb.movable_node = False
    assert mb.alloc(4096, 4096) == 2 * GIB - 4096


def test_mirrored_memory_goes_first_and_its_want_is_reported() -> None:
    """kernelcore=mirror allocates from mirrored RAM; when that is full, a message is printed."""
    mb = Memblock(marks_mirror=True)
    mb.add(4096, 1 * MIB)
    mb.add(4 * MIB, 1 * MIB)
    mb.mark_mirror(4096, 8192)
    assert mb.alloc(8192, 4096) == 4096
    assert mb.messages == []
    assert mb.alloc(8192, 4096) == 5 * MIB - 8192
    assert mb.messages == ["Could not allocate 0x0000000000002000 bytes of mirrored memory"]


def test_mirror_means_nothing_unless_asked_for() -> None:
    """Without kernelcore=mirror no region is marked."""
    mb = Memblock()
    mb.add(0, MIB)
    mb.mark_mirror(0, 4096)
    assert mb.memory[0].flags == NONE


def test_free_ranges_in_both_directions() -> None:
    """Backwards gives the same ranges in reverse order."""
    mb = Memblock()
    mb.add(0, 100)
    mb.add(200, 100, 1)
    mb.reserve(20, 10)
    mb.reserve(90, 120)
    forward = list(mb.for_each_free_mem_range())
    assert forward == [FreeRange(0, 20, None), FreeRange(30, 90, None), FreeRange(210, 300, 1)]
    assert list(mb.for_each_free_mem_range(reverse=True)) == forward[::-1]


def test_dump_is_the_kernels() -> None:
    """The dump has the kernel's columns; an empty list shows its one empty region."""
    mb = Memblock()
    mb.add(0x1000, 0x9E000, 0)
    expected = """\
MEMBLOCK configuration:
 memory size = 0x000000000009e000 reserved size = 0x0000000000000000
 memory.cnt  = 0x1
 memory[0x0]\t[0x0000000000001000-0x000000000009efff], 0x000000000009e000 bytes on node 0 flags: 0x0
 reserved.cnt  = 0x1
 reserved[0x0]\t[0x0000000000000000-0xffffffffffffffff], 0x0000000000000000 bytes flags: 0x0"""
    assert mb.dump_all() == expected.splitlines()


def test_a_memory_limit_counts_bytes_and_spares_what_is_not_mapped() -> None:
    """Flash counts against the limit; runtime services above it stay, reservations do not."""
    mb = Memblock()
    for base, size in ((0, GIB), (4 * GIB, 2 * GIB)):
        mb.add(base, size)
    mb.mark_nomap(0, 256 * MIB)
    mb.mark_nomap(5 * GIB, MIB)
    mb.reserve(4 * GIB, MIB)
    mb.reserve(5 * GIB, MIB)
    mb.mem_limit_remove_map(GIB + 512 * MIB)
    assert _regions(mb.memory) == [
        (0, 256 * MIB, None, 4),
        (256 * MIB, GIB, None, 0),
        (4 * GIB, 4 * GIB + 512 * MIB, None, 0),
        (5 * GIB, 5 * GIB + MIB, None, 4),
    ]
    assert _regions(mb.reserved) == [(4 * GIB, 4 * GIB + MIB, None, 0)]


def test_a_memory_limit_above_all_ram_changes_nothing() -> None:
    """Not even where something is reserved without RAM."""
    mb = Memblock()
    mb.add(0, GIB)
    mb.reserve(8 * GIB, MIB)
    mb.mem_limit_remove_map(2 * GIB)
    assert _regions(mb.memory) == [(0, GIB, None, 0)]
    assert _regions(mb.reserved) == [(8 * GIB, 8 * GIB + MIB, None, 0)]


def test_a_limit_that_is_enforced_costs_reservations_too() -> None:
    """More than all RAM, and zero, change nothing."""
    memblock = Memblock()
    memblock.add(0x1000, 0x3000)
    memblock.reserve(0x3000, 0x1000)
    for limit in (0, 0x9000):
        memblock.enforce_memory_limit(limit)
        assert memblock.end_of_dram == 0x4000
    memblock.enforce_memory_limit(0x2000)
    assert memblock.end_of_dram == 0x3000
    assert list(memblock.reserved) == []


def test_a_list_that_outgrows_its_room_takes_memory() -> None:
    """128 regions have room; the next split moves the list to the highest free pages.

    Booted: 6.19, where the node of these two pages lost its ZONE_MOVABLE.
    """
    mb = Memblock()
    mb.add(0, GIB)
    mb.allow_resize()
    for nid in range(127):
        mb.set_node(nid * MIB, MIB, nid)
    assert mb.memory.capacity == 256
    assert mb.arrays == {"memory": Span(GIB - 0x2000, GIB)}
    assert _regions(mb.reserved) == [(GIB - 0x2000, GIB, None, 0)]
    for nid in range(127, 512):
        mb.set_node(nid * MIB, MIB, nid)
    assert mb.arrays == {"memory": Span(GIB - 0xB000, GIB - 0x5000)}
    assert mb.memory.capacity == 1024


def test_a_list_of_reservations_keeps_out_of_the_new_one() -> None:
    """It goes above the range that is being reserved, else below; else nothing is done."""
    mb = Memblock()
    mb.add(0, MIB)
    mb.allow_resize()
    mb.reserved.capacity = 2
    assert mb.reserve(MIB - 0x2000, 0x2000)
    assert mb.reserve(MIB - 0x4000, 0x1000)
    assert mb.reserve(0x8000, 0x1000)
    assert mb.arrays == {"reserved": Span(MIB - 0x3000, MIB - 0x2000)}
    mb = Memblock()
    mb.add(0x1000, 0x1000)
    mb.allow_resize()
    mb.reserved.capacity = 1
    mb.reserve(0x1000, 0x1000)
    assert not mb.reserve(0x4000, 0x1000)
    assert mb.messages == ["memblock: Failed to double reserved array from 1 to 2 entries !"]
