"""Which nodes can lose all their memory while the machine runs, and what keeps the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from srat_tool.base.span import Span, clipped, union
from srat_tool.base.units import format_size
from srat_tool.base.words import runs
from srat_tool.plan.block_values import BlocksAlike, Offline
from srat_tool.plan.offline_reason import OfflineBecause, RemovalBecause, RemovalReason
from srat_tool.plan.plan import NodePlan, Plan

REASONS = 3
"""Reasons of one kind that a verdict spells out."""
_RUNS = 8


class NodeRemoval(NamedTuple):
    """One node with memory.

    Attributes:
        nid: the node.
        bytes: its RAM.
        answer: `maybe` when its memory is in kernel zones.
        reason: why.
    """

    nid: int
    bytes: int
    answer: Offline
    reason: RemovalReason

    @property
    def why(self) -> str:
        """The reason as a sentence that can follow a colon."""
        return str(self.reason)


def node_removals(
    plan: Plan, blocks: Iterable[BlocksAlike] | None = None
) -> tuple[NodeRemoval, ...]:
    """Return the answer for each node with memory, ascending.

    Args:
        plan: the plan.
        blocks: the memory blocks as they are now; None for those of the boot.
    """
    by_node: dict[int, list[BlocksAlike]] = {}
    for run in plan.blocks.runs if blocks is None else blocks:
        for nid in run.nids:
            by_node.setdefault(nid, []).append(run)
    sizes: dict[int, int] = {}
    for region in plan.memory:
        if region.nid is not None:
            sizes[region.nid] = sizes.get(region.nid, 0) + region.end - region.start
    for nid, size in _added(plan, by_node):
        sizes[nid] = sizes.get(nid, 0) + size
    return tuple(
        _removal(plan, node, by_node[node.nid], sizes.get(node.nid, 0))
        for node in plan.nodes
        if node.nid in by_node
    )


def _added(plan: Plan, by_node: dict[int, list[BlocksAlike]]) -> Iterator[tuple[int, int]]:
    """Yield the sizes of blocks that have no memory of the boot."""
    ram = union(Span(region.start, region.end) for region in plan.memory)
    for nid, found in by_node.items():
        for run in found:
            span = Span(run.start, run.end)
            if not clipped(ram, span):
                yield nid, span.size


def _removal(plan: Plan, node: NodePlan, found: list[BlocksAlike], size: int) -> NodeRemoval:
    return NodeRemoval(node.nid, size, *_answer(plan, node, found))


def _answer(plan: Plan, node: NodePlan, found: list[BlocksAlike]) -> tuple[Offline, RemovalReason]:
    if node.kernel_node and any("kernel image" in why for why in node.kernel_node_because):
        return "no", RemovalReason(RemovalBecause.KERNEL_IMAGE)
    stuck = [run for run in found if run.offline == "no"]
    if stuck:
        first = stuck[0]
        more = sum(run.end - run.start for run in stuck) // plan.blocks.size - 1
        number = first.start // plan.blocks.size
        return "no", RemovalReason(
            RemovalBecause.BLOCK, block=number, more=more, stays=first.reason
        )
    unsure = [run for run in found if run.offline == "maybe"]
    if unsure:
        zones = tuple(sorted({zone for run in unsure for zone in run.zones}))
        return "maybe", RemovalReason(RemovalBecause.KERNEL_ZONES, zones)
    gone = all(run.reason.because is OfflineBecause.OFFLINE_ALREADY for run in found)
    return "yes", RemovalReason(RemovalBecause.OFFLINE if gone else RemovalBecause.MOVABLE)


def verdict_line(removals: Iterable[NodeRemoval], reasons: int = REASONS) -> str:
    """Return `removable: nodes 1,2 (96G); not removable: node 0 (kernel image)`; empty if none.

    Args:
        removals: the answers about all nodes.
        reasons: how many reasons to spell out of each answer; further nodes are counted. With
            none, nodes are named without reasons.
    """
    return "; ".join(_parts(tuple(removals), reasons))


def _parts(removals: tuple[NodeRemoval, ...], reasons: int) -> Iterator[str]:
    yes = [one for one in removals if one.answer == "yes"]
    if yes:
        yield f"removable: {_nodes(yes)} ({format_size(sum(one.bytes for one in yes))})"
    names: dict[Offline, str] = {"maybe": "not promised", "no": "not removable"}
    for answer, name in names.items():
        groups: dict[RemovalReason, list[NodeRemoval]] = {}
        for one in removals:
            if one.answer == answer:
                groups.setdefault(one.reason.for_any_node(one.nid), []).append(one)
        if groups and not reasons:
            yield f"{name}: {_nodes([one for one in removals if one.answer == answer])}"
        elif groups:
            words = [_because(reason, some) for reason, some in list(groups.items())[:reasons]]
            rest = sum(len(some) for some in list(groups.values())[reasons:])
            yield f"{name}: {', '.join(words)}" + (f" and {rest} more" if rest else "")


def _because(of_any: RemovalReason, some: list[NodeRemoval]) -> str:
    reason = some[0].reason if len(some) == 1 else of_any
    return f"{_nodes(some)} ({reason.short})"


def _nodes(some: list[NodeRemoval]) -> str:
    return f"{'node' if len(some) == 1 else 'nodes'} {runs((one.nid for one in some), most=_RUNS)}"
