"""Fallback orders; those with figures were printed by real kernels."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from srat_tool.kernel.zonelists import NodeLoad, NodeSets, build_all_zonelists
from tests.machines import Distance, rows_of


def flat(a: int, b: int) -> int:
    return 10 if a == b else 20


def orders(nodes: NodeSets, distance: Distance, *, itself: bool = False) -> list[tuple[int, ...]]:
    load = NodeLoad(1024, rows_of(distance))
    return [o.order for o in build_all_zonelists(load, nodes, memoryless_lists_itself=itself)]


def test_load_spreads_equal_nodes() -> None:
    """Nodes of the same distance take turns at the second place."""
    nodes = NodeSets((0, 1, 2, 3), frozenset({0, 1, 2, 3}))
    assert orders(nodes, flat) == [(0, 1, 2, 3), (1, 2, 3, 0), (2, 3, 0, 1), (3, 0, 1, 2)]


def test_a_node_without_memory() -> None:
    """Up to 6.6 it is first in its own order; since then it is not in it."""
    nodes = NodeSets((0, 1, 2, 3), frozenset({0, 1, 3}))
    assert orders(nodes, flat, itself=True)[2] == (2, 3, 0, 1)
    assert orders(nodes, flat)[2] == (3, 0, 1)


def test_processors_repel() -> None:
    """At equal distance a node with processors comes after one without."""
    nodes = NodeSets((0, 1, 2), frozenset({0, 1, 2}), frozenset({1}))
    assert orders(nodes, flat)[0] == (0, 2, 1)


@given(st.integers(1, 8).flatmap(lambda n: st.tuples(
    st.just(n), st.sets(st.integers(0, n - 1)),
    st.lists(st.integers(10, 40), min_size=n * n, max_size=n * n))))  # fmt: skip
def test_every_order_has_every_node_with_memory_once(
    machine: tuple[int, set[int], list[int]],
) -> None:
    """Whatever the distances, no node is lost; the first of the others is a nearest one."""
    count, memory, distances = machine
    nodes = NodeSets(tuple(range(count)), frozenset(memory))

    def distance(a: int, b: int) -> int:
        return distances[a * count + b]

    for nid, order in enumerate(orders(nodes, distance)):
        assert sorted(order) == sorted(memory)
        assert nid not in memory or order[0] == nid
