"""The steps from the hot reservations to the page allocator: patches 10, 6, 1, 12, 11 and 13."""

from __future__ import annotations

from srat_tool.base.span import Span
from srat_tool.base.units import PAGE_SHIFT, PAGE_SIZE, U64, format_size
from srat_tool.base.words import address_range, plural
from srat_tool.kernel.events import MovableStarts
from srat_tool.kernel.memblock import MemblockRegion, SeriesFlags
from srat_tool.kernel.printk import log_lines
from srat_tool.plan.plan import HotRange
from srat_tool.plan.reservations import what_is_in
from srat_tool.plan.series2013.hot_ranges import series_hot_ranges
from srat_tool.plan.series2013.run import SeriesRun
from srat_tool.plan.series2013.section import Section

# Limit of the text form; further rows are counted, and the JSON form has them all.
_MAX_ROWS = 48


def _hot(run: SeriesRun) -> Section:
    judged = series_hot_ranges(run)
    reserved = sum(h.end - h.start for h in judged if h.verdict == "reserved")
    whole = sum((h.end - h.start) & U64 for h in judged if h.verdict != "disabled")
    points = [f"{format_size(reserved)} of {format_size(whole)} hot-pluggable memory is reserved."]
    if not judged:
        points = ["No entry of the SRAT is marked as hot-pluggable: there is nothing to reserve."]
    elif reserved:
        points.append("From here on the kernel cannot allocate early data in it.")
    rows = tuple(_judged(hot) for hot in judged)
    columns = ("entry", "range", "node", "verdict", "because")
    return Section((10,), "hot-pluggable ranges reserved", tuple(points), columns, rows)


def _judged(hot: HotRange) -> tuple[str, ...]:
    entry = "-" if hot.offset is None else f"+0x{hot.offset:04x}"
    node = "-" if hot.nid is None else f"node {hot.nid}"
    where = address_range(Span(hot.start, hot.end)) if hot.end > hot.start else f"{hot.start:#x}"
    return entry, where, node, hot.verdict, hot.because


def _flags(run: SeriesRun) -> Section:
    regions = run.state.after_hot
    points = [
        (
            "Neighbours merge only with equal node and equal flags, and a range that is already "
            "reserved keeps its flags: node-local pages are holes in the hot reservations."
        )
    ]
    rows, rest = _capped([_region(run, region) for region in regions])
    points += rest
    columns = ("reserved", "size", "node", "flags", "what")
    return Section((6,), "flags in memblock", tuple(points), columns, rows)


def _region(run: SeriesRun, region: MemblockRegion) -> tuple[str, ...]:
    node = "-" if region.nid is None else f"node {region.nid}"
    return (
        address_range(region.span),
        format_size(region.size),
        node,
        _flag_names(region),
        _what(run, region),
    )


def _flag_names(region: MemblockRegion) -> str:
    return "|".join(name for flag in SeriesFlags(region.flags) if (name := flag.name)) or "DEFAULT"


def _what(run: SeriesRun, region: MemblockRegion) -> str:
    if region.flags == SeriesFlags.HOTPLUGGABLE:
        return "hot-pluggable memory"
    if region.flags & SeriesFlags.LOCAL_NODE:
        return "page tables"
    return what_is_in(region.span, run.early.labels) or "page tables or early data"


def _capped(rows: list[tuple[str, ...]]) -> tuple[tuple[tuple[str, ...], ...], list[str]]:
    rest = len(rows) - _MAX_ROWS
    if rest <= 0:
        return tuple(rows), []
    return tuple(rows[:_MAX_ROWS]), [f"{rest} more rows are not shown; use --format json for all."]


def _node_data(run: SeriesRun) -> Section:
    points = [
        (
            "The pg_data_t of a node is allocated on the node itself if possible, else on any "
            "node: without this patch a node with only hot memory could not be registered."
        )
    ]
    info = run.numa.info
    points += [
        f"Node {nid} spans less than 4 MiB ({address_range(span)}) and is not registered."
        for nid in sorted(info.possible - info.online)
        if (span := info.span_of(nid))
    ]
    rows = []
    for nid, data, on_nid in run.node_data:
        home = "RAM of no node" if on_nid is None else f"node {on_nid}"
        why = "own node" if on_nid == nid else f"node {nid} has no free memory that is not hot"
        rows.append((f"node {nid}", address_range(data), home, why))
    columns = ("of", "address", "is on", "why")
    return Section((1,), "pg_data_t from another node", tuple(points), columns, tuple(rows))


