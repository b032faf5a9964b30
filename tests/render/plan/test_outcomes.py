"""Alternatives that differ only in their nodes are one sentence."""

from __future__ import annotations

from srat_tool.plan.plan import Alternative
from srat_tool.render.plan.outcomes import outcome_sentences


def _sentences(*alternatives: tuple[str, str]) -> list[str]:
    made = (Alternative(condition, changes, (), ()) for condition, changes in alternatives)
    return [str(one) for one in outcome_sentences(made)]


def test_one_node_each() -> None:
    """The nodes become a list, and what follows is about each of them."""
    assert _sentences(
        *((f"it is on node {n}", f"node {n} becomes a kernel node") for n in (1, 2, 4))
    ) == ["it is on one of nodes 1-2,4: that node becomes a kernel node"]


def test_several_nodes_each() -> None:
    """The first pairs are named, the others counted."""
    assert _sentences(
        *((f"it is on nodes {n} and {n + 1}", f"nodes {n} and {n + 1} do") for n in range(4))
    ) == ["it is on several of nodes 0-4 at once (0 and 1, 1 and 2, 2 more): those nodes do"]


def test_a_node_that_is_there_in_any_case_is_named() -> None:
    """Only the nodes of the condition differ."""
    assert _sentences(
        *((f"it is on node {n}", f"nodes {n} and 7 become kernel nodes") for n in (1, 2))
    ) == ["it is on one of nodes 1-2: that node and node 7 become kernel nodes"]


def test_different_consequences_stay_apart() -> None:
    """As do sentences about one node, sentences without one, and those with two lists of them."""
    given = [
        ("it is on node 1", "node 1 becomes a kernel node"),
        ("it is on node 2", "ZONE_MOVABLE of node 3 disappears"),
        ("it is large", "node 1 becomes a kernel node"),
        ("from node 1 to node 2", "node 2 grows"),
        ("from node 1 to node 3", "node 3 grows"),
    ]
    assert _sentences(*given) == [f"{condition}: {changes}" for condition, changes in given]
