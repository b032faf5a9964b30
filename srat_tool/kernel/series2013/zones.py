"""Zone limits, spans and present pages of the series' kernels.

*Mirrors:* mm/page_alloc.c `free_area_init_nodes`, `find_zone_movable_pfns_for_nodes` (the part for
sizes), `zone_spanned_pages_in_node`, `zone_absent_pages_in_node`, 3.9 and 3.10. Counts are unsigned
64-bit numbers and wrap as they do there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from srat_tool.base.span import Pfn, PfnSpan, Span
from srat_tool.base.units import PAGE_SHIFT, U64, align_up, mem_range
from srat_tool.kernel.memblock import Memblock
from srat_tool.kernel.series2013.meminfo import MAX_NUMNODES

MAX_ORDER_NR_PAGES = 1024
_MAX_DMA_PFN, _MAX_DMA32_PFN = Pfn(0x1000), Pfn(0x100000)
MOVABLE = "Movable"
_NOWHERE = PfnSpan(Pfn(0), Pfn(0))


class Zone(NamedTuple):
    """One zone of one node, in pages."""

    name: str
    start_pfn: int
    spanned: int
    present: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeZones:
    """The zones of one node.

    Attributes:
        start_pfn: first page of RAM; 0 when there is none.
        spanned: pages in all spans.
        present: pages of RAM, as the kernel counts them.
        zones: zones with pages in them, spanned or present.
    """

    start_pfn: int
    spanned: int
    present: int
    zones: tuple[Zone, ...]


@dataclass(slots=True)
class ZoneMap:
    """Zone limits of the whole machine, and where ZONE_MOVABLE starts on each node.

    Linux: RAM of no node is printed as that of node MAX_NUMNODES.
    """

    limits: dict[str, PfnSpan]
    max_nodes: int = MAX_NUMNODES
    movable_pfn: dict[int, int] = field(default_factory=dict)
    movable_zone: str = "DMA"

    def find_usable_zone_for_movable(self) -> None:
        """Choose the highest zone that has pages; ZONE_MOVABLE ends where it does."""
        self.movable_zone = [name for name, span in self.limits.items() if span][-1]

    def movable_span(self, nid: int, node: PfnSpan) -> PfnSpan:
        """Return a node's ZONE_MOVABLE as it is computed, possibly backwards."""
        start = self.movable_pfn.get(nid, 0)
        if not start:
            return _NOWHERE
        return PfnSpan(Pfn(start), Pfn(min(node.end, self.limits[self.movable_zone].end)))

    def log(self, mb: Memblock) -> list[str]:
        """Return the lines about zones and node ranges."""
        lines = ["Zone ranges:"]
        for name, span in self.limits.items():
            lines.append(f"  {name:<8} {_bytes(span) if span else 'empty'}")
        lines.append("Movable zone start for each node")
        for nid, pfn in sorted(self.movable_pfn.items()):
            lines.append(f"  Node {nid}: {pfn << PAGE_SHIFT & U64:#010x}")
        lines.append("Early memory node ranges")
        for span, node in mb.for_each_mem_pfn_range():
            lines.append(f"  node {self.max_nodes if node is None else node:3d}: {_bytes(span)}")
        return lines


def zone_limits(mb: Memblock, max_pfn: Pfn) -> dict[str, PfnSpan]:
    """Return the kernel zones' limits. Linux: DMA and DMA32 are not cut at the end of RAM."""
    low = next((span.start for span, _ in mb.for_each_mem_pfn_range()), Pfn(0))
    dma32 = max(_MAX_DMA32_PFN, _MAX_DMA_PFN)
    return {
        "DMA": PfnSpan(low, _MAX_DMA_PFN),
        "DMA32": PfnSpan(_MAX_DMA_PFN, dma32),
        "Normal": PfnSpan(dma32, max(max_pfn, dma32)),
    }


def movable_pfns_for_sizes(
    zones: ZoneMap, mb: Memblock, kernelcore: int, movablecore: int
) -> dict[int, int]:
    """Spread kernel memory over the nodes; ZONE_MOVABLE gets what is left of each.

    Linux: a start that is rounded past the node's end stays, and counts as present pages.
    """
    total, nodes = _total_pages(mb)
    if movablecore:
        core = (total - align_up(movablecore, MAX_ORDER_NR_PAGES)) & U64
        kernelcore = max(kernelcore, core)
    if not kernelcore:
        return {}
    zones.find_usable_zone_for_movable()
    usable = zones.limits[zones.movable_zone].start
    starts = dict.fromkeys(nodes, 0)
    usable_nodes = len(nodes)
    while usable_nodes:
        kernelcore = _one_pass(mb, starts, kernelcore, usable_nodes, usable)
        usable_nodes -= 1
        if kernelcore <= usable_nodes:
            break
    return {nid: align_up(pfn, MAX_ORDER_NR_PAGES) for nid, pfn in starts.items() if pfn}


