"""The steps before the direct map: patches 3, 2, 4, 5, 8 and 7."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from srat_tool.base.span import Span, subtract
from srat_tool.base.units import PAGE_SHIFT, format_size
from srat_tool.base.words import address_range, joined, plural
from srat_tool.kernel.bootopts import Param
from srat_tool.kernel.events import BlockClamped, BlocksMerged, BlocksOverlap, NumaBlock
from srat_tool.kernel.printk import log_lines
from srat_tool.plan.reservations import what_is_in
from srat_tool.plan.series2013.run import SWITCH, SeriesRun
from srat_tool.plan.series2013.section import Section

DECIDING = ("movablecore", "kernelcore")


def _switch(run: SeriesRun) -> Section:
    params = run.boot.options.params
    if run.boot.options.movablecore_acpi:
        points = ["The switch is on: hot-pluggable ranges of the SRAT become ZONE_MOVABLE."]
    else:
        points = [
            "The switch is off: without movablecore=acpi hot-pluggable ranges have no effect."
        ]
    points.append(
        "Options are parsed from left to right: after movablecore=acpi no movablecore= is read as "
        "a size; before it the size is stored, and used only while the switch is off."
    )
    first = params.index(SWITCH) if SWITCH in params else len(params)
    rows = tuple(
        _option(run, param, after_switch=at > first)
        for at, param in enumerate(params)
        if param.name in DECIDING
    )
    return Section((3,), "movablecore=acpi on the command line", tuple(points), _OPTION, rows)


_OPTION = ("option", "what it does")


def _option(run: SeriesRun, param: Param, *, after_switch: bool) -> tuple[str, str]:
    options = run.boot.options
    if param.value is None:
        return param.text, "malformed: it needs a value"
    if param == SWITCH:
        return param.text, "turns the switch on"
    if param.name == "movablecore" and after_switch:
        return param.text, "not read as a size: the switch is on already"
    pages = options.kernelcore if param.name == "kernelcore" else options.movablecore
    used = "not used: the switch has priority" if options.movablecore_acpi else "used"
    return param.text, f"stored as {plural(pages, 'page')}, {used}"


def _printed(run: SeriesRun) -> Section:
    mapped = run.mapped
    hot = sum(event.hot for event in mapped)
    points = (
        (
            f"{plural(len(mapped), 'memory entry', 'memory entries')}, {hot} of them hot-pluggable."
            " The line of a hot-pluggable entry ends in `Hot Pluggable`, any other in a space."
        ),
    )
    lines = log_lines(mapped, run.boot.profile)
    return Section((2,), "the SRAT as this kernel prints it", points, verbatim=lines)


def _blocks(run: SeriesRun) -> Section:
    blocks = run.numa.info.blocks
    points = [
        (
            f"{plural(len(run.mapped), 'range')} read, {plural(len(blocks), 'block')} left."
            " Two blocks are merged when node and hotplug mark are equal and no other block is "
            "between them."
        ),
        *_cleanup(run),
        *_apart(blocks),
        *_left_out(run),
    ]
    if run.not_used is not None:
        points.insert(0, f"The SRAT is not used: {run.not_used}. One node contains all memory.")
    rows = tuple(
        (
            f"node {block.nid}",
            address_range(block.span),
            format_size(block.span.size),
            "hot-pluggable" if block.hot else "-",
        )
        for block in blocks
    )
    title = "numa_meminfo with hotplug marks"
    return Section((4, 5), title, tuple(points), ("node", "block", "size", "mark"), rows)


def _cleanup(run: SeriesRun) -> Iterator[str]:
    for step in run.boot.events:
        if not isinstance(step, BlocksMerged | BlocksOverlap):
            continue
        left, right = step.left, step.right
        what = f"node {left.nid} {address_range(left.span)} and {address_range(right.span)}"
        if isinstance(step, BlocksOverlap):
            if left.nid != right.nid:
                yield f"{what} of node {right.nid} overlap: the SRAT is rejected."
            elif left.hot != right.hot:
                yield f"{what} overlap with different marks: both stay, and the kernel warns."
            else:
                yield f"{what} overlap: the kernel warns."
            continue
        low, high = sorted((left.span, right.span))
        hole = Span(low.end, high.start)
        through = f" through the hole {address_range(hole)}" if hole else ""
        yield f"{what} merged{through}."


def _apart(blocks: list[NumaBlock]) -> Iterator[str]:
    """Explain for neighbours of one node why they are not merged."""
    by_node: dict[int, list[NumaBlock]] = {}
    for block in sorted(blocks, key=lambda block: (block.span, block.hot)):
        by_node.setdefault(block.nid, []).append(block)
    for nid, mine in sorted(by_node.items()):
        for left, right in pairwise(mine):
            what = f"node {nid} {address_range(left.span)} and {address_range(right.span)}"
            why = _why_apart(blocks, left, right)
            if why:
                yield f"{what} are not merged: {why}."


def _why_apart(blocks: list[NumaBlock], left: NumaBlock, right: NumaBlock) -> str | None:
    if left.hot != right.hot:
        return "one is hot-pluggable, the other is not"
    joined_span = Span(min(left.start, right.start), max(left.end, right.end))
    for block in blocks:
        if (block.nid, block.hot) != (left.nid, left.hot) and block.span.overlaps(joined_span):
            return f"node {block.nid} {address_range(block.span)} is between them"
    return None


def _left_out(run: SeriesRun) -> Iterator[str]:
    top = run.boot.max_pfn << PAGE_SHIFT
    for event in run.boot.events:
        if isinstance(event, BlockClamped):
            what = f"node {event.before.nid} {address_range(event.before.span)}"
            if event.after.span:
                yield f"{what} is cut at the end of RAM, {top:#x}."
            else:
                yield f"{what} is above the end of RAM, so it is dropped."


def _address_to_node(run: SeriesRun) -> Section:
    blocks = run.numa.info.blocks
    spans = [block.span for block in blocks]
    ram = subtract([region.span for region in run.boot.memblock.memory], spans)
    taken = subtract([r.span for r in run.state.after_hot], spans)
    first = blocks[0].nid if blocks else 0
    points = [
        (
            f"An address outside every block belongs to node {first}, the node of the first"
            " block; where blocks overlap, the last one decides."
        )
    ]
    if not ram and not taken:
        points.append("Here all RAM and all reservations are inside blocks.")
    rows = [("RAM", address_range(span), format_size(span.size), f"node {first}") for span in ram]
    rows += [
        ("reserved", address_range(span), format_size(span.size), f"node {first}") for span in taken
    ]
    columns = ("what", "outside every block", "size", "belongs to")
    return Section((8,), "from address to node", tuple(points), columns, tuple(rows))


def _kernel_nodes(run: SeriesRun) -> Section:
    stray = run.state.stray
    nodes = [f"node {nid}" for nid in run.kernel_nodes]
    if nodes:
        points = [f"{joined(nodes)} contain early kernel data: no range of them is hot-pluggable."]
        if len(nodes) == 1:
            points = [f"{nodes[0]} contains early kernel data: no range of it is hot-pluggable."]
    else:
        points = ["No node is known to contain early kernel data."]
    if not run.variant.nodes_known:
        points.append(
            "As posted, this is done before the SRAT is parsed: no reservation has a node yet, so "
            "no node is marked, and the hot ranges of the kernel's node are reserved as well."
        )
    elif stray:
        where = joined([address_range(region.span) for region in stray])
        points.append(f"Not inside one block, so without a node: {where}.")
    rows = tuple(
        (f"node {nid}", because) for nid, names in run.kernel_nodes.items() for because in names
    )
    if not rows:
        rows = tuple(
            ("no node", f"{what_is_in(r.span, run.early.labels)} ({address_range(r.span)})")
            for r in stray
        )
    return Section((7,), "kernel nodes", tuple(points), _BECAUSE, rows)


_BECAUSE = ("node", "because of")

EARLY = (_switch, _printed, _blocks, _address_to_node, _kernel_nodes)
