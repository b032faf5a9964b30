"""Plan the time from the zones to user space: fallback lists, HMAT numbers, memory tiers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial

from srat_tool.kernel.access import AccessClass
from srat_tool.kernel.history_late import late_rules_for
from srat_tool.kernel.hmat import HmatInputs, HmatResult, hmat_init
from srat_tool.kernel.late_events import LateEvent
from srat_tool.kernel.late_machine import Classes, LateMachine
from srat_tool.kernel.late_rules import LateRules
from srat_tool.kernel.memory_tiers import (
    MEMTIER_ADISTANCE_DRAM,
    MEMTIER_DEFAULT_DAX_ADISTANCE,
    DramPerformance,
    mt_set_default_dram_perf,
)
from srat_tool.kernel.processors import cpu_nodes
from srat_tool.kernel.zonelists import NodeLoad, NodeSets, build_all_zonelists
from srat_tool.plan.inputs import Inputs
from srat_tool.plan.late_values import AfterZones, HotNodes, NodeAccess, NodeCache
from srat_tool.plan.outcome import Outcome
from srat_tool.plan.soft_memory import soft_memory
from srat_tool.plan.windows import windows
from srat_tool.tables.srat import GenericPortAffinity

_ACPI_HANDLE = 0
_PER_NODE = ("fallback_order", "access", "memory_side_caches")


def after_zones(outcome: Outcome) -> AfterZones:
    """Plan the time from the zones to user space."""
    rules = late_rules_for(outcome.boot.profile, outcome.inputs.release)
    nodes = _node_sets(outcome)
    hmat = _hmat(outcome, rules, nodes)
    booted = _booted(outcome, rules, nodes, hmat)
    soft = soft_memory(outcome, booted, hmat_used=hmat.dropped is None)
    machine = soft.machine
    return AfterZones(
        fallback_order=booted.fallback,
        why=_why(rules, hmat),
        missing=frozenset(_missing(outcome.inputs)),
        access=tuple(shown_access(machine)),
        caches=_caches(outcome, hmat, machine),
        dram=machine.dram,
        tiers=machine.tiers,
        adistances=machine.adistances,
        weights=dict(sorted(machine.weights.items())),
        windows=windows(outcome),
        soft_reserved=soft.pieces,
        machine=machine,
        events=(*_events(booted, hmat), *soft.said),
    )


def _booted(outcome: Outcome, rules: LateRules, nodes: NodeSets, hmat: HmatResult) -> LateMachine:
    """Return the machine when its drivers begin: boot memory alone."""
    load = NodeLoad(outcome.boot.profile.max_nodes, partial(_distance, outcome))
    # No processor is registered with its node when the first lists are built.
    order = build_all_zonelists(
        load,
        nodes._replace(cpus=frozenset()),
        memoryless_lists_itself=rules.memoryless_lists_itself,
    )
    classes = _classes(outcome, hmat)
    dram_nodes = sorted(nodes.memory & nodes.cpus)
    dram = mt_set_default_dram_perf(
        rules.memory_tiers,
        {nid: classes[nid][1].coordinate if nid in classes else None for nid in dram_nodes},
        hmat_used=hmat.dropped,
    )
    at_boot = nodes.memory | nodes.cpus | outcome.numa.info.initiators
    machine = LateMachine(
        rules=rules,
        max_nodes=outcome.boot.profile.max_nodes,
        distance=load.distance,
        nodes=nodes,
        online=at_boot,
        at_boot=at_boot,
        populated=frozenset((zone.nid, zone.name) for zone in outcome.zones if zone.present),
        classes=classes,
        dram=dram,
        types={},
        weights={},
        fallback=order,
        load=load,
    )
    for nid in sorted(nodes.memory):
        machine = machine.with_type(nid, MEMTIER_ADISTANCE_DRAM)
    weights = machine.all_weights() if rules.interleave_weights else {}
    return replace(machine, weights=weights)


def after_hotplug(outcome: Outcome, late: AfterZones, hot: HotNodes) -> AfterZones:
    """Return the same once memory has come and gone: lists and tiers as they were last built.

    Linux: fallback lists are built when a zone gets its first page or loses its last one, tiers
    when a node does, with the load that the lists before had left. Weights of nodes that have left
    still count.
    """
    machine = late.machine
    if machine is None:
        return late
    # What drivers made of soft-reserved memory before the first event stays.
    drivers = machine.nodes.memory - _node_sets(outcome).memory
    tiers, adistances = late.tiers, late.adistances
    if hot.tiered is not None and late.tiers is not None:
        after = _listed(machine, hot.tiers_listed, drivers)
        after = after.of_nodes(hot.tiered | drivers)
        for nid in sorted(after.nodes.memory):
            kmem = nid in hot.dax
            after = after.with_type(
                nid, MEMTIER_DEFAULT_DAX_ADISTANCE if kmem else MEMTIER_ADISTANCE_DRAM
            )
        tiers, adistances = after.tiers, after.adistances
    order = late.fallback_order
    if hot.listed is not None and machine.rules.prints_fallback_order:
        order = _listed(machine, hot.listed, drivers).fallback
    known = machine.of_nodes(machine.nodes.memory | hot.ever)
    return replace(
        late,
        fallback_order=order,
        access=tuple(shown_access(known)),
        tiers=tiers,
        adistances=adistances,
        weights=known.all_weights() if machine.rules.interleave_weights else {},
        events=(),
    )


def _listed(
    machine: LateMachine, listed: frozenset[int] | None, drivers: frozenset[int]
) -> LateMachine:
    """Build the fallback lists for these nodes; for None they are as they were."""
    return machine if listed is None else machine.of_nodes(listed | drivers).with_zonelists()


def nothing_after_zones(why: str) -> AfterZones:
    """Return the answer about a boot that does not get there."""
    return AfterZones(
        fallback_order=(),
        why=dict.fromkeys((*_PER_NODE, "interleave_weights"), why),
        access=(),
        caches=(),
        dram=DramPerformance(algorithm="absent", why=why),
        tiers=None,
        adistances={},
        weights={},
        events=(),
    )


def _why(rules: LateRules, hmat: HmatResult) -> dict[str, str]:
    why = {}
    if not rules.prints_fallback_order:
        why["fallback_order"] = "this kernel does not print it"
    if hmat.dropped is not None:
        why |= dict.fromkeys(("access", "memory_side_caches"), hmat.dropped)
    if not rules.interleave_weights:
        why["interleave_weights"] = "this kernel has no automatic weights"
    return why


def _missing(inputs: Inputs) -> Iterator[str]:
    if inputs.hmat_not_given:
        yield "HMAT"
    if inputs.tables.unread_slit:
        yield "SLIT"


def _distance(outcome: Outcome, origin: int, target: int) -> int:
    return outcome.numa.info.distances.node_distance(origin, target)


def _node_sets(outcome: Outcome) -> NodeSets:
    memory = {region.nid for region in outcome.boot.memblock.memory if region.nid is not None}
    return NodeSets(
        possible=tuple(sorted(outcome.numa.info.possible)),
        memory=frozenset(memory),
        cpus=cpu_nodes(outcome.boot, outcome.numa, outcome.inputs.madt),
    )


def _hmat(outcome: Outcome, rules: LateRules, nodes: NodeSets) -> HmatResult:
    srat, hmat = outcome.inputs.tables.srat, outcome.inputs.hmat
    if not rules.access_classes:
        return HmatResult(dropped="this kernel does not read the HMAT")
    if hmat is None or srat is None:
        missing = outcome.inputs.hmat_not_given
        return HmatResult(dropped="the HMAT was not given" if missing else "there is no HMAT")
    if outcome.numa.used != "srat":
        return HmatResult(dropped="the SRAT is not used")
    if outcome.boot.options.no_hmat:
        return HmatResult(dropped="numa=nohmat")
    memory = [srat.proximity_domain(entry) for entry in srat.memory if entry.enabled]
    ports = [
        entry.proximity_domain
        for entry in srat.entries
        if isinstance(entry, GenericPortAffinity)
        and entry.enabled
        and entry.device_handle_type == _ACPI_HANDLE
    ]
    return hmat_init(
        hmat,
        HmatInputs(
            targets=tuple(dict.fromkeys((*memory, *ports))),
            nodes=outcome.numa.pxms.nodes,
            cpu_nodes=nodes.cpus,
        ),
    )


def _classes(outcome: Outcome, hmat: HmatResult) -> dict[int, Classes]:
    """Return both access classes of every node that is a target, with nodes as initiators."""
    domains = outcome.numa.pxms.nodes
    return {
        domains[pxm]: (_of_nodes(local, domains), _of_nodes(cpu, domains))
        for pxm, (local, cpu) in hmat.classes.items()
        if pxm in domains
    }


def _of_nodes(access: AccessClass, domains: Mapping[int, int]) -> AccessClass:
    nids = {domains[pxm] for pxm in access.initiators if pxm in domains}
    return access._replace(initiators=tuple(sorted(nids)))


def shown_access(machine: LateMachine) -> Iterator[NodeAccess]:
    """Yield what sysfs shows: the classes of nodes that the HMAT has registered."""
    for nid, classes in sorted(machine.classes.items()):
        if nid not in machine.registered:
            continue
        for number, one in enumerate(classes[: machine.rules.access_classes]):
            if one.initiators or any(one.coordinate):
                yield NodeAccess(nid, number, one.initiators, one.coordinate)


def _caches(outcome: Outcome, hmat: HmatResult, machine: LateMachine) -> tuple[NodeCache, ...]:
    domains = outcome.numa.pxms.nodes
    return tuple(
        NodeCache(domains[pxm], cache)
        for pxm, caches in sorted(hmat.caches.items())
        for cache in caches
        if domains.get(pxm) in machine.registered
    )


def _events(booted: LateMachine, hmat: HmatResult) -> Iterator[LateEvent]:
    yield from booted.orders_said
    yield from hmat.events
    if booted.dram.mismatch is not None:
        yield booted.dram.mismatch
    yield from booted.demotion_said
