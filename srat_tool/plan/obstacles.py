"""What keeps the nodes of a plan from being removed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from srat_tool.base.span import Span, clipped, subtract, union
from srat_tool.base.units import format_size
from srat_tool.base.words import address_range, joined
from srat_tool.plan.node_costs import bytes_by_node
from srat_tool.plan.plan import NodePlan, Plan
from srat_tool.plan.removability import NodeRemoval, node_removals


class Obstacles:
    """The nodes of one plan; what they need of it is sorted by node once, for all of them.

    Args:
        plan: the plan.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan

    @cached_property
    def nodes(self) -> dict[int, NodePlan]:
        """The nodes of the plan."""
        return {node.nid: node for node in self._plan.nodes}

    @cached_property
    def movable_bytes(self) -> dict[int, int]:
        """Memory in ZONE_MOVABLE of each node that has some."""
        return bytes_by_node(self._plan, movable=True)

    def why_not(self, nid: int) -> str | None:
        """Return what keeps a node from being removed, None when nothing does.

        Memory blocks come last.
        """
        node, ram = self.nodes[nid], union(self._ram.get(nid, ()))
        if not ram:
            return None
        if node.kernel_node and self._other_bytes.get(nid):
            return f"node {nid} holds early kernel data: {joined(list(node.kernel_node_because))}"
        cold = subtract(ram, self._hot.get(nid, ()))
        if cold:
            where = joined([address_range(span) for span in cold[:3]])
            return f"node {nid} has memory that the SRAT does not call hot-pluggable: {where}"
        outside = subtract(ram, self._movable.get(nid, ()))
        if outside:
            size = format_size(sum(span.size for span in outside))
            return f"{size} of node {nid} do not become movable, from {outside[0].start:#x} on"
        leaked = [part for span in ram for part in clipped(self._leaked, span)]
        if leaked:
            size = format_size(sum(span.size for span in leaked))
            return f"{size} of node {nid} stay reserved for ever: the series' own loop misses them"
        removal = self._removals.get(nid)
        return removal.why if removal is not None and removal.answer == "no" else None

    @cached_property
    def _ram(self) -> dict[int | None, list[Span]]:
        return _by_node((one.nid, Span(one.start, one.end)) for one in self._plan.memory)

    @cached_property
    def _hot(self) -> dict[int | None, list[Span]]:
        found = (one for one in self._plan.hotpluggable if one.end > one.start)
        return _by_node((one.nid, Span(one.start, one.end)) for one in found)

    @cached_property
    def _movable(self) -> dict[int | None, list[Span]]:
        found = (zone for zone in self._plan.zones if zone.name == "Movable")
        return _by_node((zone.nid, zone.span) for zone in found)

    @cached_property
    def _leaked(self) -> list[Span]:
        return union(Span(one.start, one.end) for one in self._plan.leaked)

    @cached_property
    def _other_bytes(self) -> dict[int, int]:
        return bytes_by_node(self._plan, movable=False)

    @cached_property
    def _removals(self) -> dict[int, NodeRemoval]:
        return {one.nid: one for one in node_removals(self._plan)}


def _by_node(spans: Iterable[tuple[int | None, Span]]) -> dict[int | None, list[Span]]:
    found: dict[int | None, list[Span]] = defaultdict(list)
    for nid, span in spans:
        found[nid].append(span)
    return found
