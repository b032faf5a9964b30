"""Node-life-cycle data: patch 9, and other data that exists as long as its node."""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.span import Span, union
from srat_tool.base.units import MIB, PAGE_SIZE, format_size
from srat_tool.base.words import address_range, joined, plural
from srat_tool.plan.node_local import node_local
from srat_tool.plan.series2013.run import DIRECT_MAP, SeriesRun, run_series
from srat_tool.plan.series2013.section import Section

_VMEMMAP_PIECE = 2 * MIB


def _page_tables(run: SeriesRun) -> Section:
    """Compare the three largest page sizes that a processor may have."""
    points = (
        (
            "A page table in the memory that it maps is reserved as LOCAL_NODE and is freed with "
            "its node; the first one of a node is in the kernel image (BRK) or in low memory."
        ),
        f"The plan uses {run.page_size} pages; set the size with --direct-map.",
    )
    rows = [row for size in DIRECT_MAP for row in _rows(run, size)]
    columns = ("largest page", "node", "LOCAL_NODE", "where")
    title = "node-life-cycle data: page tables on their own node"
    return Section((9,), title, points, columns, tuple(rows))


def _rows(run: SeriesRun, size: str) -> Iterator[tuple[str, str, str, str]]:
    other = run_series(run.inputs, run.early, size)
    placed = other.state.direct_map
    blocks = other.numa.info.blocks
    hot = {block.nid for block in blocks if block.hot}
    for nid in sorted({block.nid for block in blocks}):
        local = union(Span(page.start, page.end) for page in placed.local if page.nid == nid)
        total = format_size(sum(span.size for span in local)) if local else "none"
        mark = " (hot-pluggable)" if nid in hot else ""
        yield size, f"node {nid}{mark}", total, _places(local)
    plain = format_size(sum(span.size for span in placed.plain)) if placed.plain else "none"
    elsewhere = (
        f"{plural(placed.brk_pages_used, 'page')} from the kernel image, {plain} from low memory"
    )
    if other.state.panic is not None and not other.node_data:
        elsewhere += f"; then the kernel panics: {other.state.panic.strip()}"
    yield size, "elsewhere", "", elsewhere


def _places(spans: list[Span]) -> str:
    shown = joined([address_range(span) for span in spans[:2]])
    return f"{shown} and {plural(len(spans) - 2, 'place')} more" if len(spans) > 2 else shown


def _life_cycle(run: SeriesRun) -> Section:
    """Show what could be node-local and is not: it is allocated after the hot reservations."""
    points = (
        (
            "This data exists as long as its node, too. The series does not move it: it is "
            "allocated after hot ranges are reserved, so that of a node with only hot memory is "
            "on another node."
        ),
        "page_cgroup exists only where memory control groups are configured.",
    )
    sizes = {(row.nid, row.what): row.bytes for row in node_local(run)}
    rows = []
    for nid, data, on_nid in run.node_data:
        home = "no node" if on_nid is None else f"node {on_nid}"
        rows.append((f"node {nid}", "pg_data_t", format_size(data.size), home))
        rows += [
            (f"node {nid}", what, format_size(sizes[nid, what]), _home_of(run, nid))
            for what in ("vmemmap", "page_cgroup")
            if sizes.get((nid, what))
        ]
    columns = ("node", "what", "size", "goes to")
    title = "node-life-cycle data that is not on its node"
    return Section((9,), title, points, columns, tuple(rows))


def _home_of(run: SeriesRun, nid: int) -> str:
    """Return where an allocation for a node is placed after hot ranges are reserved."""
    mb = run.boot.memblock
    found = mb.find_in_range(_VMEMMAP_PIECE, PAGE_SIZE, nid=nid)
    if found is not None:
        return f"node {nid}, below {found + _VMEMMAP_PIECE:#x}"
    found = mb.find_in_range(_VMEMMAP_PIECE, PAGE_SIZE)
    if found is None:
        return "nowhere: there is no memory left for it"
    owner = mb.memory.overlapping(found, found + 1)[0].nid
    return f"node {owner}, below {found + _VMEMMAP_PIECE:#x}: node {nid} has no free memory"


LOCAL = (_page_tables, _life_cycle)
