"""What is planned for the time after the zones, as values.

Latencies are in ns, bandwidths in MB/s, nodes are Linux's numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from srat_tool.kernel.access import Coordinate
from srat_tool.kernel.hmat import SideCache
from srat_tool.kernel.late_events import FallbackOrder, LateEvent
from srat_tool.kernel.memory_tiers import DramPerformance, MemoryTiers


class NodeAccess(NamedTuple):
    """Access class 0 or 1 of a node; `initiators` are nodes, ascending."""

    nid: int
    access_class: int
    initiators: tuple[int, ...]
    coordinate: Coordinate


class NodeCache(NamedTuple):
    """A memory-side cache of a node."""

    nid: int
    cache: SideCache


class HotNodes(NamedTuple):
    """Which nodes had memory when lists and tiers were last built after the boot.

    Attributes:
        listed: N_MEMORY when the fallback lists were built; None when not since the boot.
        tiered: N_MEMORY when a node joined or left the tiers; None likewise.
        tiers_listed: `listed` at that moment.
        ever: nodes that have or had memory.
        dax: nodes whose memory came from the kmem driver only.
    """

    listed: frozenset[int] | None
    tiered: frozenset[int] | None
    tiers_listed: frozenset[int] | None
    ever: frozenset[int]
    dax: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterZones:
    """What follows once the zones are set up.

    Attributes:
        fallback_order: of each possible node.
        why: why an answer is empty, by its name in JSON.
        missing: tables that the machine has and nobody gave: `HMAT`, `SLIT`.
        access: per node and class, where the HMAT gives anything.
        caches: memory-side caches, by node, in table order.
        dram: whether tiers follow from the HMAT, and why.
        tiers: tiers and demotion targets; None where this kernel has none.
        adistances: abstract distance of each node with memory.
        weights: automatic interleave weight of each node with memory.
        events: what the kernel prints, in its order.
    """

    fallback_order: tuple[FallbackOrder, ...]
    why: Mapping[str, str]
    missing: frozenset[str] = frozenset()
    access: tuple[NodeAccess, ...]
    caches: tuple[NodeCache, ...]
    dram: DramPerformance
    tiers: MemoryTiers | None
    adistances: dict[int, int]
    weights: dict[int, int]
    events: tuple[LateEvent, ...]
