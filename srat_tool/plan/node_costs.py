"""What removable nodes cost: the memory that each node keeps for the kernel, and the risks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from srat_tool.base.span import Span, intersect
from srat_tool.base.words import joined
from srat_tool.plan.plan import Plan
from srat_tool.plan.remedies import at_risk

_RATIO_USUAL = 3


class NodeCost(NamedTuple):
    """What a node has left, in bytes.

    Attributes:
        nid: the node.
        kernel: memory that the kernel may use.
        movable: memory of ZONE_MOVABLE.
        remote: kernel data about the node that must be on other nodes.
    """

    nid: int
    kernel: int
    movable: int
    remote: int


def bytes_by_node(plan: Plan, *, movable: bool) -> Counter[int]:
    """Return the bytes that nodes have in ZONE_MOVABLE, or in the other zones; those with some."""
    found: Counter[int] = Counter()
    for zone in plan.zones:
        if (zone.name == "Movable") is movable and zone.present_bytes:
            found[zone.nid] += zone.present_bytes
    return found


def node_costs(plan: Plan) -> Iterator[NodeCost]:
    """Yield what each node of a plan has left."""
    kernel, movable = (bytes_by_node(plan, movable=which) for which in (False, True))
    for node in plan.nodes:
        nid = node.nid
        yield NodeCost(nid, kernel[nid], movable[nid], _remote(plan, nid, kernel[nid]))


def _remote(plan: Plan, nid: int, kernel: int) -> int:
    """Return data about a node that is elsewhere; where that is open, it needs kernel memory."""
    ram = [Span(r.start, r.end) for r in plan.memory if r.nid == nid]
    remote = 0
    for row in plan.node_local:
        if row.nid == nid and row.start is not None and row.end is not None:
            remote += 0 if intersect([Span(row.start, row.end)], ram) else row.bytes
        elif row.nid == nid and not kernel:
            remote += row.bytes
    return remote


def warnings(plan: Plan, wanted: tuple[int, ...], kernel: int, movable: int) -> Iterator[str]:
    """Yield what speaks against making nodes removable, although it works.

    Args:
        plan: the plan with the options for it.
        wanted: the nodes.
        kernel: memory that the kernel may use, of the whole machine, in bytes.
        movable: memory of ZONE_MOVABLE, of the whole machine, in bytes.
    """
    if movable > _RATIO_USUAL * kernel:
        tenths = movable * 10 // max(kernel, 1)
        yield (
            f"movable to kernel memory is {tenths // 10}.{tenths % 10}:1; more than "
            f"{_RATIO_USUAL}:1 may leave the kernel without memory while movable memory is free"
        )
    others = sorted(bytes_by_node(plan, movable=True).keys() - set(wanted))
    if others:
        who = "node" if len(others) == 1 else "nodes"
        yield f"memory of {who} {joined([str(nid) for nid in others])} becomes movable as well"
    empty = [nid for nid in wanted if not any(region.nid == nid for region in plan.memory)]
    if empty:
        who, has = ("node", "has") if len(empty) == 1 else ("nodes", "have")
        yield (
            f"{who} {joined([str(nid) for nid in empty])} {has} no "
            "memory yet: whether what is added can be removed again is decided when it is brought "
            "online"
        )
    for nid in wanted:
        yield from at_risk(plan, nid)
