"""The explanations of all nodes, in time that grows with the plan and not with its square.

Each node is explained from the part of the plan that concerns it; all parts are found in one pass.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from itertools import accumulate
from typing import Any, TypeVar

from srat_tool.base.span import Span
from srat_tool.base.words import plural
from srat_tool.kernel.events import BootEvent
from srat_tool.kernel.table_events import CpuMapped, MemoryMapped, UidMapped
from srat_tool.plan.explain import Step, described, explain
from srat_tool.plan.explain_target import Target, node_target, spans_by_node
from srat_tool.plan.plan import NodeLocal, NodePlan, Plan

T = TypeVar("T")


def explain_all(plan: Plan) -> Step:
    """Return the chains of all nodes."""
    targets = {nid: node_target(nid, spans) for nid, spans in spans_by_node(plan).items()}
    parts = _Parts(plan, _Owners(targets))
    chains = [explain(parts.of(nid), target) for nid, target in targets.items()]
    return Step(plural(len(chains), "node"), steps=tuple(chains))


class _Owners:
    """Which nodes a range touches; their spans may overlap."""

    def __init__(self, targets: Mapping[int, Target]) -> None:
        self._spans = sorted((s, nid) for nid, target in targets.items() for s in target.spans)
        self._starts = [span.start for span, _ in self._spans]
        # The highest end so far: before a place where it is low enough nothing reaches further.
        self._ends = list(accumulate((span.end for span, _ in self._spans), max))

    def touched(self, span: Span) -> dict[int, None]:
        """Return the nodes of which a span shares a byte with this one."""
        found: dict[int, None] = {}
        at = bisect_left(self._starts, span.end) - 1
        while at >= 0 and self._ends[at] > span.start:
            mine, nid = self._spans[at]
            if mine.overlaps(span):
                found[nid] = None
            at -= 1
        return found


class _Parts:
    """The parts of a plan by node."""

    def __init__(self, plan: Plan, owners: _Owners) -> None:
        self._plan = plan
        self._touched = owners.touched
        self._groups: dict[str, Mapping[int, list[Any]]] = {
            "events": _grouped(plan.events, self._of_event),
            "nodes": _grouped(plan.nodes, self._of_node),
            "node_local": _grouped(plan.node_local, self._of_data),
            "zones": _grouped(plan.zones, _of_nid),
            "movable_start": _grouped(plan.movable_start, _of_nid),
            "memory": _grouped(plan.memory, self._placed),
            "reserved": _grouped(plan.reserved, self._placed),
            "hotpluggable": _grouped(plan.hotpluggable, self._placed),
            "hot_add": _grouped(plan.hot_add, self._placed),
        }

    def of(self, nid: int) -> Plan:
        """Return the part of the plan that concerns a node."""
        changed: dict[str, Any] = {
            name: tuple(group.get(nid, ())) for name, group in self._groups.items()
        }
        return replace(self._plan, **changed)

    def _placed(self, item: Any) -> Iterable[int]:
        return self._touched(Span(item.start, item.end))

    def _of_event(self, event: BootEvent) -> Iterable[int]:
        if isinstance(event, CpuMapped | UidMapped):
            return (event.nid,)
        if isinstance(event, MemoryMapped):
            return self._touched(event.span)
        what = described(event)
        return self._touched(what[0]) if what is not None else ()

    def _of_node(self, node: NodePlan) -> Iterable[int]:
        nids = {node.nid: None}
        for span in node.ranges:
            nids.update(self._touched(span))
        return nids

    def _of_data(self, data: NodeLocal) -> Iterable[int]:
        is_placed = data.start is not None and data.end is not None
        return self._placed(data) if is_placed else (data.nid,)


def _of_nid(item: Any) -> Iterable[int]:
    return (item.nid,)


def _grouped(items: Iterable[T], nids: Callable[[T], Iterable[int]]) -> dict[int, list[T]]:
    """Return the items of each node, in order."""
    found: dict[int, list[T]] = defaultdict(list)
    for item in items:
        for nid in nids(item):
            found[nid].append(item)
    return found
