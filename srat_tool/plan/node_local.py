"""Data that exists once a node: how much, and where it is if that can be known.

Sizes follow include/linux/mmzone.h and mm/sparse-vmemmap.c: 64 bytes of `struct page` a page, in
pieces of 2 MiB for each section of 128 MiB that holds any RAM. Memory control groups take 16 bytes
a page more in kernels with the 2013 series (include/linux/page_cgroup.h).
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.span import Span, union
from srat_tool.base.units import MIB, align_down, align_up
from srat_tool.kernel.events import NodeSetUp
from srat_tool.kernel.memblock import SeriesFlags
from srat_tool.plan.outcome import Outcome
from srat_tool.plan.plan import NodeLocal

_STRUCT_PAGE, _PAGE_CGROUP = 64, 16
_VMEMMAP_PIECE = 2 * MIB


def node_local(outcome: Outcome) -> tuple[NodeLocal, ...]:
    """Return NODE_DATA, vmemmap and node-local page tables of every node with memory."""
    rows = [*_node_data(outcome), *_vmemmap(outcome), *_page_tables(outcome)]
    if outcome.boot.profile.series is not None:
        rows += _page_cgroup(outcome)
    return tuple(sorted(rows, key=lambda row: (row.nid, row.what, row.start or 0)))


def _node_data(outcome: Outcome) -> Iterator[NodeLocal]:
    for event in outcome.boot.events:
        if isinstance(event, NodeSetUp) and event.node_data is not None:
            start, end = event.node_data
            yield NodeLocal(event.nid, "NODE_DATA", end - start, start, end, exact=False)


def _vmemmap(outcome: Outcome) -> Iterator[NodeLocal]:
    for nid, size in vmemmap_bytes(outcome).items():
        yield NodeLocal(nid, "vmemmap", size, None, None, exact=True)


def vmemmap_bytes(outcome: Outcome) -> dict[int, int]:
    """Return the size of the memory map of each node with memory."""
    section = outcome.boot.profile.arch.section_bytes
    touched: dict[int, list[Span]] = {}
    for region in outcome.boot.memblock.memory:
        if region.nid is not None:
            whole = Span(align_down(region.base, section), align_up(region.end, section))
            touched.setdefault(region.nid, []).append(whole)
    structs = (section >> outcome.boot.page_shift) * _STRUCT_PAGE
    pieces = max(1, structs // _VMEMMAP_PIECE) * _VMEMMAP_PIECE
    return {
        nid: sum(span.size for span in union(spans)) // section * pieces
        for nid, spans in touched.items()
    }


def _page_cgroup(outcome: Outcome) -> Iterator[NodeLocal]:
    pages: dict[int, int] = {}
    for region in outcome.boot.memblock.memory:
        if region.nid is not None:
            pages[region.nid] = pages.get(region.nid, 0) + (region.size >> outcome.boot.page_shift)
    for nid, count in pages.items():
        yield NodeLocal(nid, "page_cgroup", count * _PAGE_CGROUP, None, None, exact=False)


def _page_tables(outcome: Outcome) -> Iterator[NodeLocal]:
    for region in outcome.boot.memblock.reserved:
        local = isinstance(region.flags, SeriesFlags) and region.flags & SeriesFlags.LOCAL_NODE
        if local and region.nid is not None:
            yield NodeLocal(
                region.nid, "page tables", region.size, region.base, region.end, exact=True
            )
