"""The machine when user space runs, and what added memory changes in it.

*Mirrors:* mm/memory_hotplug.c `online_pages` and `try_online_node`, mm/page_alloc.c
`build_all_zonelists`, mm/memory-tiers.c `memtier_hotplug_callback`, drivers/acpi/numa/hmat.c
`hmat_callback`, mm/mempolicy.c `mempolicy_set_node_perf`, 5.16 to 7.2.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from srat_tool.kernel.access import NOT_GIVEN, AccessClass, Coordinate
from srat_tool.kernel.late_events import FallbackOrder, LateEvent
from srat_tool.kernel.late_rules import LateRules, MemoryTierRule
from srat_tool.kernel.memory_tiers import (
    MEMTIER_ADISTANCE_DRAM,
    DramPerformance,
    MemoryTiers,
    interleave_weights,
    memory_tiers,
    mt_perf_to_adistance,
)
from srat_tool.kernel.zonelists import Distance, NodeLoad, NodeSets, build_all_zonelists

Classes = tuple[AccessClass, AccessClass]


@dataclass(frozen=True, slots=True, kw_only=True)
class LateMachine:
    """Nodes, zones, tiers and numbers at one moment; every change gives another value.

    Attributes:
        rules: what this kernel does.
        max_nodes: MAX_NUMNODES.
        distance: `node_distance`.
        nodes: node states, processors included.
        online: nodes that have their pg_data_t.
        at_boot: those that had it at boot.
        populated: zones with pages, as node and name.
        classes: access classes that the HMAT gives to a node, shown or not; initiators are nodes.
        dram: whether tiers follow from numbers.
        types: abstract distance of a node's memory type, fixed by its first memory.
        weights: automatic interleave weight of each node with memory.
        fallback: the fallback orders now in use.
        load: what building them left.
    """

    rules: LateRules
    max_nodes: int
    distance: Distance
    nodes: NodeSets
    online: frozenset[int]
    at_boot: frozenset[int]
    populated: frozenset[tuple[int, str]]
    classes: Mapping[int, Classes]
    dram: DramPerformance
    types: Mapping[int, int]
    weights: Mapping[int, int]
    fallback: tuple[FallbackOrder, ...]
    load: NodeLoad

    @property
    def adistances(self) -> dict[int, int]:
        """Abstract distance of each node with memory; empty where there are no tiers."""
        if self.rules.memory_tiers is MemoryTierRule.ABSENT:
            return {}
        return {nid: self.types.get(nid, MEMTIER_ADISTANCE_DRAM) for nid in self._memory}

    @property
    def tiers(self) -> MemoryTiers | None:
        """Tiers and demotion targets; None where this kernel has none."""
        distances = self.adistances
        return memory_tiers(distances, self.load, self.nodes) if distances else None

    @property
    def registered(self) -> frozenset[int]:
        """Nodes whose numbers sysfs shows: online at boot, or with memory since."""
        return self.at_boot | self.nodes.memory

    @property
    def _memory(self) -> list[int]:
        return sorted(self.nodes.memory)

    def numbers(self, nid: int) -> Coordinate:
        """Return the class 1 numbers of a node."""
        return self.classes[nid][1].coordinate if nid in self.classes else NOT_GIVEN

    def of_nodes(self, memory: frozenset[int]) -> LateMachine:
        """Return the same with memory on these nodes, and nothing built anew."""
        return replace(self, nodes=self.nodes._replace(memory=memory))

    def with_classes(self, nid: int, classes: Classes) -> LateMachine:
        """Give a node numbers that the HMAT did not, as a CXL region does."""
        return replace(self, classes={**self.classes, nid: classes})._weighed(nid)

    def with_type(self, nid: int, default: int) -> LateMachine:
        """Fix the memory type of a node that has none yet.

        Args:
            nid: the node.
            default: its abstract distance where no numbers give one: that of DRAM or of kmem.
        """
        if nid in self.types:
            return self
        computed = None
        if self.rules.memory_tiers is MemoryTierRule.HMAT:
            computed = mt_perf_to_adistance(self.dram, self.numbers(nid))
        return replace(self, types={**self.types, nid: default if computed is None else computed})

    def with_node_online(self, nid: int) -> tuple[LateMachine, list[LateEvent]]:
        """Bring up a node, before it has memory; an order of its own is printed."""
        if nid in self.online:
            return self, []
        load = NodeLoad(self.max_nodes, self.distance)
        lists_itself = self.rules.memoryless_lists_itself
        order = load.build_zonelists(nid, self.nodes, lists_itself=lists_itself)
        said: list[LateEvent] = [FallbackOrder(nid, order)] if self._prints_orders else []
        return replace(self, online=self.online | {nid}), said

    def with_memory(
        self, nid: int, zone: str, default: int = MEMTIER_ADISTANCE_DRAM
    ) -> tuple[LateMachine, list[LateEvent]]:
        """Set memory of a node online in a zone.

        Args:
            nid: the node, which is brought up first where it is not.
            zone: the zone that gets it.
            default: as in `with_type`.
        """
        machine, said = self.with_node_online(nid)
        first = nid not in machine.nodes.memory
        new_zone = (nid, zone) not in machine.populated
        machine = replace(
            machine,
            nodes=machine.nodes._replace(memory=machine.nodes.memory | {nid}),
            populated=machine.populated | {(nid, zone)},
        )
        if new_zone:
            machine = machine.with_zonelists()
            said += machine.orders_said
        if first:
            machine = machine.with_type(nid, default)._weighed(nid)
            said += machine.demotion_said
        return machine, said

    def without_memory(self, nid: int, zone: str) -> tuple[LateMachine, list[LateEvent]]:
        """Take the last memory of a zone away; with its last zone a node loses its memory."""
        populated = self.populated - {(nid, zone)}
        last = all(other != nid for other, _ in populated)
        gone = self.nodes._replace(memory=self.nodes.memory - {nid}) if last else self.nodes
        early = self.rules.orders_before_memory_mark
        machine = replace(self, populated=populated, nodes=self.nodes if early else gone)
        machine = replace(machine.with_zonelists(), nodes=gone)
        said = machine.orders_said
        if last:
            types = {other: one for other, one in machine.types.items() if other != nid}
            machine = replace(machine, types=types)
            said += machine.demotion_said
        return machine, said

    def with_zonelists(self) -> LateMachine:
        """Build all fallback orders anew."""
        load = NodeLoad(self.max_nodes, self.distance)
        lists_itself = self.rules.memoryless_lists_itself
        order = build_all_zonelists(load, self.nodes, memoryless_lists_itself=lists_itself)
        return replace(self, load=load, fallback=order)

    def _weighed(self, nid: int) -> LateMachine:
        """Work the weights out again, which only a node with numbers makes the kernel do."""
        if not self.rules.interleave_weights:
            return self
        numbers = self.numbers(nid)
        if numbers == NOT_GIVEN or nid not in self.nodes.memory:
            return replace(self, weights={nid: 1, **self.weights})
        return replace(self, weights=self.all_weights())

    def all_weights(self) -> dict[int, int]:
        """Return the weights of all nodes with memory, from their numbers."""
        found = {nid: self.numbers(nid) for nid in self._memory}
        bandwidths = {n: min(c.read_bandwidth, c.write_bandwidth) for n, c in found.items()}
        return interleave_weights(bandwidths)

    @property
    def _prints_orders(self) -> bool:
        return self.rules.prints_fallback_order

    @property
    def orders_said(self) -> list[LateEvent]:
        """The orders of all nodes, where this kernel prints them."""
        return list(self.fallback) if self._prints_orders else []

    @property
    def demotion_said(self) -> list[LateEvent]:
        """The demotion targets of all nodes, where this kernel prints them."""
        tiers = self.tiers
        return list(tiers.demotion) if tiers is not None and self.rules.prints_demotion else []
