"""Memory types: the abstract distance of a node, which its first memory fixes.

*Mirrors:* mm/memory-tiers.c `set_node_memory_tier`, `init_node_memory_type` and
`clear_node_memory_type`, 6.1 to 7.2.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from srat_tool.kernel.memory_tiers import MEMTIER_ADISTANCE_DRAM


class MemoryDevType(NamedTuple):
    """`struct memory_dev_type`; those of kmem are apart from the others."""

    adistance: int
    of_kmem: bool


class NodeType(NamedTuple):
    """The type of a node, and how often it was given: without any use it goes."""

    type: MemoryDevType
    uses: int


NodeTypes = Mapping[int, NodeType]
_DRAM = MemoryDevType(MEMTIER_ADISTANCE_DRAM, of_kmem=False)


def set_node_memory_tier(types: NodeTypes, nid: int, adistance: int) -> NodeTypes:
    """Give a node with its first memory a type, unless it has one.

    Args:
        types: the types so far.
        nid: the node.
        adistance: the abstract distance that it would have.
    """
    chosen = _DRAM if nid in types else MemoryDevType(adistance, of_kmem=False)
    return _init(types, nid, chosen)


def init_node_memory_type(types: NodeTypes, nid: int, adistance: int) -> NodeTypes:
    """Let a device of kmem name the type of its node; the first to do so counts."""
    return _init(types, nid, MemoryDevType(adistance, of_kmem=True))


def _init(types: NodeTypes, nid: int, chosen: MemoryDevType) -> NodeTypes:
    now = types.get(nid, NodeType(chosen, 0))
    return {**types, nid: now._replace(uses=now.uses + (now.type == chosen))}


def clear_node_memory_type(types: NodeTypes, nid: int) -> NodeTypes:
    """Let a device of kmem go; the last use takes the type along."""
    now = types.get(nid)
    if now is None:
        return types
    if now.uses > 1:
        return {**types, nid: now._replace(uses=now.uses - 1)}
    return {other: one for other, one in types.items() if other != nid}
