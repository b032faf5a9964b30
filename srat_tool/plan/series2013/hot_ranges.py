"""What the 2013 series does with every hot-pluggable range: one verdict for each byte."""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.span import Span, intersect
from srat_tool.base.units import PAGE_SHIFT, U64, format_size
from srat_tool.plan.plan import HotRange
from srat_tool.plan.series2013.run import SeriesRun, looked_at
from srat_tool.tables.srat import MemoryAffinity

Verdict = tuple[str, str]


def series_hot_ranges(run: SeriesRun) -> tuple[HotRange, ...]:
    """Judge every entry with the Hot Pluggable bit, in table order.

    A range that reaches beyond RAM is judged in two parts.
    """
    return tuple(
        judged
        for entry in run.inputs.srat_memory
        if entry.hot_pluggable
        for judged in _judged(run, entry)
    )


def _judged(run: SeriesRun, entry: MemoryAffinity) -> Iterator[HotRange]:
    span = Span(entry.base_address, entry.base_address + entry.range_length & U64)
    pxm = run.inputs.domain_of(entry)
    offset = None if run.inputs.from_log else entry.offset
    whole = _of_entry(run, entry, span)
    if whole is not None:
        nid = run.numa.pxms.nodes.get(pxm) if whole[0] not in ("disabled", "rejected") else None
        yield HotRange(span.start, span.end, nid, pxm, *whole, offset)
        return
    nid = run.numa.pxms.nodes[pxm]
    top = run.boot.max_pfn << PAGE_SHIFT
    inside, beyond = span.clip(Span(0, top)), span.clip(Span(top, U64))
    if inside:
        yield HotRange(inside.start, inside.end, nid, pxm, *_inside(run, nid, inside), offset)
    if beyond:
        because = f"it is above the end of RAM at {top:#x}; memory can be added there later"
        yield HotRange(beyond.start, beyond.end, nid, pxm, "no-ram", because, offset)


def _of_entry(run: SeriesRun, entry: MemoryAffinity, span: Span) -> Verdict | None:
    """Return the verdict on a whole entry, None when it depends on the address."""
    if not entry.enabled:
        return "disabled", "the entry is not enabled, so Linux does not look at it"
    if run.numa.rejected is not None:
        return "rejected", f"the SRAT is not used: {run.numa.rejected}"
    if not any(entry is read for read in looked_at(run.inputs)):
        count = 2 * run.inputs.profile.max_nodes
        return "rejected", f"this kernel reads only the first {count} memory entries"
    if not span:
        why = "wraps past 2^64 and is ignored with a warning" if entry.range_length else "is empty"
        return "no-ram", f"the range {why}"
    return None


def _inside(run: SeriesRun, nid: int, span: Span) -> Verdict:
    if not run.boot.options.movablecore_acpi:
        return "not-asked", "movablecore=acpi was not given, so nothing is reserved"
    if run.variant.skips_kernel_nodes and nid in run.kernel_nodes:
        names = ", ".join(run.kernel_nodes[nid])
        return "kernel-node", f"node {nid} contains early kernel data: {names}"
    parts = [f"flag HOTPLUGGABLE, node {nid}"]
    if not intersect([span], [region.span for region in run.boot.memblock.memory]):
        parts.append("it contains no RAM, but ZONE_MOVABLE may start there")
    leaked = intersect([span], [region.span for region in run.state.freed.leaked])
    if leaked:
        size = format_size(sum(part.size for part in leaked))
        parts.append(f"{size} of it is never freed: the loop that frees skips it")
    return "reserved", "; ".join(parts)
