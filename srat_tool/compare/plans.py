"""What differs between two plans: nodes, zones, verdicts; one sentence an effect."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from srat_tool.base.span import Span
from srat_tool.base.units import format_size
from srat_tool.base.words import address_range, joined, plural, runs
from srat_tool.plan.plan import NodePlan, Plan, PlanDistances

if TYPE_CHECKING:
    from srat_tool.plan.late_values import AfterZones


class Effect(NamedTuple):
    """One difference.

    Attributes:
        nid: the node; None for the machine as a whole.
        what: what differs, as it would begin a sentence.
        before: what it is in the first plan.
        after: what it is in the second.
    """

    nid: int | None
    what: str
    before: str
    after: str

    @property
    def text(self) -> str:
        """Return `node 1: Movable was 0B, is 31.5G`."""
        place = "" if self.nid is None else f"node {self.nid}: "
        return f"{place}{self.what} was {self.before}, is {self.after}"


def compare_plans(before: Plan, after: Plan) -> list[Effect]:
    """List the differences: the machine first, then node by node, then hot-pluggable ranges."""
    return [effect for effect in _effects(before, after) if effect.before != effect.after]


def _effects(before: Plan, after: Plan) -> Iterator[Effect]:
    yield Effect(None, "the boot", before.crash or "survivable", after.crash or "survivable")
    yield Effect(None, "the SRAT", before.rejected or "accepted", after.rejected or "accepted")
    yield Effect(None, "the machine", _count(before), _count(after))
    left, right = ({node.nid: node for node in plan.nodes} for plan in (before, after))
    sizes = _zone_sizes(before), _zone_sizes(after)
    starts = _movable_starts(before), _movable_starts(after)
    for nid in sorted({*left, *right}):
        a, b = left.get(nid), right.get(nid)
        if a is None or b is None:
            yield Effect(nid, "the node", _presence(a), _presence(b))
            continue
        yield from _node_effects(a, b)
        zones = dict.fromkeys((*sizes[0].get(nid, {}), *sizes[1].get(nid, {})))
        for zone in zones:
            yield Effect(nid, zone, *(format_size(s.get(nid, {}).get(zone, 0)) for s in sizes))
        yield Effect(nid, "the start of ZONE_MOVABLE", *(s.get(nid, "nowhere") for s in starts))
    yield from _verdicts(before, after)
    yield from _distances(before, after)
    if before.late_inputs or after.late_inputs:
        yield from _tiers(before, after)


def _tiers(before: Plan, after: Plan) -> Iterator[Effect]:
    """Compare tiers, numbers and demotion of nodes that have memory in both plans."""
    left, right = before.after_zones, after.after_zones
    yield Effect(None, "the reason for memory tiers", left.dram.why, right.dram.why)
    for nid in sorted({*left.adistances} & {*right.adistances}):
        for what, of in (
            ("its memory tier", _tier),
            ("its abstract distance", _adistance),
            ("what its pages are demoted to", _demotion),
            ("its weight of interleaving", _weight),
        ):
            yield Effect(nid, what, of(left, nid), of(right, nid))


def _tier(late: AfterZones, nid: int) -> str:
    tiers = () if late.tiers is None else late.tiers.tiers
    return next((str(tier.number) for tier in tiers if nid in tier.nids), "none")


def _adistance(late: AfterZones, nid: int) -> str:
    return str(late.adistances[nid])


def _demotion(late: AfterZones, nid: int) -> str:
    targets = () if late.tiers is None else late.tiers.demotion
    preferred = next((one.preferred for one in targets if one.nid == nid), ())
    return f"node {runs(preferred)}" if preferred else "nothing"


def _weight(late: AfterZones, nid: int) -> str:
    return str(late.weights.get(nid, "none"))


def _count(plan: Plan) -> str:
    return plural(len(plan.nodes), "node")


def _presence(node: NodePlan | None) -> str:
    if node is None:
        return "absent"
    size = sum(span.size for span in node.ranges)
    return f"there with {format_size(size)}"


def _node_effects(a: NodePlan, b: NodePlan) -> Iterator[Effect]:
    yield Effect(a.nid, "its memory", _ranges(a), _ranges(b))
    yield Effect(a.nid, "its domain", str(a.pxm), str(b.pxm))
    yield Effect(a.nid, "its number of processors", str(len(a.cpus)), str(len(b.cpus)))
    kinds = [_kernel_node(node) for node in (a, b)]
    yield Effect(a.nid, "it", *kinds)


def _kernel_node(node: NodePlan) -> str:
    return "a kernel node" if node.kernel_node else "no kernel node"


def _ranges(node: NodePlan) -> str:
    shown = [address_range(span) for span in node.ranges[:4]]
    rest = len(node.ranges) - len(shown)
    return joined([*shown, *([f"{rest} more"] if rest else [])]) or "none"


def _zone_sizes(plan: Plan) -> Mapping[int, dict[str, int]]:
    sizes: dict[int, dict[str, int]] = {}
    for zone in plan.zones:
        sizes.setdefault(zone.nid, {})[zone.name] = zone.present_bytes
    return sizes


def _movable_starts(plan: Plan) -> dict[int, str]:
    return {start.nid: f"0x{start.start:x}" for start in plan.movable_start}


def _verdicts(before: Plan, after: Plan) -> Iterator[Effect]:
    left, right = (
        {Span(hot.start, hot.end): hot for hot in plan.hotpluggable} for plan in (before, after)
    )
    for span in sorted({*left, *right}):
        a, b = left.get(span), right.get(span)
        what = f"hot-pluggable {address_range(span)}"
        yield Effect(None, what, *("absent" if h is None else h.verdict for h in (a, b)))


def _distances(before: Plan, after: Plan) -> Iterator[Effect]:
    """Compare pairs of nodes that both plans have."""
    common = sorted({*before.distances.nids} & {*after.distances.nids})
    left, right = before.distances, after.distances
    for origin in common:
        was, now = _row(left, origin, common), _row(right, origin, common)
        if was == now:
            continue
        for target, one, other in zip(common, was, now, strict=True):
            if one != other:
                yield Effect(origin, f"the distance to node {target}", str(one), str(other))


def _row(distances: PlanDistances, origin: int, targets: list[int]) -> tuple[int, ...]:
    """Return the distances from one node to some, ascending."""
    row = distances.matrix[distances.nids.index(origin)]
    if distances.nids == tuple(targets):
        return row
    known = dict(zip(distances.nids, row, strict=True))
    return tuple(known[nid] for nid in targets)
