"""Zones: their limits, where ZONE_MOVABLE begins, and what each node's zones span and hold.

*Mirrors:* mm/page_alloc.c (mm/mm_init.c from 6.4) `free_area_init`,
`calculate_node_totalpages`, `adjust_zone_range_for_zone_movable`, since 3.10.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from srat_tool.base.architecture import Architecture
from srat_tool.base.span import Pfn, PfnSpan, Span
from srat_tool.base.units import U64, align_down, align_up, pfn_down, pfn_up
from srat_tool.kernel.boot import Boot
from srat_tool.kernel.events import (
    MovableStarts,
    NodeInitialized,
    NodeRange,
    NodeRanges,
    ZoneRange,
    ZoneRanges,
)
from srat_tool.kernel.memblock import MemblockFlags
from srat_tool.kernel.movable import choose
from srat_tool.kernel.zone_policy import Limits, NodeMemory, Placement

MOVABLE = "Movable"


class Zone(NamedTuple):
    """A zone of a node, in page frames; `start` is 0 when it spans nothing."""

    nid: int
    name: str
    start: int
    spanned: int
    present: int


def zone_limits(arch: Architecture, dram: Span, *, caps: bool = True) -> Limits:
    """Return the limits for RAM from `dram.start` to `dram.end` (`zone_sizes_init`).

    Args:
        arch: whose zones.
        dram: from the first page of RAM to the last page frame.
        caps: no zone ends after the last page of RAM.
    """
    low = pfn_up(dram.start, arch.page_shift)
    max_pfn = pfn_down(dram.end, arch.page_shift)
    spans = []
    for index, zone in enumerate(arch.zones):
        limit = max_pfn
        if zone.limit is not None:
            # Linux: max_zone_phys() of arm64 up to 5.10.
            base = align_down(dram.start, zone.limit) if arch.zone_limits_from_ram else 0
            limit = pfn_down(base + zone.limit, arch.page_shift)
        if caps:
            limit = Pfn(min(limit, max_pfn))
        if index == 0 and arch.first_zone_takes_all and limit <= low:
            limit = max_pfn
        # Linux: uncapped, the first zone ends where it could, even below all RAM.
        high = limit if index == 0 and not caps else max(limit, low)
        spans.append(PfnSpan(low, high))
        low = high
    used = [index for index, span in enumerate(spans) if span]
    return Limits(tuple(zone.name for zone in arch.zones), tuple(spans), max(used, default=0))


def node_memory(boot: Boot) -> list[NodeMemory]:
    """Return the RAM of each node that has any, by node number."""
    by_node: dict[int, list[tuple[PfnSpan, bool]]] = {}
    for region in boot.memblock.memory:
        start, end = pfn_up(region.base, boot.page_shift), pfn_down(region.end, boot.page_shift)
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
    """Set up all zones of nodes; record what the kernel prints meanwhile.

    A zone that spans nothing and yet counts pages as present is among them.
    """
    first = next((pages.start for pages, _ in boot.memblock.for_each_mem_pfn_range()), 0)
    dram = Span(first << boot.page_shift, boot.max_pfn << boot.page_shift)
    limits = zone_limits(boot.profile.arch, dram, caps=boot.profile.caps_zones)
    memory = node_memory(boot)
    placement = choose(boot, limits, memory)
    starts = aligned(boot, placement, memory)
    if not (boot.profile.finds_movable_zone or placement.finds_movable_zone):
        limits = limits._replace(movable=0)
    _report(boot, limits, starts)
    zones: list[Zone] = []
    by_nid = {node.nid: node for node in memory}
    for nid in sorted(nodes):
        node = by_nid.get(nid) or NodeMemory(nid=nid)
        mine = node_zones(boot, limits, node, starts.get(nid, 0))
        present = sum(zone.present for zone in mine) & U64
        boot.say(NodeInitialized(nid, _bytes(boot, node.span), present))
        zones += mine
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
    """Return the zones of one node that span or count anything (`calculate_node_totalpages`).

    Counts are unsigned 64-bit numbers. Linux: absent pages are counted from where ZONE_MOVABLE was
    to begin, though the zone is cut to the node; a start outside the node's RAM therefore adds
    present pages that do not exist, or costs some that do.
    """
    mirror_mode = boot.options.mirror and boot.profile.mirror_zones_overlap
    zones = []
    for name, limit in [*zip(limits.names, limits.spans, strict=True), (MOVABLE, None)]:
        if limit is None:
            start, end = _movable_range(limits, node, movable_pfn)
        else:
            start, end = _kernel_range(limit, node, movable_pfn, mirror_mode=mirror_mode)
        low, high = max(start, node.span.start), min(end, node.span.end)
        apart = end < node.span.start or start > node.span.end
        spanned = 0 if apart else (high - low) & U64
        present = spanned - (end - start - node.pages_in(start, end))
        if mirror_mode and movable_pfn:
            if limit is None:
                present -= node.pages_in(start, end, mirrored=True)
            elif name == limits.names[-1]:
                present -= node.pages_in(start, end, mirrored=False)
        if spanned or present:
            zones.append(Zone(node.nid, name, low if spanned else 0, spanned, present & U64))
    return zones


def _movable_range(limits: Limits, node: NodeMemory, movable_pfn: int) -> tuple[int, int]:
    """Return ZONE_MOVABLE as it is computed, possibly backwards."""
    if not movable_pfn:
        return 0, 0
    return movable_pfn, min(node.span.end, limits.spans[limits.movable].end)


def _kernel_range(
    zone: PfnSpan, node: NodeMemory, movable_pfn: int, *, mirror_mode: bool
) -> tuple[int, int]:
    """Cut a kernel zone to a node and to what is below ZONE_MOVABLE."""
    start = min(max(node.span.start, zone.start), zone.end)
    end = min(max(node.span.end, zone.start), zone.end)
    if movable_pfn:
        if not mirror_mode and start < movable_pfn < end:
            return start, movable_pfn
        if start >= movable_pfn:
            return end, end
    return start, end


def _report(boot: Boot, limits: Limits, starts: dict[int, int]) -> None:
    boot.say(
        ZoneRanges(
            tuple(
                ZoneRange(name, _bytes(boot, span))
                for name, span in zip(limits.names, limits.spans, strict=True)
            ),
            limits.names[limits.movable],
        )
    )
    addresses = ((nid, pfn << boot.page_shift & U64) for nid, pfn in starts.items())
    boot.say(MovableStarts(tuple(addresses)))
    ranges = boot.memblock.for_each_mem_pfn_range()
    boot.say(NodeRanges(tuple(NodeRange(nid, _bytes(boot, pages)) for pages, nid in ranges)))


def _bytes(boot: Boot, pages: PfnSpan) -> Span:
    return Span(pages.start << boot.page_shift, pages.end << boot.page_shift)
