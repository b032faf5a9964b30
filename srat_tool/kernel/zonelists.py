"""In which order a node falls back to the memory of others, and the load that this leaves.

*Mirrors:* mm/page_alloc.c `build_all_zonelists`, `build_zonelists` and `find_next_best_node`,
5.16 to 7.2. Earlier kernels print no such line and add the load differently.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial
from typing import NamedTuple

from srat_tool.kernel.late_events import FallbackOrder

Distance = Callable[[int, int], int]


class NodeSets(NamedTuple):
    """The node states that matter here.

    Attributes:
        possible: N_POSSIBLE, ascending.
        memory: N_MEMORY.
        cpus: N_CPU, as far as processors are already registered with their nodes.
    """

    possible: tuple[int, ...]
    memory: frozenset[int]
    cpus: frozenset[int] = frozenset()


class NodeLoad:
    """`node_load`: how often a node was the first of its distance; it breaks ties.

    Args:
        max_nodes: MAX_NUMNODES, by which a distance outweighs any load.
        distance: `node_distance`.
    """

    def __init__(self, max_nodes: int, distance: Distance) -> None:
        self.max_nodes = max_nodes
        self.distance = distance
        self._load: dict[int, int] = {}

    def by_preference(self, node: int, others: Collection[int], nodes: NodeSets) -> list[int]:
        """Return `others` in the order of repeated `find_next_best_node` calls for `node`.

        No load of a node that is still to be chosen changes while one list is built, so that one
        sort answers all the calls.
        """
        return [other for _, other, _ in self._weighed(node, others, nodes)]

    def _weighed(
        self, node: int, others: Collection[int], nodes: NodeSets
    ) -> list[tuple[int, int, int]]:
        """Return weight, node and distance of each of `others`, in order."""
        load, most = self._load.get, self.max_nodes
        distances = map(partial(self.distance, node), others)
        weighed = [
            ((distance + (other < node)) * most + load(other, 0), other, distance)
            for other, distance in zip(others, distances, strict=True)
        ]
        if nodes.cpus:
            weighed = [
                (weight + most if other in nodes.cpus else weight, other, distance)
                for weight, other, distance in weighed
            ]
        weighed.sort()
        return weighed

    def build_zonelists(self, node: int, nodes: NodeSets, *, lists_itself: bool) -> tuple[int, ...]:
        """Return the fallback order of a node, itself first where it is listed."""
        before = self.distance(node, node)
        order = [node] if lists_itself or node in nodes.memory else []
        for _, other, now in self._weighed(node, nodes.memory - {node}, nodes):
            if now != before:
                self._load[other] = self._load.get(other, 0) + 1
                before = now
            order.append(other)
        return tuple(order)


def build_all_zonelists(
    load: NodeLoad, nodes: NodeSets, *, memoryless_lists_itself: bool
) -> tuple[FallbackOrder, ...]:
    """Return the fallback order of every possible node, ascending.

    Args:
        load: a new one; every rebuild starts at zero.
        nodes: the node states.
        memoryless_lists_itself: a node without memory is in its own list (5.16 to 6.6).
    """
    return tuple(
        FallbackOrder(node, load.build_zonelists(node, nodes, lists_itself=memoryless_lists_itself))
        for node in nodes.possible
    )
