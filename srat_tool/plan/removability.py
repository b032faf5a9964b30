"""Which nodes can lose all their memory while the machine runs, and what keeps the others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from srat_tool.base.span import Span, clipped, union
from srat_tool.base.units import format_size
from srat_tool.base.words import joined, runs
from srat_tool.plan.block_values import OFFLINE_ALREADY, BlocksAlike, Offline
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
        short: the reason in a few words.
        why: the reason as a sentence that can follow a colon.
    """

    nid: int
    bytes: int
    answer: Offline
    short: str
    why: str


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
    stuck = [run for run in found if run.offline == "no"]
    if node.kernel_node and any("kernel image" in why for why in node.kernel_node_because):
        why = "it contains the kernel image"
        return NodeRemoval(node.nid, size, "no", "kernel image", why)
    if stuck:
        first = stuck[0]
        number = first.start // plan.blocks.size
        rest = sum(run.end - run.start for run in stuck) // plan.blocks.size - 1
        more = f" and {rest} more" if rest else ""
        why = f"memory block {number}{more} cannot go offline ({first.why})"
        return NodeRemoval(node.nid, size, "no", f"block {number}: {first.why}", why)
    unsure = next((run for run in found if run.offline == "maybe"), None)
    if unsure is None:
        gone = all(run.why == OFFLINE_ALREADY for run in found)
        why = "all its memory is in ZONE_MOVABLE, without boot allocations"
        if gone:
            return NodeRemoval(node.nid, size, "yes", "offline", "all its memory is offline")
        return NodeRemoval(node.nid, size, "yes", "ZONE_MOVABLE", why)
    zones = sorted({zone for run in found if run.offline == "maybe" for zone in run.zones})
    why = f"memory in {joined(zones)} goes only while no unmovable page of the kernel is in it"
    return NodeRemoval(node.nid, size, "maybe", f"memory in {joined(zones)}", why)


def verdict_line(removals: Iterable[NodeRemoval], reasons: int = REASONS) -> str:
    """Return `removable: nodes 1,2 (96G); not removable: node 0 (kernel image)`; empty if none.

    Args:
        removals: the answers about all nodes.
        reasons: how many reasons to spell out of each answer; further nodes are counted.
    """
    return "; ".join(_parts(tuple(removals), reasons))


def _parts(removals: tuple[NodeRemoval, ...], reasons: int) -> Iterator[str]:
    yes = [one for one in removals if one.answer == "yes"]
    if yes:
        yield f"removable: {_nodes(yes)} ({format_size(sum(one.bytes for one in yes))})"
    names: dict[Offline, str] = {"maybe": "not promised", "no": "not removable"}
    for answer, name in names.items():
        groups: dict[str, list[NodeRemoval]] = {}
        for one in removals:
            if one.answer == answer:
                groups.setdefault(_reason_of_any(one), []).append(one)
        if groups:
            words = [_because(reason, some) for reason, some in list(groups.items())[:reasons]]
            rest = sum(len(some) for some in list(groups.values())[reasons:])
            yield f"{name}: {', '.join(words)}" + (f" and {rest} more" if rest else "")


def _reason_of_any(one: NodeRemoval) -> str:
    """Return the short reason without the numbers in which equal nodes differ."""
    words = re.sub(r"^block \d+:", "a block of each:", one.short)
    return re.sub(rf"\bnode {one.nid}\b", "the node", words)


def _because(reason: str, some: list[NodeRemoval]) -> str:
    return f"{_nodes(some)} ({some[0].short if len(some) == 1 else reason})"


def _nodes(some: list[NodeRemoval]) -> str:
    return f"{'node' if len(some) == 1 else 'nodes'} {runs((one.nid for one in some), most=_RUNS)}"
