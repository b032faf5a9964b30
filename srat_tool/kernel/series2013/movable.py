"""The policy of `movablecore=acpi` (patches 7, 10, 11 and 12).

*Mirrors:* mm/memblock.c `memblock_mark_kernel_nodes`, `memblock_free_hotpluggable`,
arch/x86/mm/numa.c `memblock_mark_hotpluggable`, mm/page_alloc.c `find_zone_movable_pfns_for_nodes`,
3.9 and 3.10 with the series.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from srat_tool.base.units import pfn_down
from srat_tool.kernel.boot import Boot
from srat_tool.kernel.events import KernelNode
from srat_tool.kernel.memblock import Memblock, MemblockRegion, SeriesFlags
from srat_tool.kernel.numa_meminfo import NumaInfo
from srat_tool.kernel.series2013.meminfo import nid_of_reservation
from srat_tool.kernel.series2013.memory import SeriesMemblock
from srat_tool.kernel.series2013.variant import SeriesVariant
from srat_tool.kernel.zone_policy import Limits, NodeMemory, Placement, Policy


class Freed(NamedTuple):
    """What happens to the reservations when memory is given to the page allocator.

    Attributes:
        released: HOTPLUGGABLE regions that are freed.
        leaked: HOTPLUGGABLE regions that the loop over the list skips: they stay reserved.
        kept: LOCAL_NODE regions, which stay reserved.
    """

    released: tuple[MemblockRegion, ...] = ()
    leaked: tuple[MemblockRegion, ...] = ()
    kept: tuple[MemblockRegion, ...] = ()


def mark_kernel_nodes(
    boot: Boot, memblock: SeriesMemblock, info: NumaInfo, variant: SeriesVariant
) -> tuple[MemblockRegion, ...]:
    """Find the nodes with plain early reservations; return the reservations without a node.

    With `nodes_known` each reservation first gets the node of the block that contains all of it.
    """
    reserved = memblock.reserved
    if variant.nodes_known:
        memblock.node_of = partial(nid_of_reservation, info.blocks)
        for index, region in enumerate(reserved):
            reserved.renumber(index, memblock.node_of(region.base, region.end))
    plain = [region for region in reserved if region.flags == SeriesFlags.DEFAULT]
    for region in plain:
        if region.nid is not None:
            info.kernel_nodes.setdefault(region.nid, []).append(region.span)
    for nid, spans in sorted(info.kernel_nodes.items()):
        boot.say(KernelNode(nid, tuple(spans)))
    return tuple(region for region in plain if region.nid is None)


def reserve_hotpluggable(memblock: Memblock, info: NumaInfo, variant: SeriesVariant) -> None:
    """Reserve hot blocks, so that the kernel cannot allocate in them."""
    for block in info.blocks:
        if block.hot and not (variant.skips_kernel_nodes and block.nid in info.kernel_nodes):
            size = block.end - block.start
            memblock.reserve(block.start, size, block.nid, SeriesFlags.HOTPLUGGABLE)


def _applies(boot: Boot) -> bool:
    return boot.options.movablecore_acpi


def _place(boot: Boot, _limits: Limits, _memory: Sequence[NodeMemory]) -> Placement:
    """Start at the lowest HOTPLUGGABLE reservation of each node, without rounding."""
    variant = boot.profile.series
    starts: dict[int, int] = {}
    for region in boot.memblock.reserved:
        if region.flags & SeriesFlags.HOTPLUGGABLE and region.nid is not None:
            in_pages = variant is None or variant.start_in_pages
            start = int(pfn_down(region.base)) if in_pages else region.base
            # Linux: 0 means "not set".
            starts[region.nid] = min(start, starts.get(region.nid) or start)
    return Placement(starts, rounds=False)


MOVABLECORE_ACPI = Policy("movablecore=acpi", _applies, _place)


def free_hotpluggable(reserved: list[MemblockRegion]) -> Freed:
    """Remove the HOTPLUGGABLE regions from a list of reservations.

    Linux: the loop removes an entry and then advances, so it skips the entry that moved into its
    place: of consecutive entries every second one stays reserved, touching or not.
    """
    released: list[MemblockRegion] = []
    left: list[MemblockRegion] = []
    removed = False
    for region in reserved:
        removed = region.flags == SeriesFlags.HOTPLUGGABLE and not removed
        (released if removed else left).append(region)
    reserved[:] = left
    return Freed(
        released=tuple(released),
        leaked=tuple(region for region in left if region.flags == SeriesFlags.HOTPLUGGABLE),
        kept=tuple(region for region in left if region.flags & SeriesFlags.LOCAL_NODE),
    )
