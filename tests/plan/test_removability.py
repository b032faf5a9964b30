"""Which nodes can lose all their memory."""

from __future__ import annotations

from srat_tool.base.span import Span
from srat_tool.base.units import GIB
from srat_tool.kernel.hotplug.occupants import Content
from srat_tool.plan.offline_reason import (
    OfflineBecause,
    OfflineReason,
    RemovalBecause,
    RemovalReason,
    holding,
)
from srat_tool.plan.removability import NodeRemoval, node_removals, verdict_line
from tests.machines import cpu, mem, srat
from tests.plan.support import plan

TABLE = srat(cpu(0, 0), cpu(1, 1), mem(0, 0, 5 * GIB), mem(1, 5 * GIB, 6 * GIB, hot=True))


def test_hot_memory_under_movable_node_can_go() -> None:
    """The node with the kernel image cannot."""
    removals = node_removals(plan(TABLE, "nokaslr movable_node"))
    assert [(one.nid, one.answer, one.reason.short) for one in removals] == [
        (0, "no", "kernel image"),
        (1, "yes", "ZONE_MOVABLE"),
    ]
    assert verdict_line(removals) == "removable: node 1 (1G); not removable: node 0 (kernel image)"


def test_kernel_zones_are_no_promise() -> None:
    """One block with boot data is enough for no."""
    maybe = NodeRemoval(2, 1, "maybe", RemovalReason(RemovalBecause.KERNEL_ZONES, ("Normal",)))
    assert verdict_line([maybe]) == "not promised: node 2 (memory in Normal)"
    (_, second) = node_removals(plan(TABLE))
    assert second.answer == "no"
    assert "NODE_DATA of node 1" in second.why


def _stuck(nid: int, stays: OfflineReason) -> NodeRemoval:
    reason = RemovalReason(RemovalBecause.BLOCK, block=9 + nid, stays=stays)
    return NodeRemoval(nid, 1, "no", reason)


def test_many_reasons_are_counted() -> None:
    """Three are spelled out."""
    some = [
        _stuck(nid, OfflineReason(OfflineBecause.HOLE, place=Span(nid << 20, (nid + 1) << 20)))
        for nid in range(5)
    ]
    assert verdict_line(some).endswith(
        "node 2 (block 11: 0x200000-0x2fffff of it is not RAM) and 2 more"
    )


def test_equal_reasons_are_given_once() -> None:
    """Numbers of blocks and of the node itself make no difference; one node keeps its own."""
    some = [
        _stuck(nid, holding(OfflineBecause.HOLDS, [Content("NODE_DATA", nid)])) for nid in (1, 2)
    ]
    assert verdict_line(some) == (
        "not removable: nodes 1-2 (a block of each: it holds NODE_DATA of the node)"
    )
    assert verdict_line(some[:1]) == (
        "not removable: node 1 (block 10: it holds NODE_DATA of node 1)"
    )
    other = NodeRemoval(3, 1, "no", RemovalReason(RemovalBecause.KERNEL_IMAGE))
    assert verdict_line([*some, other], reasons=1).endswith(" and 1 more")


def test_without_reasons_nodes_are_named() -> None:
    """For a place that is too narrow for any reason."""
    removals = [
        NodeRemoval(0, GIB, "no", RemovalReason(RemovalBecause.KERNEL_IMAGE)),
        NodeRemoval(1, GIB, "no", RemovalReason(RemovalBecause.BLOCK, block=3)),
        NodeRemoval(2, GIB, "yes", RemovalReason(RemovalBecause.MOVABLE)),
    ]
    assert verdict_line(removals, 0) == "removable: node 2 (1G); not removable: nodes 0-1"
