"""In which order a node falls back to the memory of others, and the load that this leaves.

*Mirrors:* mm/page_alloc.c `build_all_zonelists`, `build_zonelists` and `find_next_best_node`,
5.16 to 7.2. Earlier kernels print no such line and add the load differently.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from itertools import chain, compress
from operator import ne
from typing import NamedTuple

from srat_tool.kernel.late_events import FallbackOrder

DistancesFrom = Callable[[int, Sequence[int]], Sequence[int]]


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
        distances_from: `node_distance` from one node to each of several.
    """

    def __init__(self, max_nodes: int, distances_from: DistancesFrom) -> None:
        self.max_nodes = max_nodes
        self.distances_from = distances_from
        self._load = [0] * max_nodes

    def anew(self) -> NodeLoad:
        """Return the load with which a rebuild starts: none."""
        return NodeLoad(self.max_nodes, self.distances_from)

    def by_preference(self, node: int, others: Collection[int], nodes: NodeSets) -> list[int]:
        """Return `others` in the order of repeated `find_next_best_node` calls for `node`.

        No load of a node that is still to be chosen changes while one list is built, so that one
        sort answers all the calls.
        """
        most, load, others = self.max_nodes, self._load, tuple(others)
        # Weight and node in one number, which is compared faster than a pair.
        keys = [
            ((distance + (other < node)) * most + load[other]) * most + other
            for other, distance in zip(others, self.distances_from(node, others), strict=True)
        ]
        if nodes.cpus:
            more = most * most
            keys = [key + more if key % most in nodes.cpus else key for key in keys]
        keys.sort()
        return [key % most for key in keys]

    def build_zonelists(self, node: int, nodes: NodeSets, *, lists_itself: bool) -> tuple[int, ...]:
        """Return the fallback order of a node, itself first where it is listed."""
        (before,) = self.distances_from(node, (node,))
        itself = (node,) if lists_itself or node in nodes.memory else ()
        order = self.by_preference(node, nodes.memory - {node}, nodes)
        distances = self.distances_from(node, order)
        for first in compress(order, map(ne, distances, chain((before,), distances))):
            self._load[first] += 1
        return (*itself, *order)


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
