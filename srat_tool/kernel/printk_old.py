"""The words of kernels before 3.5: page frames instead of addresses, and ends left out.

*Mirrors:* the printk calls of `printk.py` as they were before 365811d6f9f4 ("x86: print e820
physical addresses consistently with other parts of kernel") and a62e2f4f5082 ("mm: print physical
addresses consistently with other parts of kernel") (in v3.5): arch/x86/mm/numa_64.c and srat_64.c
(2.6), arch/x86/mm/numa.c and srat.c (3.0 to 3.4), mm/page_alloc.c.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from srat_tool.base.span import Span
from srat_tool.base.units import MIB, PAGE_SHIFT
from srat_tool.kernel import events as ev
from srat_tool.kernel import table_events as tev
from srat_tool.kernel.profile import KernelProfile, NumaDriver

Lines: TypeAlias = Iterator[str]


def _plain(span: Span) -> str:
    return f"{span.start:x}-{span.end:x}"


def _memory_mapped(event: tev.MemoryMapped, profile: KernelProfile) -> Lines:
    yield f"SRAT: Node {event.nid} PXM {event.pxm} {_plain(event.span)}"
    if event.hot and profile.numa_driver is NumaDriver.MEMNODE:
        yield f"SRAT: hot plug zone found {event.span.start:x} - {event.span.end:x} "


def _blocks_merged(event: ev.BlocksMerged, _: KernelProfile) -> Lines:
    left, right, joined = (f"[{b.start:x},{b.end:x})" for b in event)
    yield f"NUMA: Node {event.joined.nid} {left} + {right} -> {joined}"


def _blocks_overlap(event: ev.BlocksOverlap, _: KernelProfile) -> Lines:
    left, right = event.left, event.right
    mine, other = f"({_plain(left.span)})", f"({_plain(right.span)})"
    if left.nid == right.nid:
        yield f"NUMA: Warning: node {left.nid} {mine} overlaps with itself {other}"
    else:
        yield f"NUMA: node {left.nid} {mine} overlaps with node {right.nid} {other}"


def _node_set_up(event: ev.NodeSetUp, profile: KernelProfile) -> Lines:
    who = "Bootmem" if profile.numa_driver is NumaDriver.MEMNODE else "Initmem"
    span = event.span
    yield f"{who} setup node {event.nid} {span.start:016x}-{span.end:016x}"
    if event.node_data is not None:
        data = event.node_data
        yield f"  NODE_DATA [{data.start:016x} - {data.end - 1:016x}]"


def _node_faked(event: ev.NodeFaked, _: KernelProfile) -> Lines:
    yield f"Faking a node at {event.span.start:016x}-{event.span.end:016x}"


def _not_covered(event: ev.NotCovered, profile: KernelProfile) -> Lines:
    is_old = profile.numa_driver is NumaDriver.MEMNODE
    what = "SRAT: PXMs" if is_old else "NUMA: nodes"
    covered, total = event.covered // MIB, event.total // MIB
    yield f"{what} only cover {covered}MB of your {total}MB e820 RAM. Not used."


def _zone_ranges(event: ev.ZoneRanges, profile: KernelProfile) -> Lines:
    if not profile.printk.zone_lines:
        return
    yield "Zone PFN ranges:"
    end = 0
    for zone in event.zones:
        span = zone.span or Span(end, end)
        end = span.end
        if zone.span or not profile.printk.empty_zones:
            yield f"  {zone.name:<8} {_pfns(span, profile)}"
        else:
            yield f"  {zone.name:<8} empty"


def _pfns(span: Span, profile: KernelProfile) -> str:
    first, last = span.start >> PAGE_SHIFT, span.end >> PAGE_SHIFT
    if profile.printk.decimal:
        return f"{first:8d} -> {last:8d}"
    return f"{first:#010x} -> {last:#010x}"


def _movable_starts(event: ev.MovableStarts, profile: KernelProfile) -> Lines:
    if not profile.printk.movable_line:
        return
    yield "Movable zone start PFN for each node"
    for nid, start in event.starts:
        yield f"  Node {nid}: {start >> PAGE_SHIFT}"


def _node_ranges(event: ev.NodeRanges, profile: KernelProfile) -> Lines:
    if not profile.printk.zone_lines:
        return
    yield f"early_node_map[{len(event.ranges)}] active PFN ranges"
    for pages in event.ranges:
        yield f"  {-1 if pages.nid is None else pages.nid:3d}: {_pfns(pages.span, profile)}"


def _cpu_mapped(event: tev.CpuMapped, profile: KernelProfile) -> Lines:
    is_old = profile.numa_driver is NumaDriver.MEMNODE
    apic = str(event.apic_id) if is_old else f"{event.apic_id:#0{event.digits}x}"
    yield f"SRAT: PXM {event.pxm} -> APIC {apic} -> Node {event.nid}"


def _memnode_hashed(event: ev.MemnodeHashed, profile: KernelProfile) -> Lines:
    if not profile.printk.debug:
        return
    if event.place is not None:
        yield f"NUMA: Allocated memnodemap from {event.place.start:x} - {event.place.end:x}"
    yield f"NUMA: Using {event.shift} for the hash shift."


def _nothing(_: object, __: KernelProfile) -> Lines:
    yield from ()


PRINTERS: dict[type[Any], Callable[[Any, KernelProfile], Lines]] = {
    tev.CpuMapped: _cpu_mapped,
    tev.MemoryMapped: _memory_mapped,
    ev.BlocksMerged: _blocks_merged,
    ev.BlocksOverlap: _blocks_overlap,
    ev.NodeSetUp: _node_set_up,
    ev.NodeFaked: _node_faked,
    ev.NotCovered: _not_covered,
    ev.ZoneRanges: _zone_ranges,
    ev.MovableStarts: _movable_starts,
    ev.NodeRanges: _node_ranges,
    ev.NodeInitialized: _nothing,
    ev.MemnodeHashed: _memnode_hashed,
}
