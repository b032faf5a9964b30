"""`movable_node`: from the lowest hot-pluggable page of a node on, everything is movable.

*Mirrors:* mm/page_alloc.c `find_zone_movable_pfns_for_nodes`, first branch, since 3.14.
"""

from __future__ import annotations

from collections.abc import Sequence

from srat_tool.base.units import pfn_down, pfn_up
from srat_tool.kernel.boot import Boot
from srat_tool.kernel.memblock import MemblockFlags
from srat_tool.kernel.zone_policy import Limits, NodeMemory, Placement, Policy


def _applies(boot: Boot) -> bool:
    return boot.options.movable_node


def _place(boot: Boot, _limits: Limits, _memory: Sequence[NodeMemory]) -> Placement:
    first_page = pfn_up if boot.profile.hot_start_rounds_up else pfn_down
    starts: dict[int, int] = {}
    for region in boot.memblock.memory:
        if region.flags & MemblockFlags.HOTPLUG and region.nid is not None:
            pfn = first_page(region.base, boot.page_shift)
            # Linux: page frame 0 represents "not set".
            starts[region.nid] = min(pfn, starts.get(region.nid) or pfn)
    return Placement(starts)


MOVABLE_NODE = Policy("movable_node", _applies, _place)
