"""The policy of `movablecore=acpi`: kernel nodes, reservations, zone start, and the leaky walk."""

from __future__ import annotations

from srat_tool.base.span import Pfn, Span
from srat_tool.base.units import GIB, MIB, PAGE_SIZE
from srat_tool.kernel.memblock import SeriesFlags
from srat_tool.kernel.series2013.meminfo import Entry, NumaMeminfo
from srat_tool.kernel.series2013.memory import SeriesMemory
from srat_tool.kernel.series2013.movable import (
    find_zone_movable_pfns,
    free_hotpluggable,
    mark_kernel_nodes,
    reserve_hotpluggable,
)
from srat_tool.kernel.series2013.variant import INTENDED, V2_POSTED
from srat_tool.kernel.series2013.zones import ZoneMap, zone_limits

RAM = (Span(0, 2 * GIB), Span(4 * GIB, 12 * GIB))


def _machine(*hot: int) -> tuple[SeriesMemory, NumaMeminfo]:
    """Node 0 has 2 GiB, nodes 1 to 4 have 2 GiB each from 4 GiB on."""
    memory, meminfo = SeriesMemory(), NumaMeminfo()
    for span in RAM:
        memory.mb.add(span.start, span.size)
    memory.reserve(16 * MIB, 48 * MIB)
    entries = [Entry(0, 0, 2 * GIB, enabled=True, hot=0 in hot)]
    entries += [
        Entry(nid, (2 + 2 * nid) * GIB, 2 * GIB, enabled=True, hot=nid in hot)
        for nid in range(1, 5)
    ]
    meminfo.numa_init(
        entries, {nid: nid for nid in range(5)}, memory.mb, Pfn(12 * GIB // PAGE_SIZE)
    )
    return memory, meminfo


def test_the_kernels_node_is_found_and_spared() -> None:
    """Node 0 holds the image: its hot range is not reserved."""
    memory, meminfo = _machine(0, 1)
    kernel = mark_kernel_nodes(memory, meminfo, INTENDED)
    assert [region.base for region in kernel.because[0]] == [16 * MIB]
    assert [block.nid for block in reserve_hotpluggable(memory, meminfo, kernel, INTENDED)] == [1]


def test_as_posted_nobody_is_a_kernel_node() -> None:
    """No reservation has a node yet, so the kernel's own node is reserved as hotpluggable."""
    memory, meminfo = _machine(0, 1)
    kernel = mark_kernel_nodes(memory, meminfo, V2_POSTED)
    assert kernel.because == {}
    assert len(kernel.stray) == 1
    reserved = reserve_hotpluggable(memory, meminfo, kernel, V2_POSTED)
    assert [block.nid for block in reserved] == [0, 1]


def test_a_reservation_across_two_nodes_marks_neither() -> None:
    """Only a block that holds it whole gives it a node."""
    memory, meminfo = _machine(1, 2)
    memory.reserve(6 * GIB - MIB, 6 * GIB + MIB)
    kernel = mark_kernel_nodes(memory, meminfo, INTENDED)
    assert list(kernel.because) == [0]
    assert [region.span for region in kernel.stray] == [Span(6 * GIB - MIB, 6 * GIB + MIB)]


def test_zone_starts_at_the_lowest_reservation_unrounded() -> None:
    """In pages, or as posted in bytes."""
    memory, meminfo = _machine(1, 2)
    kernel = mark_kernel_nodes(memory, meminfo, INTENDED)
    memory.reserve(4 * GIB, 4 * GIB + PAGE_SIZE)
    reserve_hotpluggable(memory, meminfo, kernel, INTENDED)
    zones = ZoneMap(zone_limits(memory.mb, Pfn(12 * GIB // PAGE_SIZE)))
    starts = find_zone_movable_pfns(zones, memory.mb.reserved, INTENDED)
    assert starts == {1: 4 * GIB // PAGE_SIZE + 1, 2: 6 * GIB // PAGE_SIZE}
    assert zones.movable_zone == "Normal"
    assert find_zone_movable_pfns(zones, memory.mb.reserved, V2_POSTED)[2] == 6 * GIB


def test_the_walk_misses_every_second_entry_of_a_run() -> None:
    """Consecutive list entries leak, whether or not they touch; anything between ends the run.

    list     |plain|H 1|H 2|H 3|L 4|H 4|
    freed            x       x       x
    leaked               x
    """
    memory, meminfo = _machine(1, 2, 3, 4)
    kernel = mark_kernel_nodes(memory, meminfo, INTENDED)
    memory.reserve_local_node(10 * GIB, 10 * GIB + PAGE_SIZE, 4)
    reserve_hotpluggable(memory, meminfo, kernel, INTENDED)
    freed = free_hotpluggable(memory)
    assert [region.nid for region in freed.released] == [1, 3, 4]
    assert [region.nid for region in freed.leaked] == [2]
    assert [region.flags for region in freed.kept] == [SeriesFlags.LOCAL_NODE]
