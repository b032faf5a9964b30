"""Pages that `cma=` sets aside: the auto-movable policy counts them as movable.

*Mirrors:* kernel/dma/contiguous.c `dma_contiguous_reserve` and `dma_numa_cma_reserve`, 7.2.
"""

from __future__ import annotations

from srat_tool.base.span import Span
from srat_tool.base.units import GIB
from srat_tool.kernel.boot import Boot
from srat_tool.kernel.bootopts import memparse
from srat_tool.kernel.hotplug.state import HotplugState

_SEARCH_FROM = 4 * GIB


def reserve_cma(state: HotplugState) -> None:
    """Count the pages of CMA areas in the zones of the machine."""
    size = memparse(state.boot.options.last("cma") or "0")[0]
    if not size or not state.rules.cma_per_node:
        return
    pages = size >> state.boot.page_shift
    for nid in state.has_memory:
        _count(state, nid, pages)
    _count(state, _global_node(state.boot, size), pages)


def _global_node(boot: Boot, size: int) -> int:
    """Return the node of the first room above 4 GiB, else below it."""
    spans = [(region.span, region.nid or 0) for region in boot.memblock.memory]
    above = Span(_SEARCH_FROM, 1 << 64)
    for span, nid in spans:
        if span.clip(above).size >= size:
            return nid
    return next((nid for span, nid in reversed(spans) if span.size >= size), 0)


def _count(state: HotplugState, nid: int, pages: int) -> None:
    kernel = [zone for zone in state.zones_of(nid) if zone.name in state.kernel_zones]
    if kernel:
        max(kernel, key=lambda zone: zone.present).cma += pages
