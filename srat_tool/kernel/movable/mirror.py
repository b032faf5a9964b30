"""`kernelcore=mirror`: kernel zones keep mirrored memory, the rest above 4 GiB is movable.

*Mirrors:* mm/page_alloc.c `find_zone_movable_pfns_for_nodes`, second branch, since 4.6.
"""

from __future__ import annotations

from collections.abc import Sequence

from srat_tool.base.units import LOW_END, pfn_up
from srat_tool.kernel.boot import Boot
from srat_tool.kernel.events import MirrorIgnored, UnmirroredKernelMemory
from srat_tool.kernel.memblock import MemblockFlags
from srat_tool.kernel.profile import MirrorRule
from srat_tool.kernel.zone_policy import Limits, NodeMemory, Placement, Policy


def _applies(boot: Boot) -> bool:
    return boot.options.mirror


def _place(boot: Boot, _limits: Limits, _memory: Sequence[NodeMemory]) -> Placement:
    regions = list(boot.memblock.memory)
    if boot.profile.mirror is MirrorRule.NEEDS_MIRROR and not any(
        region.flags & MemblockFlags.MIRROR for region in regions
    ):
        boot.say(MirrorIgnored())
        return Placement({})
    starts: dict[int, int] = {}
    below_4_gib = False
    for region in regions:
        if region.flags & MemblockFlags.MIRROR or region.nid is None:
            continue
        pfn = pfn_up(region.base, boot.page_shift)
        if pfn << boot.page_shift < LOW_END:
            # Linux: the whole region is left to the kernel, what is above 4 GiB included.
            below_4_gib = True
        else:
            starts[region.nid] = min(pfn, starts.get(region.nid) or pfn)
    if below_4_gib:
        boot.say(UnmirroredKernelMemory())
    return Placement(starts)


MIRROR = Policy("kernelcore=mirror", _applies, _place)