def _zone_start(run: SeriesRun) -> Section:
    points = list(_start_points(run))
    rows: list[tuple[str, ...]] = []
    for zone in run.state.zones:
        span = Span(zone.start << PAGE_SHIFT, (zone.start + zone.spanned) << PAGE_SHIFT)
        where = address_range(span) if span else "spans nothing"
        present = f"{zone.present} pages"
        rows.append((f"node {zone.nid}", zone.name, where, present, _size(zone.present)))
    columns = ("node", "zone", "spans", "present", "size")
    kept, rest = _capped(rows)
    starts = [event for event in run.boot.events if isinstance(event, MovableStarts)]
    lines = log_lines(starts, run.boot.profile)
    title = "priority, and where ZONE_MOVABLE starts"
    return Section((12,), title, (*points, *rest), columns, kept, lines)


def _start_points(run: SeriesRun) -> list[str]:
    if not run.boot.options.movablecore_acpi:
        return ["The switch is off: kernelcore= and movablecore=SIZE decide, as in mainline."]
    points = [
        (
            "kernelcore= and movablecore=SIZE are ignored. On each node ZONE_MOVABLE starts at the "
            "lowest range reserved as HOTPLUGGABLE, without rounding, up to the end of the node."
        )
    ]
    for nid, start in run.starts.items():
        pfn = start >> PAGE_SHIFT
        if run.variant.start_in_pages:
            points.append(f"Node {nid}: page frame {pfn:#x}, address {start:#x}.")
        else:
            points.append(
                f"Node {nid}: as posted, the byte address {pfn:#x} is used as a page frame "
                "number: the zone spans nothing, and its count of present pages is meaningless."
            )
    if not run.starts:
        points.append("Nothing is reserved as HOTPLUGGABLE, so no node has a ZONE_MOVABLE.")
    return points


def _size(pages: int) -> str:
    # Above the highest physical address a count is the wrap-around of a subtraction.
    return format_size(pages * PAGE_SIZE) if pages < 1 << 40 else "wrapped"


def _freed(run: SeriesRun) -> Section:
    freed = run.state.freed
    released = sum(region.size for region in freed.released)
    leaked = sum(region.size for region in freed.leaked)
    kept = sum(region.size for region in freed.kept)
    points = [
        (
            f"{plural(run.state.freed_pages, 'page')} go to the page allocator, "
            f"{format_size(released)} of them from HOTPLUGGABLE reservations."
        ),
        f"{format_size(kept)} stays reserved as LOCAL_NODE.",
    ]
    if leaked:
        points.append(
            f"{format_size(leaked)} is never freed: the loop skips the entry after each that it "
            "removes, so of consecutive HOTPLUGGABLE entries every second one stays reserved."
        )
    groups = (("released", freed.released), ("leaked", freed.leaked), ("kept", freed.kept))
    rows, rest = _capped(
        [
            (what, f"node {region.nid}", address_range(region.span), format_size(region.size))
            for what, regions in groups
            for region in regions
        ]
    )
    columns = ("what", "node", "range", "size")
    title = "freed to the page allocator at the end of boot"
    return Section((11,), title, (*points, *rest), columns, rows)


def documentation() -> Section:
    """Return what the documentation patch states about the option, rephrased."""
    points = (
        (
            "movablecore=acpi: memory that the SRAT declares hot-pluggable becomes ZONE_MOVABLE, "
            "so that it can be unplugged."
        ),
        "A node with early kernel data is never hot-pluggable, whatever the SRAT declares.",
        "movablecore=SIZE and kernelcore=SIZE have no effect together with it.",
    )
    return Section((13,), "the option as it is documented", points)


reservations = (_hot, _flags)
LATE = (_node_data, _zone_start, _freed)
