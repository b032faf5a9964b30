"""The machine when user space runs, and what added memory changes in it.

*Mirrors:* mm/memory_hotplug.c `online_pages` and `try_online_node`, mm/page_alloc.c
`build_all_zonelists`, mm/memory-tiers.c `memtier_hotplug_callback`, drivers/acpi/numa/hmat.c
`hmat_callback`, mm/mempolicy.c `mempolicy_set_node_perf`, 5.16 to 7.2.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from srat_tool.kernel.access import AccessClass, Coordinate
from srat_tool.kernel.hmat import PortNumbers
from srat_tool.kernel.late_events import FallbackOrder, LateEvent
from srat_tool.kernel.late_rules import LateRules, MemoryTierRule, RegionNumbersRule
from srat_tool.kernel.memory_tiers import (
    MEMTIER_ADISTANCE_DRAM,
    MEMTIER_DEFAULT_DAX_ADISTANCE,
    DramPerformance,
    MemoryTiers,
    interleave_weights,
    memory_tiers,
    mt_perf_to_adistance,
)
from srat_tool.kernel.memory_types import (
    NodeTypes,
    clear_node_memory_type,
    init_node_memory_type,
    set_node_memory_tier,
)
from srat_tool.kernel.zonelists import NodeLoad, NodeSets, build_all_zonelists

Classes = tuple[AccessClass, AccessClass]


class RegionNumbers(NamedTuple):
    """What a CXL region adds to the node that its first address is in; both classes."""

    nid: int
    local: Coordinate
    cpu: Coordinate


@dataclass(frozen=True, slots=True, kw_only=True)
class HmatNodes:
    """What the HMAT declares about nodes.

    Attributes:
        classes: access classes of a node that is a target; initiators are nodes.
        hidden: targets that are never shown, as a generic port is in their domain.
        named: nodes that the SRAT names.
        ports: numbers of generic ports; the first of a _UID counts.
    """

    classes: Mapping[int, Classes]
    hidden: frozenset[int] = frozenset()
    named: frozenset[int] = frozenset()
    ports: tuple[PortNumbers, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LateMachine:
    """Nodes, zones, tiers and numbers at one moment; every change gives another value.

    Attributes:
        rules: what this kernel does.
        nodes: node states, processors included.
        online: nodes that have their pg_data_t.
        populated: zones with pages, as node and name.
        hmat: access classes that the HMAT gives, shown or not.
        dram: whether tiers follow from numbers.
        fallback: the fallback orders now in use.
        load: what building them left.
        types: memory types of nodes.
        registered: targets of the HMAT that have had their turn to be shown.
        shown: access classes in sysfs.
        last_initiators: those of the target that was registered last.
        regions: CXL regions, in the order in which they were made.
        region_seen: nodes that numbers of a region have reached.
        bandwidths: in MB/s, of nodes whose numbers have been set.
        weights: automatic interleave weights, as they were last computed.
        silent: nothing is printed; the fallback orders are built once, by `settled`.
        unbuilt: node states by which they are to be built then; None where they are up to date.
    """

    rules: LateRules
    nodes: NodeSets
    online: frozenset[int]
    populated: frozenset[tuple[int, str]]
    hmat: HmatNodes
    dram: DramPerformance
    fallback: tuple[FallbackOrder, ...]
    load: NodeLoad
    types: NodeTypes = field(default_factory=dict)
    registered: frozenset[int] = frozenset()
    shown: Mapping[int, tuple[AccessClass, ...]] = field(default_factory=dict)
    last_initiators: tuple[int, ...] = ()
    regions: tuple[RegionNumbers, ...] = ()
    region_seen: frozenset[int] = frozenset()
    bandwidths: Mapping[int, int] = field(default_factory=dict)
    weights: Mapping[int, int] = field(default_factory=dict)
    silent: bool = False
    unbuilt: NodeSets | None = None

    @property
    def adistances(self) -> dict[int, int]:
        """Abstract distance of each node with memory; empty where there are no tiers."""
        if self.rules.memory_tiers is MemoryTierRule.ABSENT:
            return {}
        found = ((nid, self.types.get(nid)) for nid in sorted(self.nodes.memory))
        return {n: MEMTIER_ADISTANCE_DRAM if t is None else t.type.adistance for n, t in found}

    @property
    def tiers(self) -> MemoryTiers | None:
        """Tiers and demotion targets; None where this kernel has none."""
        distances = self.adistances
        return memory_tiers(distances, self.load, self.nodes) if distances else None

    @property
    def weights_shown(self) -> dict[int, int]:
        """Weight of each node with memory; empty where this kernel has no automatic ones."""
        if not self.rules.interleave_weights:
            return {}
        return {nid: self.weights.get(nid, 1) for nid in sorted(self.nodes.memory)}

    def booted(self) -> LateMachine:
        """Register the targets that are online, and give boot memory its types."""
        classes = self.hmat.classes
        shown = {n: classes[n] for n in classes if n in self.online and n not in self.hmat.hidden}
        bandwidths = {nid: _bandwidth(one[1].coordinate) for nid, one in shown.items()}
        types: NodeTypes = {}
        for nid in sorted(self.nodes.memory):
            types = set_node_memory_tier(types, nid, self._adistance_by_itself(nid))
        count = self.rules.access_classes
        return replace(
            self,
            types=types,
            registered=frozenset(shown),
            shown={nid: self._linked(one[:count]) for nid, one in shown.items()},
            last_initiators=next((one[1].initiators for one in reversed(shown.values())), ()),
            bandwidths=bandwidths,
            weights=self._weights(bandwidths),
        )

    def _linked(self, classes: tuple[AccessClass, ...]) -> tuple[AccessClass, ...]:
        """Leave out initiators that are not online when the target is shown.

        *Mirrors:* drivers/base/node.c `register_memory_node_under_compute_node`.
        """
        return tuple(
            one._replace(initiators=tuple(nid for nid in one.initiators if nid in self.online))
            for one in classes
        )

    def with_device(self, nid: int, region: RegionNumbers | None = None) -> LateMachine:
        """Let kmem take a device for a node: it fixes the node's memory type.

        Args:
            nid: the node.
            region: the CXL region that the device is made of.
        """
        machine = self if region is None else replace(self, regions=(*self.regions, region))
        distance = machine._adistance(nid, MEMTIER_DEFAULT_DAX_ADISTANCE)
        return replace(machine, types=init_node_memory_type(machine.types, nid, distance))

    def without_device(self, nid: int) -> LateMachine:
        """Let kmem give a device back."""
        return replace(self, types=clear_node_memory_type(self.types, nid))

    def _adistance_by_itself(self, nid: int) -> int:
        """Return the distance of a node whose first memory is not a device of kmem."""
        if self.rules.memory_tiers is not MemoryTierRule.HMAT:
            return MEMTIER_ADISTANCE_DRAM
        return self._adistance(nid, MEMTIER_ADISTANCE_DRAM)

    def _adistance(self, nid: int, default: int) -> int:
        """Return the result of the algorithms: of the HMAT, else of the node's first region."""
        if self.rules.memory_tiers not in (MemoryTierRule.KMEM, MemoryTierRule.HMAT):
            return default
        found = None
        if self.dram.algorithm == "hmat" and nid in self.hmat.classes:
            found = mt_perf_to_adistance(self.dram, self.hmat.classes[nid][1].coordinate)
        if found is None and self.rules.cxl.numbers_give_tiers:
            given = (mt_perf_to_adistance(self.dram, r.cpu) for r in self.regions if r.nid == nid)
            found = next((one for one in given if one is not None), None)
        return default if found is None else found.adistance

    def silently(self) -> LateMachine:
        """Begin changes of which only the outcome counts."""
        return replace(self, silent=True)

    def settled(self) -> LateMachine:
        """End them: every rebuild starts from nothing, so that the last one is enough."""
        if self.unbuilt is None:
            return replace(self, silent=False)
        machine = replace(self, silent=False, unbuilt=None, nodes=self.unbuilt)
        return replace(machine.with_zonelists(), nodes=self.nodes)

    def with_node_online(self, nid: int) -> tuple[LateMachine, list[LateEvent]]:
        """Bring up a node, before it has memory; its fallback order is printed separately."""
        if nid in self.online:
            return self, []
        if self.silent:
            return replace(self, online=self.online | {nid}), []
        load = self.load.anew()
        lists_itself = self.rules.memoryless_lists_itself
        order = load.build_zonelists(nid, self.nodes, lists_itself=lists_itself)
        events: list[LateEvent] = [FallbackOrder(nid, order)] if self._prints_orders else []
        return replace(self, online=self.online | {nid}), events

    def with_node_offline(self, nid: int) -> LateMachine:
        """Take a node down that has no memory block left; sysfs loses its classes."""
        shown = {other: classes for other, classes in self.shown.items() if other != nid}
        return replace(self, online=self.online - {nid}, shown=shown)

    def with_memory(self, nid: int, zone: str) -> tuple[LateMachine, list[LateEvent]]:
        """Set memory of a node online in a zone; the node is brought up first where it is not."""
        machine, events = self.with_node_online(nid)
        first = nid not in machine.nodes.memory
        new_zone = (nid, zone) not in machine.populated
        machine = replace(
            machine,
            nodes=machine.nodes._replace(memory=machine.nodes.memory | {nid}),
            populated=machine.populated | {(nid, zone)},
        )
        if new_zone:
            machine = machine.with_zonelists()
            events += machine.order_events
        if first:
            distance = machine._adistance_by_itself(nid)
            types = set_node_memory_tier(machine.types, nid, distance)
            machine = replace(machine, types=types)._notified(nid)
            events += machine.demotion_events
        return machine, events

    def _notified(self, nid: int) -> LateMachine:
        """Run the notifiers of the HMAT and CXL for a node with its first memory."""
        if self.rules.cxl.numbers is RegionNumbersRule.UPDATE_CLASSES:
            return self._with_target(nid)._with_region_update(nid)
        return self._with_region_classes(nid)._with_target(nid)

    def _with_target(self, nid: int) -> LateMachine:
        """Register a target of the HMAT, once (`hmat_hotplug_target`)."""
        classes = self.hmat.classes.get(nid)
        if classes is None or nid in self.registered or nid in self.hmat.hidden:
            return self
        machine = replace(
            self,
            registered=self.registered | {nid},
            shown={**self.shown, nid: self._linked(classes[: self.rules.access_classes])},
            last_initiators=classes[1].initiators,
        )
        return machine._weighed(nid, classes[1].coordinate)

    def _with_region_classes(self, nid: int) -> LateMachine:
        """Give a node classes without initiators, or change its target."""
        machine = self
        if self.rules.cxl.numbers is RegionNumbersRule.ABSENT:
            return machine
        for region in self.regions:
            if region.nid != nid or not region.local.read_bandwidth:
                continue
            numbers = (region.local, region.cpu)
            if nid not in self.hmat.named:
                classes = (AccessClass((), region.local), AccessClass((), region.cpu))
                machine = replace(machine, shown={**machine.shown, nid: classes})
                machine = machine._weighed(nid, region.cpu)
            elif nid in self.hmat.classes:
                # The bitmap of initiators is the one that the target before has left.
                left = machine.last_initiators
                changed = (AccessClass(left, numbers[0]), AccessClass(left, numbers[1]))
                of_nodes = {**machine.hmat.classes, nid: changed}
                machine = replace(machine, hmat=replace(machine.hmat, classes=of_nodes))
        return machine

    def _with_region_update(self, nid: int) -> LateMachine:
        """Change the classes that a node has; without any only its weight changes."""
        machine = self
        for region in self.regions:
            if region.nid != nid or nid in machine.region_seen:
                continue
            machine = replace(machine, region_seen=machine.region_seen | {nid})
            if not region.local.read_bandwidth:
                continue
            if nid in machine.shown:
                pairs = zip(machine.shown[nid], (region.local, region.cpu), strict=False)
                classes = tuple(one._replace(coordinate=numbers) for one, numbers in pairs)
                machine = replace(machine, shown={**machine.shown, nid: classes})
            machine = machine._weighed(nid, region.cpu)
        return machine

    def without_memory(self, nid: int, zone: str) -> tuple[LateMachine, list[LateEvent]]:
        """Take the last memory of a zone away; with its last zone a node loses its memory."""
        populated = self.populated - {(nid, zone)}
        last = all(other != nid for other, _ in populated)
        gone = self.nodes._replace(memory=self.nodes.memory - {nid}) if last else self.nodes
        early = self.rules.orders_before_memory_mark
        machine = replace(self, populated=populated, nodes=self.nodes if early else gone)
        machine = replace(machine.with_zonelists(), nodes=gone)
        events = machine.order_events
        if last:
            events += machine.demotion_events
        return machine, events

    def with_zonelists(self) -> LateMachine:
        """Build all fallback orders anew."""
        if self.silent:
            return replace(self, unbuilt=self.nodes)
        load = self.load.anew()
        lists_itself = self.rules.memoryless_lists_itself
        order = build_all_zonelists(load, self.nodes, memoryless_lists_itself=lists_itself)
        return replace(self, load=load, fallback=order)

    def _weighed(self, nid: int, numbers: Coordinate) -> LateMachine:
        """Work all weights out again, as new numbers of a node make the kernel do."""
        bandwidths = {**self.bandwidths, nid: _bandwidth(numbers)}
        return replace(self, bandwidths=bandwidths, weights=self._weights(bandwidths))

    def _weights(self, bandwidths: Mapping[int, int]) -> dict[int, int]:
        return interleave_weights({nid: bandwidths.get(nid, 0) for nid in self.nodes.memory})

    @property
    def _prints_orders(self) -> bool:
        return self.rules.prints_fallback_order and not self.silent

    @property
    def order_events(self) -> list[LateEvent]:
        """The orders of all nodes, where this kernel prints them."""
        return list(self.fallback) if self._prints_orders else []

    @property
    def demotion_events(self) -> list[LateEvent]:
        """The demotion targets of all nodes, where this kernel prints them."""
        if self.silent or not self.rules.prints_demotion:
            return []
        tiers = self.tiers
        return [] if tiers is None else list(tiers.demotion)


def _bandwidth(numbers: Coordinate) -> int:
    return min(numbers.read_bandwidth, numbers.write_bandwidth)
