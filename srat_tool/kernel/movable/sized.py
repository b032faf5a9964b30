"""`kernelcore=` and `movablecore=` with a size: the kernel's pages are spread over the nodes.

*Mirrors:* mm/page_alloc.c `find_zone_movable_pfns_for_nodes`, third branch, since 3.10.
"""

from __future__ import annotations

from collections.abc import Sequence

from srat_tool.base.units import U64, align_up, pfn_down, pfn_up
from srat_tool.kernel.boot import Boot
from srat_tool.kernel.zone_policy import Limits, NodeMemory, Placement, Policy

_PERCENT = 10000


def _applies(boot: Boot) -> bool:
    options = boot.options
    return bool(
        options.kernelcore
        or options.movablecore
        or options.kernelcore_percent
        or options.movablecore_percent
    )


def _place(boot: Boot, limits: Limits, memory: Sequence[NodeMemory]) -> Placement:
    total = sum(pages.pages for node in memory for pages in node.ranges) + _nodeless(boot)
    kernelcore = _required_kernelcore(boot, total)
    if not kernelcore or (boot.profile.clamps_sizes and kernelcore >= total):
        return Placement({})
    usable_start = limits.spans[limits.movable].start
    return Placement(_spread(kernelcore, usable_start, memory), finds_movable_zone=True)


def _nodeless(boot: Boot) -> int:
    """Return the pages of RAM without a node.

    Linux: `early_calculate_totalpages` counts them, though no node can take its share of them.
    """
    regions = (region for region in boot.memblock.memory if region.nid is None)
    shift = boot.page_shift
    sizes = (pfn_down(region.end, shift) - pfn_up(region.base, shift) for region in regions)
    return sum(max(0, size) for size in sizes)


def _required_kernelcore(boot: Boot, total: int) -> int:
    """Return the pages that kernel zones are to keep, whichever option specifies them."""
    options = boot.options
    kernelcore, movablecore = options.kernelcore, options.movablecore
    if options.kernelcore_percent:
        kernelcore = total * 100 * options.kernelcore_percent // _PERCENT & U64
    if options.movablecore_percent:
        movablecore = total * 100 * options.movablecore_percent // _PERCENT & U64
    if movablecore:
        movablecore = align_up(movablecore, boot.profile.arch.max_order_pages)
        if boot.profile.clamps_sizes:
            movablecore = min(movablecore, total)
        kernelcore = max(kernelcore, (total - movablecore) & U64)
    return kernelcore


def _spread(remaining: int, usable_start: int, memory: Sequence[NodeMemory]) -> dict[int, int]:
    """Hand the kernel's pages out in equal shares, again and again, to ever fewer nodes."""
    starts = {node.nid: 0 for node in memory}
    usable_nodes = len(memory)
    while usable_nodes:
        share = remaining // usable_nodes
        for node in memory:
            if remaining < share:
                share = remaining // usable_nodes
            starts[node.nid], remaining = _give(
                node, starts[node.nid], usable_start, share, remaining
            )
        usable_nodes -= 1
        if remaining <= usable_nodes:
            break
    return starts


def _give(
    node: NodeMemory, start: int, usable_start: int, share: int, remaining: int
) -> tuple[int, int]:
    """Return a node's new start and what remains after it gave up to `share` pages.

    Pages below the highest usable zone are the kernel's anyway: they count, whatever the share.
    """
    for pages in node.ranges:
        low = max(pages.start, start)
        if low >= pages.end:
            continue
        if low < usable_start:
            kernel = min(pages.end, usable_start) - low
            share -= min(kernel, share)
            remaining -= min(kernel, remaining)
            if pages.end <= usable_start:
                start = pages.end
                continue
            low = usable_start
        taken = min(pages.end - low, share)
        start = low + taken
        remaining -= min(remaining, taken)
        share -= taken
        if not share:
            break
    return start, remaining


SIZED = Policy("sizes", _applies, _place)
