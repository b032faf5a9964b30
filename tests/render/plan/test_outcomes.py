"""Alternatives that differ only in their nodes are one sentence."""

from __future__ import annotations

from collections.abc import Iterable

from srat_tool.plan.node_outcome import NodeChange, NodeOutcome, names
from srat_tool.plan.plan import Alternative
from srat_tool.render.plan.outcomes import outcome_sentences

WHO = "it is on"


def _on(nids: set[int], become: Iterable[int] = (), lose: Iterable[int] = ()) -> Alternative:
    there = frozenset(nids)
    what = NodeChange(become=frozenset(become), lose=frozenset(lose))
    return Alternative(
        f"{WHO} {names(there)}", what.sentence(), of_nodes=NodeOutcome(WHO, there, what)
    )


def _sentences(*alternatives: Alternative) -> list[str]:
    return [str(one) for one in outcome_sentences(alternatives)]


def test_one_node_each() -> None:
    """The nodes become a list, and what follows is about each of them."""
    assert _sentences(*(_on({n}, become={n}) for n in (1, 2, 4))) == [
        "it is on one of nodes 1-2,4: that node becomes a kernel node: no zone changes"
    ]


def test_several_nodes_each() -> None:
    """The first pairs are named, the others counted."""
    (sentence,) = _sentences(*(_on({n, n + 1}, lose={n, n + 1}) for n in range(4)))
    condition, _, changes = sentence.partition(": ")
    assert condition == "it is on several of nodes 0-4 at once (0 and 1, 1 and 2, 2 more)"
    assert changes == ("the kernel nodes are the same: ZONE_MOVABLE of those nodes disappears")


def test_a_node_that_is_there_in_any_case_is_named() -> None:
    """Only the nodes of the condition differ."""
    assert _sentences(*(_on({n}, become={n, 7}) for n in (1, 2))) == [
        "it is on one of nodes 1-2: that node and node 7 become kernel nodes: no zone changes"
    ]


def test_different_consequences_stay_apart() -> None:
    """As do outcomes whose condition is about no node, though their words are alike."""
    given = [
        _on({1}, become={1}),
        _on({2}, lose={3}),
        _on({4, 5}, become={4, 5}),
        Alternative("it is on node 6", "node 6 becomes a kernel node: no zone changes"),
        Alternative("it is on node 7", "node 7 becomes a kernel node: no zone changes"),
    ]
    assert _sentences(*given) == [f"{one.condition}: {one.changes}" for one in given]
