"""The policy of `movablecore=acpi` (patches 7, 10, 11 and 12).

*Mirrors:* mm/memblock.c `memblock_mark_kernel_nodes`, `memblock_free_hotpluggable`,
arch/x86/mm/numa.c `memblock_mark_hotpluggable`, mm/page_alloc.c `find_zone_movable_pfns_for_nodes`,
3.9 and 3.10 with the series.
"""

from __future__ import annotations

from typing import NamedTuple

from srat_tool.base.units import pfn_down
from srat_tool.kernel.memblock import MemblockRegion, MemblockType, SeriesFlags
from srat_tool.kernel.series2013.meminfo import Block, NumaMeminfo
from srat_tool.kernel.series2013.memory import SeriesMemory
from srat_tool.kernel.series2013.variant import SeriesVariant
from srat_tool.kernel.series2013.zones import ZoneMap


class KernelNodes(NamedTuple):
    """Nodes in which the kernel resides.

    Attributes:
        because: for each such node the reservations that make it one.
        stray: reservations of no known node; they mark nobody.
    """

    because: dict[int, tuple[MemblockRegion, ...]]
    stray: tuple[MemblockRegion, ...]


class Freed(NamedTuple):
    """What became of the reservations when memory went to the page allocator.

    Attributes:
        released: hotpluggable ranges, handed over.
        leaked: hotpluggable ranges that the walk over the list missed: they stay reserved.
        kept: LOCAL_NODE ranges.
    """

    released: tuple[MemblockRegion, ...]
    leaked: tuple[MemblockRegion, ...]
    kept: tuple[MemblockRegion, ...]


def mark_kernel_nodes(
    memory: SeriesMemory, meminfo: NumaMeminfo, variant: SeriesVariant
) -> KernelNodes:
    """Find the nodes that hold plain early reservations.

    With `nodes_known` each reservation first gets the node of the block that holds it whole.
    """
    reserved = memory.mb.reserved
    if variant.nodes_known:
        memory.node_of = meminfo.nid_of_reservation
        for index, region in enumerate(reserved):
            reserved.renumber(index, meminfo.nid_of_reservation(region.base, region.end))
    plain = [region for region in reserved if region.flags == SeriesFlags.DEFAULT]
    because: dict[int, tuple[MemblockRegion, ...]] = {}
    for region in plain:
        if region.nid is not None:
            because[region.nid] = (*because.get(region.nid, ()), region)
    stray = tuple(region for region in plain if region.nid is None)
    return KernelNodes(dict(sorted(because.items())), stray)


def reserve_hotpluggable(
    memory: SeriesMemory, meminfo: NumaMeminfo, kernel: KernelNodes, variant: SeriesVariant
) -> list[Block]:
    """Keep the kernel out of hot blocks; return the blocks that were reserved."""
    blocks = []
    for block in meminfo.blocks:
        if block.hot and not (variant.skips_kernel_nodes and block.nid in kernel.because):
            memory.reserve_hotpluggable(block.start, block.end, block.nid)
            blocks.append(block)
    return blocks


def find_zone_movable_pfns(
    zones: ZoneMap, reserved: MemblockType, variant: SeriesVariant
) -> dict[int, int]:
    """Start ZONE_MOVABLE at the lowest hotpluggable reservation of each node, unrounded."""
    if variant.finds_movable_zone:
        zones.find_usable_zone_for_movable()
    starts: dict[int, int] = {}
    for region in reserved:
        if region.flags & SeriesFlags.HOTPLUGGABLE and region.nid is not None:
            start = int(pfn_down(region.base)) if variant.start_in_pages else region.base
            # Linux: 0 counts as not set.
            old = starts.get(region.nid, 0)
            starts[region.nid] = min(old, start) if old else start
    return {nid: start for nid, start in starts.items() if start}


def free_hotpluggable(memory: SeriesMemory) -> Freed:
    """Drop the hotpluggable reservations.

    Linux: the loop removes an entry and steps on, so it misses the one that moved into its place:
    of consecutive entries every second one stays reserved, however far apart they lie.
    """
    memory.debug.append("memblock: free all hotpluggable memory")
    reserved = memory.mb.reserved
    released, index = [], 0
    while index < len(reserved):
        region = reserved[index]
        if region.flags == SeriesFlags.HOTPLUGGABLE:
            released.append(region)
            del reserved.regions[index]
        index += 1
    left = list(reserved)
    return Freed(
        released=tuple(released),
        leaked=tuple(region for region in left if region.flags == SeriesFlags.HOTPLUGGABLE),
        kept=tuple(region for region in left if region.flags & SeriesFlags.LOCAL_NODE),
    )
