"""The first line of an explanation: the zones of the memory, and the verdict on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from srat_tool.base.span import Span, intersect
from srat_tool.base.units import format_size
from srat_tool.base.words import address_range, joined, runs
from srat_tool.plan.explain_target import Target
from srat_tool.plan.plan import HotRange, Plan

_RUNS = 8


def conclusion(plan: Plan, target: Target) -> str:
    """Return what became of a node, an address or a range, in one sentence."""
    return "; ".join([_memory(plan, target), *_verdicts(plan, target)])


def _memory(plan: Plan, target: Target) -> str:
    name = _name(target)
    ram = [
        Span(region.start, region.end)
        for region in plan.memory
        if target.nid in (None, region.nid) and target.touches(Span(region.start, region.end))
    ]
    held = sum(part.size for part in intersect(sorted(ram), target.spans))
    zones = _zones(plan, target)
    if not held:
        can_be_added = any(target.touches(Span(room.start, room.end)) for room in plan.hot_add)
        return f"{name}: no RAM" + (", memory can be added" if can_be_added else "")
    if target.nid is None and target.spans[0].size == 1:
        return f"{name}: RAM in {zones or 'no zone'}"
    return f"{name}: {format_size(held)} of RAM in {zones or 'no zone'}"


def _name(target: Target) -> str:
    if target.nid is not None:
        return target.text
    (span,) = target.spans
    if span.size == 1:
        return f"{span.start:#x}"
    return f"{address_range(span)} ({format_size(span.size)})"


def _zones(plan: Plan, target: Target) -> str:
    """Return the zones that have RAM of the target; nodes of one zone are listed together."""
    ram: defaultdict[int | None, list[Span]] = defaultdict(list)
    for region in plan.memory:
        ram[region.nid].append(Span(region.start, region.end))
    nodes: defaultdict[str, list[int]] = defaultdict(list)
    for zone in plan.zones:
        wanted = target.nid in (None, zone.nid) and target.touches(zone.span)
        if wanted and intersect(intersect([zone.span], target.spans), ram[zone.nid]):
            nodes[zone.name].append(zone.nid)
    if target.nid is not None:
        words = list(nodes)
        return f"{'zone' if len(words) == 1 else 'zones'} {joined(words)}" if words else ""
    return joined([f"zone {name} of {_nodes(nids)}" for name, nids in nodes.items()])


def _nodes(nids: list[int]) -> str:
    return f"{'node' if len(nids) == 1 else 'nodes'} {runs(nids, most=_RUNS)}"


def _verdicts(plan: Plan, target: Target) -> Iterator[str]:
    found: defaultdict[str, list[HotRange]] = defaultdict(list)
    for hot in plan.hotpluggable:
        if target.touches(Span(hot.start, hot.end)):
            found[hot.verdict].append(hot)
    for verdict, some in found.items():
        what = "hot-pluggable" if len(some) == 1 else f"{len(some)} hot-pluggable ranges"
        reasons = {hot.because for hot in some}
        yield f"{what}, {verdict}" + (f": {reasons.pop()}" if len(reasons) == 1 else "")
