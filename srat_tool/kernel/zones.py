"""Zones: their limits, where ZONE_MOVABLE begins, and what each node's zones span and hold.

*Mirrors:* mm/page_alloc.c (mm/mm_init.c from 6.4) `free_area_init`,
`calculate_node_totalpages`, `adjust_zone_range_for_zone_movable`, 3.10 to 7.2.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from srat_tool.base.span import Pfn, PfnSpan, Span
from srat_tool.base.units import PAGE_SHIFT, align_up, pfn_down, pfn_up
from srat_tool.kernel.arch import Arch
from srat_tool.kernel.boot import Boot
from srat_tool.kernel.events import (
    MovableStarts,
    NodeInitialized,
    NodeRange,
    NodeRanges,
    ZoneRange,
    ZoneRanges,
)
from srat_tool.kernel.layout import Limits, NodeMemory, Placement
from srat_tool.kernel.memblock import MemblockFlags
from srat_tool.kernel.movable import choose

MOVABLE = "Movable"


class Zone(NamedTuple):
    """A zone of a node, in page frames; `start` is 0 when it spans nothing."""

    nid: int
    name: str
    start: int
    spanned: int
    present: int


def zone_limits(arch: Arch, dram: Span, *, caps: bool = True) -> Limits:
    """Return the limits for RAM from `dram.start` to `dram.end` (`zone_sizes_init`).

    Args:
        arch: whose zones.
        dram: all RAM.
        caps: no zone ends behind the last page of RAM.
    """
    low = pfn_up(dram.start)
    max_pfn = pfn_down(dram.end)
    spans = []
    for index, zone in enumerate(arch.zones):
        limit = max_pfn if zone.limit is None else pfn_down(zone.limit)
        if caps:
            limit = Pfn(min(limit, max_pfn))
        if index == 0 and arch.first_zone_takes_all and limit <= low:
            limit = max_pfn
        high = max(limit, low)
        spans.append(PfnSpan(low, high))
        low = high
    used = [index for index, span in enumerate(spans) if span]
    return Limits(tuple(zone.name for zone in arch.zones), tuple(spans), max(used, default=0))


def node_memory(boot: Boot) -> list[NodeMemory]:
    """Return the RAM of each node that has any, by node number."""
    by_node: dict[int, list[tuple[PfnSpan, bool]]] = {}
    for region in boot.memblock.memory:
        start, end = pfn_up(region.base), pfn_down(region.end)
        if start < end and region.nid is not None:
            mirror = bool(region.flags & MemblockFlags.MIRROR)
            by_node.setdefault(region.nid, []).append((PfnSpan(start, end), mirror))
    return [
        NodeMemory(
            nid=nid,
            ranges=tuple(pages for pages, _ in ranges),
            mirrored=tuple(mirror for _, mirror in ranges),
        )
        for nid, ranges in sorted(by_node.items())
    ]


def free_area_init(boot: Boot, nodes: Sequence[int]) -> tuple[Zone, ...]:
    """Lay out all zones of all nodes, saying what the kernel says on the way."""
    dram = Span(boot.memblock.start_of_dram, boot.memblock.end_of_dram)
    limits = zone_limits(boot.profile.arch, dram, caps=boot.profile.caps_zones)
    memory = node_memory(boot)
    placement = choose(boot, limits, memory)
    starts = aligned(boot, placement, memory)
    if not placement.finds_movable_zone:
        limits = limits._replace(movable=0)
    _report(boot, limits, starts)
    zones: list[Zone] = []
    by_nid = {node.nid: node for node in memory}
    for nid in sorted({*nodes, *by_nid}):
        node = by_nid.get(nid)
        boot.say(NodeInitialized(nid, _bytes(node.span) if node else Span(0, 0)))
        if node is not None:
            zones += node_zones(boot, limits, node, starts.get(nid, 0))
    return tuple(zones)


def aligned(boot: Boot, placement: Placement, memory: Sequence[NodeMemory]) -> dict[int, int]:
    """Round the starts up to whole maximum-order blocks; one past its node's end is dropped."""
    if not placement.rounds:
        return {nid: pfn for nid, pfn in sorted(placement.starts.items()) if pfn}
    ends = {node.nid: node.span.end for node in memory}
    rounded = {}
    for nid, pfn in sorted(placement.starts.items()):
        start = align_up(pfn, boot.profile.arch.max_order_pages)
        past_end = start >= ends.get(nid, 0)
        if start and not (past_end and boot.profile.drops_start_past_end):
            rounded[nid] = start
    return rounded


def node_zones(boot: Boot, limits: Limits, node: NodeMemory, movable_pfn: int) -> list[Zone]:
    """Return the zones of one node that span anything (`calculate_node_totalpages`)."""
    mirror_mode = boot.options.mirror
    zones = []
    for name, span in [*zip(limits.names, limits.spans, strict=True), (MOVABLE, None)]:
        pages = (
            _movable_span(limits, node, movable_pfn)
            if span is None
            else _kernel_span(span, node, movable_pfn, mirror_mode=mirror_mode)
        )
        if not pages:
            continue
        present = node.pages_in(*pages)
        if mirror_mode and movable_pfn:
            if span is None:
                present -= node.pages_in(*pages, mirrored=True)
            elif name == limits.names[-1]:
                present -= node.pages_in(*pages, mirrored=False)
        zones.append(Zone(node.nid, name, pages.start, pages.pages, present))
    return zones


def _movable_span(limits: Limits, node: NodeMemory, movable_pfn: int) -> PfnSpan:
    end = min(node.span.end, limits.spans[limits.movable].end)
    return PfnSpan(Pfn(movable_pfn), end if movable_pfn else Pfn(0))


def _kernel_span(
    zone: PfnSpan, node: NodeMemory, movable_pfn: int, *, mirror_mode: bool
) -> PfnSpan:
    """Clip a kernel zone to a node and to what lies below ZONE_MOVABLE."""
    start = min(max(node.span.start, zone.start), zone.end)
    end = min(max(node.span.end, zone.start), zone.end)
    if movable_pfn:
        if not mirror_mode and start < movable_pfn < end:
            end = Pfn(movable_pfn)
        elif start >= movable_pfn:
            start = end
    if end < node.span.start or start > node.span.end:
        return PfnSpan(start, start)
    return PfnSpan(max(start, node.span.start), min(end, node.span.end))


def _report(boot: Boot, limits: Limits, starts: dict[int, int]) -> None:
    boot.say(
        ZoneRanges(
            tuple(
                ZoneRange(name, _bytes(span))
                for name, span in zip(limits.names, limits.spans, strict=True)
            )
        )
    )
    boot.say(MovableStarts(tuple((nid, pfn << PAGE_SHIFT) for nid, pfn in starts.items())))
    ranges = boot.memblock.for_each_mem_pfn_range()
    boot.say(NodeRanges(tuple(NodeRange(nid, _bytes(pages)) for pages, nid in ranges)))


def _bytes(pages: PfnSpan) -> Span:
    return Span(pages.start << PAGE_SHIFT, pages.end << PAGE_SHIFT)
