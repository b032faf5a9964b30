"""Why an address, a range or a node ended up as it did: the chain from table offset to zone.

SRAT entry -> numa_meminfo -> memblock -> early reservations -> policy -> zones -> verdict
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import singledispatch
from typing import NamedTuple

from srat_tool.base.span import Span, intersect, subtract, union
from srat_tool.base.text import printable
from srat_tool.base.units import format_size
from srat_tool.base.words import address_range, joined, plural, runs
from srat_tool.kernel.events import (
    BlockAbsent,
    BlockClamped,
    BlocksMerged,
    BlocksOverlap,
    BootEvent,
    HotplugCleared,
    NumaBlock,
    WindowJoined,
    WindowNode,
)
from srat_tool.kernel.table_events import CpuMapped, MemoryMapped, UidMapped
from srat_tool.plan.explain_conclusion import conclusion
from srat_tool.plan.explain_target import Target
from srat_tool.plan.plan import Plan, Region, ZonePlan


class Step(NamedTuple):
    """One link of the chain, with what it is made of.

    Attributes:
        text: one sentence, unescaped.
        offset: where the SRAT entry is that it is about.
        steps: the links below it.
    """

    text: str
    offset: int | None = None
    steps: tuple[Step, ...] = ()

    def __repr__(self) -> str:
        return printable(f"<Step {self.text}: {plural(len(self.steps), 'step')}>")


def explain(plan: Plan, target: Target) -> Step:
    """Return the chain for the target; the root is the conclusion."""
    links: tuple[tuple[str, Callable[[Plan, Target], Iterable[Step]]], ...] = (
        ("the SRAT declares", _entries),
        ("numa_meminfo, the kernel's list of node ranges", _meminfo),
        ("memblock.memory", _memory),
        ("memblock.reserved, taken early", _reserved),
        ("nodes", _nodes),
        ("zones", _zones),
        ("node-local data", _node_local),
        ("verdicts on hot-pluggable ranges", _verdicts),
        ("memory tier", _tier),
        ("windows for memory that is added later", _windows),
        ("memory that is added here later", _uncovered),
        ("the kernel", _not_released),
    )
    chain = [Step(title, steps=tuple(find(plan, target))) for title, find in links]
    return Step(conclusion(plan, target), steps=tuple(step for step in chain if step.steps))


def _not_released(plan: Plan, _: Target) -> Iterator[Step]:
    if plan.not_released is not None:
        yield Step(plan.not_released)


def _place(span: Span) -> str:
    return f"{address_range(span)} ({format_size(span.size)})"


def _entries(plan: Plan, target: Target) -> Iterator[Step]:
    if plan.numa_used != "srat":
        why = plan.rejected or ("NUMA is off" if plan.numa_used == "off" else "there is none")
        yield Step(f"nothing that counts: {why}")
    for event in plan.events:
        if isinstance(event, MemoryMapped) and target.touches(event.span):
            kind = (", hot-pluggable" if event.hot else "") + (
                ", non-volatile" if event.non_volatile else ""
            )
            text = f"domain {event.pxm} has {_place(event.span)}{kind}; it is node {event.nid}"
            yield Step(text, event.offset)
    if target.nid is not None:
        yield from _processors(plan, target.nid)


def _processors(plan: Plan, nid: int) -> Iterator[Step]:
    found: dict[tuple[int, str], list[tuple[int, int | None]]] = defaultdict(list)
    for event in plan.events:
        if isinstance(event, CpuMapped) and event.nid == nid:
            found[event.pxm, "APIC"].append((event.apic_id, event.offset))
        elif isinstance(event, UidMapped) and event.nid == nid:
            found[event.pxm, "UID"].append((event.uid, event.offset))
    for (pxm, kind), members in found.items():
        numbers = [number for number, _ in members]
        word = plural(len(numbers), "processor")
        text = f"domain {pxm} has {word}: {kind} {runs(numbers, most=8)}; it is node {nid}"
        yield Step(text, members[0][1])


@singledispatch
def described(event: BootEvent) -> tuple[Span, str] | None:
    """Return where an event of numa_meminfo happened and what it was; None for other events."""
    del event
    return None


def _block(block: NumaBlock) -> str:
    origins = joined([f"+0x{offset:04x}" for offset in block.origins])
    return f"{address_range(block.span)} of node {block.nid}" + (
        f" (from {origins})" if origins else ""
    )


@described.register
def _(event: BlockAbsent) -> tuple[Span, str]:
    return event.block.span, f"{_block(event.block)} has no RAM: kept for hot-add only"


@described.register
def _(event: BlockClamped) -> tuple[Span, str]:
    cut = event.after.span
    after = address_range(cut) if cut else "nothing"
    return event.before.span, f"{_block(event.before)} is cut to where RAM can be: {after}"


@described.register
def _(event: BlocksOverlap) -> tuple[Span, str]:
    left, right = event.left, event.right
    return left.span, f"{_block(left)} overlaps {_block(right)}"


@described.register
def _(event: BlocksMerged) -> tuple[Span, str]:
    left, right, whole = event.left, event.right, event.joined
    low, high = sorted((left.span, right.span))
    hole = Span(low.end, high.start)
    through = f" through the hole {address_range(hole)}" if hole else ""
    return whole.span, (
        f"{address_range(left.span)} and {address_range(right.span)} of node {left.nid} are "
        f"joined{through}"
    )


@described.register
def _(event: HotplugCleared) -> tuple[Span, str]:
    text = f"{_block(event.block)} lost its hotplug mark: the node holds early kernel data"
    return event.block.span, text


@described.register
def _(event: WindowNode) -> tuple[Span, str]:
    text = f"CXL window {address_range(event.span)} becomes node {event.nid} of its own"
    return event.span, text


@described.register
def _(event: WindowJoined) -> tuple[Span, str]:
    nodes = f"{'node' if len(event.nids) == 1 else 'nodes'} {runs(event.nids)}"
    return event.span, f"CXL window {address_range(event.span)} stretches the ranges of {nodes}"


def _meminfo(plan: Plan, target: Target) -> Iterator[Step]:
    for event in plan.events:
        found = described(event)
        if found is not None and target.touches(found[0]):
            yield Step(found[1])
    for node in plan.nodes:
        for span in node.ranges:
            if target.touches(span):
                yield Step(f"in the end {_place(span)} is node {node.nid}")


def _regions(regions: Iterable[Region], target: Target) -> Iterator[Step]:
    for region in regions:
        span = Span(region.start, region.end)
        if target.touches(span):
            owner = "no node" if region.nid is None else f"node {region.nid}"
            words = [f"{_place(span)}, {owner}", " ".join(region.flags), region.what]
            yield Step(", ".join(filter(None, words)))


def _memory(plan: Plan, target: Target) -> Iterator[Step]:
    return _regions(plan.memory, target)


def _reserved(plan: Plan, target: Target) -> Iterator[Step]:
    return _regions(plan.reserved, target)


def _touched_nodes(plan: Plan, target: Target) -> set[int]:
    if target.nid is not None:
        return {target.nid}
    return {node.nid for node in plan.nodes if any(map(target.touches, node.ranges))}


def _nodes(plan: Plan, target: Target) -> Iterator[Step]:
    nids = _touched_nodes(plan, target)
    for node in plan.nodes:
        if node.nid not in nids:
            continue
        if node.kernel_node:
            because = joined(node.kernel_node_because)
            yield Step(f"node {node.nid} is a kernel node" + (f": {because}" if because else ""))
        else:
            yield Step(f"node {node.nid} holds no early kernel data")
        if node.memoryless:
            yield Step(f"node {node.nid} has no RAM")


def _zones(plan: Plan, target: Target) -> Iterator[Step]:
    starts = {start.nid: start.start for start in plan.movable_start}
    nids = _touched_nodes(plan, target)
    for nid in sorted(nids & starts.keys()):
        yield Step(f"{plan.kernel.policy}: ZONE_MOVABLE of node {nid} begins at 0x{starts[nid]:x}")
    for zone in plan.zones:
        if zone.nid in nids and target.touches(_zone_span(zone)):
            yield Step(_zone_text(plan, zone, target))


def _zone_span(zone: ZonePlan) -> Span:
    return zone.span


def _zone_text(plan: Plan, zone: ZonePlan, target: Target) -> str:
    span = _zone_span(zone)
    text = f"{zone.name} of node {zone.nid} spans {_place(span)}, "
    text += f"{plural(zone.present_pages, 'page')} present"
    if target.nid is not None or any(mine.covers(span) for mine in target.spans):
        return text
    ram = [Span(r.start, r.end) for r in plan.memory if r.nid == zone.nid]
    held = sum(part.size for part in intersect(intersect([span], target.spans), ram))
    if not held:
        return f"{text}, none of it here"
    if target.spans[0].size == 1:
        return f"{text}, this address among them"
    return f"{text}, {format_size(held)} of it here"


def _node_local(plan: Plan, target: Target) -> Iterator[Step]:
    nids = _touched_nodes(plan, target)
    for data in plan.node_local:
        placed = data.start is not None and data.end is not None
        span = Span(data.start or 0, data.end or 0)
        if target.touches(span) if placed else data.nid in nids:
            size = ("" if data.exact else "about ") + format_size(data.bytes)
            where = address_range(span) if placed else "place not known"
            yield Step(f"{data.what} of node {data.nid}: {size}, {where}")


def _verdicts(plan: Plan, target: Target) -> Iterator[Step]:
    for hot in plan.hotpluggable:
        if target.touches(Span(hot.start, hot.end)):
            yield Step(f"{hot.verdict}: {hot.because}", hot.offset)


def _tier(plan: Plan, target: Target) -> Iterator[Step]:
    if not plan.late_inputs or target.nid is None:
        return
    from srat_tool.plan.explain_tier import tier_words  # noqa: PLC0415

    for text in tier_words(plan.after_zones, target.nid):
        yield Step(text)


def _windows(plan: Plan, target: Target) -> Iterator[Step]:
    for window in plan.hot_add:
        span = Span(window.start, window.end)
        if target.touches(span):
            aligned = (
                "" if window.aligned else f"; not aligned to {format_size(plan.memory_block_bytes)}"
            )
            yield Step(
                f"{_place(span)}: online gives {window.online_zone}, online_movable gives "
                f"{window.online_movable_zone}{aligned}"
            )


def _uncovered(plan: Plan, target: Target) -> Iterator[Step]:
    """Describe which node memory joins that is added where neither RAM nor the SRAT has a range."""
    if target.nid is not None or plan.hot_add_at is None:
        return
    covered = [Span(region.start, region.end) for region in plan.memory]
    covered += [Span(window.start, window.end) for window in plan.hot_add]
    covered += [event.span for event in plan.events if isinstance(event, MemoryMapped)]
    for gap in subtract(target.spans, union(covered)):
        added = plan.hot_add_at(gap.start)
        where = f"{gap.start:#x}" if gap.size == 1 else _place(gap)
        if added.nid is None:
            yield Step(f"no memory can be added at {where}: {added.condition}")
            continue
        text = f"no RAM and no range of the SRAT covers {where}: memory added there joins "
        yield Step(f"{text}node {added.nid}, {added.condition}")
        zones = (added.online_zone, added.online_movable_zone)
        yield Step(f"online gives {zones[0]}, online_movable gives {zones[1]}")
