"""The sentences that matter."""

from __future__ import annotations

from dataclasses import replace

from srat_tool.base.span import Span
from srat_tool.base.units import GIB
from srat_tool.plan.plan import Alternative, Plan
from srat_tool.render.plan.facts import FactKind, facts, headline, policy_name
from srat_tool.render.plan.pieces import node_pieces
from tests.machines import mem, srat
from tests.plan.support import plan
from tests.render.samples import Node, big, laptop, plan_of, two_sockets


def _said(plan: Plan, kind: FactKind) -> list[str]:
    return [fact.text for fact in facts(plan, node_pieces(plan)) if fact.kind is kind]


def test_headline_is_the_answer() -> None:
    """Nodes, memory, movable share, kernel, policy."""
    plan = two_sockets()
    assert headline(plan, node_pieces(plan)) == (
        "3 nodes, 96G of memory, 63G movable; kernel 6.1 (6.1.0-31-amd64), movable_node"
    )


def test_policy_of_sizes_names_them() -> None:
    """As they are on the command line."""
    options = {"movablecore": "4G", "nokaslr": ""}
    kernel = replace(laptop().kernel, policy="sizes", options=options)
    assert policy_name(kernel) == "movablecore=4G"


def test_bad_news_comes_first() -> None:
    """A crash and a rejected table come before everything else."""
    plan = replace(two_sockets(), crash="RAM without a node", rejected="no CPU in it")
    kinds = [fact.kind for fact in facts(plan, node_pieces(plan))]
    assert kinds[:2] == [FactKind.CRASH, FactKind.REJECTED]


def test_ratio_over_four_to_one_is_warned_about() -> None:
    """Five to one is too much, two to one is not worth a word."""
    fixed = Node(Span(4 * GIB, 8 * GIB))
    much = Node(Span(8 * GIB, 28 * GIB), movable=8 * GIB, hot=True)
    some = Node(Span(8 * GIB, 16 * GIB), movable=8 * GIB, hot=True)
    assert "5.0:1, which is more than" in _said(plan_of(fixed, much), FactKind.WARNING)[0]
    assert _said(plan_of(fixed, some), FactKind.WARNING) == []
    assert "none to live in" in _said(plan_of(much), FactKind.WARNING)[0]


def test_kernel_nodes_have_their_reasons() -> None:
    """At most six of them, then a count, which is never one."""
    plan = laptop()
    node = plan.nodes[0]._replace(kernel_node_because=tuple("abcdefgh"))
    assert _said(replace(plan, nodes=(node,)), FactKind.KERNEL) == [
        "node 0 holds a, b, c, d, e, f and 2 more"
    ]
    # A reservation that holds several things counts as several.
    node = node._replace(kernel_node_because=("a", "b, ACPI table DSDT, ACPI table SRAT, c, d"))
    assert _said(replace(plan, nodes=(node,)), FactKind.KERNEL) == [
        "node 0 holds a, b, ACPI table, c and d"
    ]


def test_nodes_without_kernel_memory_are_named() -> None:
    """Their kernel data is on other nodes."""
    assert _said(big(12), FactKind.NOTE) == [
        "nodes 6-9,11 have only movable memory: their kernel data is on other nodes"
    ]


def test_ignored_assumed_and_alternatives_are_said() -> None:
    """Each with its reason."""
    assert _said(two_sockets(), FactKind.IGNORED) == ["movablecore=8G: movable_node comes first"]
    assert _said(laptop(), FactKind.ASSUMED)[0].startswith("kernel image 16M-56M (no boot log")
    assert _said(two_sockets(), FactKind.IF)[0].startswith("KASLR puts the kernel above 4G: ")


def test_outcomes_that_differ_in_nodes_are_one_line() -> None:
    """KASLR has an outcome for each node that it may choose, and for each two neighbours."""
    nodes = [mem(nid, nid << 28, (nid + 1) << 28) for nid in range(8)]
    high = mem(9, 4 * GIB, 6 * GIB)
    made = plan(srat(*nodes, high), "movable_node", kernel_image=None)
    assert len(made.alternatives) > 9
    said = _said(made, FactKind.IF)
    assert len(said) < 6
    assert any(text.startswith("KASLR puts the kernel on one of nodes 1-") for text in said)


def test_outcomes_are_counted_where_there_are_many() -> None:
    """Eight different ones are written out."""
    some = tuple(Alternative(f"{name} is there", "much", (), ()) for name in "abcdefghijk")
    made = replace(laptop(), alternatives=some)
    assert len(_said(made, FactKind.IF)) == 8
    assert any(text.startswith("3 more outcomes") for text in _said(made, FactKind.NOTE))
