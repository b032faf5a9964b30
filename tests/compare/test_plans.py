"""What differs between two plans."""

from __future__ import annotations

from dataclasses import replace

from srat_tool.base.span import Span
from srat_tool.base.units import GIB
from srat_tool.compare.plans import compare_plans
from srat_tool.plan.plan import Plan
from tests.render.samples import Node, plan_of, two_sockets

FIXED = Node(Span(4 * GIB, 8 * GIB), kernel=True)


def _texts(before: Plan, after: Plan) -> list[str]:
    return [effect.text for effect in compare_plans(before, after)]


def test_a_plan_is_like_itself() -> None:
    """No effect."""
    assert _texts(two_sockets(), two_sockets()) == []


def test_memory_that_becomes_movable() -> None:
    """Zone sizes, where Movable begins, and the verdict."""
    before = plan_of(FIXED, Node(Span(8 * GIB, 12 * GIB)))
    after = plan_of(FIXED, Node(Span(8 * GIB, 12 * GIB), movable=9 * GIB, hot=True))
    assert _texts(before, after) == [
        "node 1: Normal was 4G, is 1G",
        "node 1: Movable was 0B, is 3G",
        "node 1: the start of ZONE_MOVABLE was nowhere, is 0x240000000",
        "hot-pluggable 0x200000000-0x2ffffffff was absent, is movable",
    ]


def test_nodes_come_and_go() -> None:
    """Counted, then named."""
    texts = _texts(plan_of(FIXED, Node(Span(8 * GIB, 12 * GIB))), plan_of(FIXED))
    assert texts == [
        "the machine was 2 nodes, is 1 node",
        "node 1: the node was there with 4G, is absent",
    ]


def test_rejection_and_crash_come_first() -> None:
    """Before anything about nodes."""
    plan = plan_of(FIXED)
    bad = replace(plan, crash="RAM without a node", rejected="no memory")
    assert _texts(plan, bad) == [
        "the boot was survivable, is RAM without a node",
        "the SRAT was accepted, is no memory",
    ]


def test_domains_kernel_nodes_and_distances() -> None:
    """Everything that a plan contains about a node."""
    plan = plan_of(FIXED, Node(Span(8 * GIB, 12 * GIB)))
    node = plan.nodes[1]._replace(pxm=5, kernel_node=True, cpus=())
    far = plan.distances._replace(matrix=((10, 30), (20, 10)))
    changed = replace(plan, nodes=(plan.nodes[0], node), distances=far)
    assert _texts(plan, changed) == [
        "node 1: its domain was 1, is 5",
        "node 1: its number of processors was 4, is 0",
        "node 1: it was no kernel node, is a kernel node",
        "node 0: the distance to node 1 was 20, is 30",
    ]
