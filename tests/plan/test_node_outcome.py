"""What an outcome does to nodes, as values and in words."""

from __future__ import annotations

import pytest

from srat_tool.plan.node_outcome import Called, NodeChange, names


def _nodes(*nids: int) -> frozenset[int]:
    return frozenset(nids)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (NodeChange(), "the kernel nodes are the same: no zone changes"),
        (NodeChange(moves=True), "the kernel nodes are the same: ZONE_MOVABLE begins elsewhere"),
        (
            NodeChange(become=_nodes(1), lose=_nodes(1)),
            "node 1 becomes a kernel node: ZONE_MOVABLE of it disappears",
        ),
        (
            NodeChange(become=_nodes(1, 2), cease=_nodes(0), gain=_nodes(0)),
            (
                "nodes 1 and 2 become kernel nodes and node 0 becomes no kernel node: "
                "node 0 has a ZONE_MOVABLE"
            ),
        ),
    ],
)
def test_sentences(change: NodeChange, words: str) -> None:
    """Kernel nodes come first, then zones."""
    assert change.sentence() == words


def test_nodes_may_be_called_otherwise() -> None:
    """Others keep their numbers."""
    called = Called(_nodes(1), "that node")
    assert names(_nodes(1, 3), called) == "that node and node 3"
    assert names(_nodes(3), called) == "node 3"


def test_changes_are_alike_apart_from_the_nodes() -> None:
    """Each does the same to the node of its condition."""
    one, two = NodeChange(become=_nodes(1, 7)), NodeChange(become=_nodes(2, 7))
    assert one.apart_from(_nodes(1)) == two.apart_from(_nodes(2))
    assert one.apart_from(_nodes(1)) != two.apart_from(_nodes(1))
