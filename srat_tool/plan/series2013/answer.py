"""A boot of the 2013 series written down as a `Plan`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from srat_tool.base.span import Span
from srat_tool.base.units import PAGE_SHIFT, PAGE_SIZE, U64, format_size
from srat_tool.kernel.boot import Boot
from srat_tool.kernel.events import (
    BlocksMerged,
    BlocksOverlap,
    BootEvent,
    DistanceTable,
    InvalidBlock,
    KernelNode,
    MemoryMapped,
    MovableStarts,
    NodeSetUp,
    NumaBlock,
    SlitInvalid,
)
from srat_tool.kernel.memblock import Memblock, MemblockRegion, SeriesFlags
from srat_tool.kernel.memory_hotplug import memory_block_size
from srat_tool.kernel.numa_init import NumaResult
from srat_tool.kernel.numa_meminfo import NumaInfo
from srat_tool.kernel.printk import log_lines
from srat_tool.kernel.series2013.boot import PlacedTables
from srat_tool.kernel.series2013.meminfo import Block, Cleanup, CleanupStep
from srat_tool.kernel.zones import Zone
from srat_tool.observe.bootlog import Reservation
from srat_tool.plan.answer import plan_of
from srat_tool.plan.early_memory import EarlyMemory
from srat_tool.plan.inputs import Inputs
from srat_tool.plan.outcome import Outcome
from srat_tool.plan.plan import Alternative, Assumption, Ignored, NodeLocal, NodePlan, Plan, Region
from srat_tool.plan.series2013.hot_ranges import kernel_node_because, series_hot_ranges
from srat_tool.plan.series2013.run import DIRECT_MAP, SeriesRun, run_series

_PAGE_CGROUP = 16
_LATER = (SlitInvalid, DistanceTable)


def series_plan(inputs: Inputs, early: EarlyMemory) -> Plan:
    """Say what a kernel with the series would make of a machine."""
    run = run_series(inputs, early)
    plan = plan_of(_outcome(run))
    return replace(
        plan,
        kernel=replace(plan.kernel, ignored=tuple(_ignored(run))),
        rejected=run.rejected if inputs.tables.srat is not None else None,
        crash=_crash(run),
        nodes=tuple(_node(run, node) for node in plan.nodes),
        hotpluggable=series_hot_ranges(run),
        node_local=tuple(sorted((*plan.node_local, *_page_cgroup(run)), key=_by_node)),
        leaked=tuple(
            Region(r.base, r.end, r.nid, ("HOTPLUGGABLE",), "never freed")
            for r in run.state.freed.leaked
        ),
        log=tuple(series_log(run)),
        assumptions=(*plan.assumptions, *_assumed(run)),
        alternatives=tuple(_alternatives(run)),
    )


def series_log(run: SeriesRun) -> Iterator[str]:
    """Yield the lines of this boot, processors first."""
    events, profile = run.walk.events, run.inputs.profile
    said = run.state.log
    if run.refused is None:
        own = (MemoryMapped, InvalidBlock, *_LATER)
        yield from log_lines([e for e in events if not isinstance(e, own)], profile)
        yield from said[: run.state.meminfo.lines_of_srat]
        yield from log_lines([e for e in events if isinstance(e, _LATER)], profile)
        yield from said[run.state.meminfo.lines_of_srat :]
    else:
        yield from log_lines(events, profile)
        yield from said


def _outcome(run: SeriesRun) -> Outcome:
    state = run.state
    memblock = Memblock()
    memblock.memory.regions = state.memory_nodes or list(run.early.memblock.memory)
    memblock.reserved.regions = state.before_free or state.after_hot
    result = Boot(
        profile=run.inputs.profile,
        options=run.inputs.options,
        memblock=memblock,
        events=[*run.walk.events, *_events(run)],
    )
    used = run.rejected is None
    kept = run.info if used else NumaInfo(parsed={0})
    info = replace(
        kept,
        blocks=[_block(run, block) for block in state.meminfo.blocks],
        kernel_nodes={
            nid: [region.span for region in regions]
            for nid, regions in state.kernel.because.items()
        },
        online=set(state.node_data),
    )
    off = "off" in run.inputs.options.numa
    numa = NumaResult(
        used="srat" if used else "off" if off else "dummy",
        rejected=run.rejected,
        info=info,
        pxms=run.pxms,
    )
    return Outcome(
        inputs=run.inputs,
        boot=result,
        numa=numa,
        zones=tuple(_zones(run)),
        labels=(*run.early.labels, *_labels(run)),
        policy=_policy(run),
        block_bytes=memory_block_size(result, virtual=run.inputs.is_virtual),
    )


def _policy(run: SeriesRun) -> str:
    options = run.state.options
    if options.switch_on:
        return "movablecore=acpi"
    return "sizes" if options.kernelcore or options.movablecore else "none"


def _zones(run: SeriesRun) -> Iterator[Zone]:
    for nid, node in run.state.nodes.items():
        for zone in node.zones:
            if zone.spanned:
                yield Zone(nid, zone.name, zone.start_pfn, zone.spanned, zone.present)


def _labels(run: SeriesRun) -> Iterator[Reservation]:
    """Name what the series reserves."""
    for region in (*run.state.after_hot, *run.state.before_free):
        if region.flags == SeriesFlags.HOTPLUGGABLE:
            yield Reservation(region.span, f"hot-pluggable memory of node {region.nid}")
        elif region.flags & SeriesFlags.LOCAL_NODE:
            yield Reservation(region.span, f"page tables of node {region.nid}")
    for page in run.state.placed.plain if run.state.placed else ():
        yield Reservation(page, "page tables")
    for nid, data in run.state.node_data.items():
        yield Reservation(Span(data.start, data.end), f"NODE_DATA({nid})")


def _block(run: SeriesRun, block: Block) -> NumaBlock:
    origins = tuple(
        event.offset
        for event in run.mapped
        if event.offset is not None
        and (event.nid, event.hot) == (block.nid, block.hot)
        and event.span.overlaps(block.span)
    )
    return NumaBlock(block.start, block.end, block.nid, origins, block.hot)


def _events(run: SeriesRun) -> Iterator[BootEvent]:
    state = run.state
    for step in state.meminfo.steps:
        yield _cleanup(run, step)
    for nid, regions in state.kernel.because.items():
        yield KernelNode(nid, tuple(region.span for region in regions))
    for nid, data in state.node_data.items():
        blocks = [block for block in state.meminfo.blocks if block.nid == nid]
        span = Span(min(block.start for block in blocks), max(block.end for block in blocks))
        yield NodeSetUp(nid, span, Span(data.start, data.end), data.on_node)
    starts = sorted(state.zones.movable_pfn.items())
    yield MovableStarts(tuple((nid, pfn << PAGE_SHIFT & U64) for nid, pfn in starts))


def _cleanup(run: SeriesRun, step: CleanupStep) -> BlocksMerged | BlocksOverlap:
    left, right = _block(run, step.left), _block(run, step.right)
    if step.did is Cleanup.OVERLAP:
        return BlocksOverlap(left, right)
    start, end = min(left.start, right.start), max(left.end, right.end)
    joined = NumaBlock(start, end, left.nid, left.origins + right.origins, left.hot)
    return BlocksMerged(left, right, joined)


def _ignored(run: SeriesRun) -> Iterator[Ignored]:
    unread = list(run.state.options.unread)
    for unused in run.inputs.options.ignored:
        yield Ignored(*unused)
    if not run.state.options.switch_on:
        return
    for param in run.inputs.options.params:
        if param.name == "kernelcore" and param.value is not None:
            yield Ignored(param.text, "its size is stored, and movablecore=acpi has priority")
        elif param.name == "movablecore" and param.value not in (None, "acpi"):
            behind = param.value in unread
            why = "behind movablecore=acpi it is not read as a size"
            if not behind:
                why = "its size is stored, and movablecore=acpi has priority"
            yield Ignored(param.text, why)


def _crash(run: SeriesRun) -> str | None:
    panic = run.state.panic
    return None if panic is None else f"the kernel panics: {panic.strip()}"


def _node(run: SeriesRun, node: NodePlan) -> NodePlan:
    because = kernel_node_because(run, node.nid)
    return node._replace(kernel_node=bool(because), kernel_node_because=because)


def _page_cgroup(run: SeriesRun) -> Iterator[NodeLocal]:
    pages: dict[int, int] = {}
    for region in run.state.memory_nodes:
        if region.nid is not None:
            pages[region.nid] = pages.get(region.nid, 0) + region.size // PAGE_SIZE
    for nid, count in sorted(pages.items()):
        yield NodeLocal(nid, "page_cgroup", count * _PAGE_CGROUP, None, None, exact=False)


def _by_node(row: NodeLocal) -> tuple[int, str, int]:
    return row.nid, row.what, row.start or 0


def _assumed(run: SeriesRun) -> Iterator[Assumption]:
    tables = run.machine.tables
    if isinstance(tables, PlacedTables) and run.inputs.machine.direct_map is None:
        yield Assumption(
            "direct map",
            f"{tables.page_size} pages",
            "the largest page that the processor maps with is not known: --direct-map tells it",
        )


def _alternatives(run: SeriesRun) -> Iterator[Alternative]:
    """Return how much of the node-local data depends on the processor's page sizes."""
    tables = run.machine.tables
    if run.inputs.machine.direct_map is not None or not isinstance(tables, PlacedTables):
        return
    mine = _local_bytes(run)
    for size in DIRECT_MAP:
        if size == tables.page_size:
            continue
        other = run_series(run.inputs, run.early, size)
        bytes_ = _local_bytes(other)
        if bytes_ != mine:
            yield Alternative(
                f"the processor maps memory with {size} pages at most",
                f"node-local page tables take {format_size(bytes_)} instead of {format_size(mine)}",
            )


def _local_bytes(run: SeriesRun) -> int:
    regions: list[MemblockRegion] = run.state.after_hot
    return sum(region.size for region in regions if region.flags & SeriesFlags.LOCAL_NODE)