def _total_pages(mb: Memblock) -> tuple[int, list[int]]:
    total, nodes = 0, set()
    for span, nid in mb.for_each_mem_pfn_range():
        total += span.pages
        if nid is not None:
            nodes.add(nid)
    return total, sorted(nodes)


def _one_pass(
    mb: Memblock, starts: dict[int, int], kernelcore: int, usable_nodes: int, usable: int
) -> int:
    share = kernelcore // usable_nodes
    for nid in list(starts):
        if kernelcore < share:
            share = kernelcore // usable_nodes
        remaining = share
        for span, _ in mb.for_each_mem_pfn_range(nid):
            start = max(span.start, starts[nid])
            if start >= span.end:
                continue
            if start < usable:
                pages = min(span.end, usable) - start
                remaining -= min(pages, remaining)
                kernelcore -= min(pages, kernelcore)
                if span.end <= usable:
                    starts[nid] = span.end
                    continue
                start = Pfn(usable)
            pages = min(span.end - start, remaining)
            starts[nid] = start + pages
            kernelcore -= min(pages, kernelcore)
            remaining -= pages
            if not remaining:
                break
    return kernelcore


def node_zones(zones: ZoneMap, mb: Memblock, nid: int) -> NodeZones:
    """Return a node's zones (`free_area_init_node`)."""
    ram = [span for span, _ in mb.for_each_mem_pfn_range(nid)]
    node = PfnSpan(ram[0].start, ram[-1].end) if ram else _NOWHERE
    at, spanned_total, present_total = int(node.start), 0, 0
    found = []
    for name in (*zones.limits, MOVABLE):
        spanned, present = _zone(zones, ram, node, nid, name)
        if spanned or present:
            found.append(Zone(name, at if spanned else 0, spanned, present))
        at += spanned
        spanned_total += spanned
        present_total += present
    return NodeZones(
        start_pfn=node.start,
        spanned=spanned_total & U64,
        present=present_total & U64,
        zones=tuple(found),
    )


def _zone(
    zones: ZoneMap, ram: Iterable[PfnSpan], node: PfnSpan, nid: int, name: str
) -> tuple[int, int]:
    """Return spanned and present pages of one zone of one node."""
    limit = zones.limits.get(name, _NOWHERE)
    start, end = _adjust(zones, nid, name, node, limit)
    spanned = 0
    if end >= node.start and start <= node.end:
        spanned = (min(end, node.end) - max(start, node.start)) & U64
    # Linux: absent pages are counted on the zone cut to the node before the start of ZONE_MOVABLE
    # is applied, so that a start outside the node's RAM makes them too many or too few.
    clamped = PfnSpan(_clamp(node.start, *limit), _clamp(node.end, *limit))
    start, end = _adjust(zones, nid, name, node, clamped)
    absent = end - start
    for span in ram:
        absent -= _clamp(span.end, start, end) - _clamp(span.start, start, end)
    return spanned, (spanned - absent) & U64


def _adjust(zones: ZoneMap, nid: int, name: str, node: PfnSpan, zone: PfnSpan) -> PfnSpan:
    """Make room for ZONE_MOVABLE (`adjust_zone_range_for_zone_movable`)."""
    movable = zones.movable_pfn.get(nid, 0)
    if not movable:
        return zone
    if name == MOVABLE:
        return zones.movable_span(nid, node)
    if zone.start < movable < zone.end:
        return PfnSpan(zone.start, Pfn(movable))
    if zone.start >= movable:
        return PfnSpan(zone.end, zone.end)
    return zone


def _clamp(value: int, low: int, high: int) -> Pfn:
    """Linux: with `low` above `high` the result is `high`."""
    return Pfn(min(max(value, low), high))


def _bytes(span: PfnSpan) -> str:
    return mem_range(Span(span.start << PAGE_SHIFT, span.end << PAGE_SHIFT))
