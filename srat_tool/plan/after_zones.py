"""Plan the time from the zones to user space: fallback lists, HMAT numbers, memory tiers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import partial

from srat_tool.kernel.access import AccessClass, Coordinate
from srat_tool.kernel.events import WindowNode
from srat_tool.kernel.history_late import late_rules_for
from srat_tool.kernel.hmat import HmatInputs, HmatResult, hmat_init
from srat_tool.kernel.hmat_locality import NumberSource
from srat_tool.kernel.hmat_targets import MemoryTargets, memory_targets
from srat_tool.kernel.hotplug.late_steps import LateStep
from srat_tool.kernel.late_events import LateEvent
from srat_tool.kernel.late_machine import HmatNodes, LateMachine, RegionNumbers
from srat_tool.kernel.late_rules import LateRules
from srat_tool.kernel.memory_tiers import DramPerformance, MemoryTiers, mt_set_default_dram_perf
from srat_tool.kernel.numa_init import srat_disabled
from srat_tool.kernel.processors import cpu_nodes, early_cpu_nodes
from srat_tool.kernel.profile import NumaDriver
from srat_tool.kernel.zonelists import NodeLoad, NodeSets, build_all_zonelists
from srat_tool.plan.cxl_values import RegionPlan
from srat_tool.plan.inputs import Inputs
from srat_tool.plan.late_values import AfterZones, NodeAccess, NodeCache
from srat_tool.plan.outcome import Outcome
from srat_tool.plan.soft_memory import soft_memory
from srat_tool.plan.windows import windows
from srat_tool.tables.srat import GenericPortAffinity, Srat

_PER_NODE = ("fallback_order", "access", "memory_side_caches")


def after_zones(outcome: Outcome) -> AfterZones:
    """Plan the time from the zones to user space."""
    rules = late_rules_for(outcome.boot.profile, outcome.inputs.release)
    nodes = _node_sets(outcome)
    hmat = _hmat(outcome, rules, nodes)
    booted = _booted(outcome, rules, nodes, hmat)
    soft = soft_memory(outcome, booted, hmat_used=hmat.dropped is None)
    machine, first = soft.machine, booted.tiers
    return AfterZones(
        fallback_order=booted.fallback,
        why=_why(rules, hmat),
        missing=frozenset(_missing(outcome.inputs)),
        access=tuple(shown_access(machine)),
        caches=_caches(outcome, hmat, machine),
        dram=machine.dram,
        tiers=first if machine is booted else machine.tiers,
        adistances=machine.adistances,
        weights=machine.weights_shown,
        windows=windows(outcome),
        soft_reserved=soft.pieces,
        machine=machine,
        events=(*_events(booted, hmat, first), *soft.events),
        sources=partial(_sources, outcome, hmat),
    )


def first_orders(outcome: Outcome) -> tuple[LateEvent, ...]:
    """Return the fallback orders that a boot prints that dies soon after."""
    rules = late_rules_for(outcome.boot.profile, outcome.inputs.release)
    nodes = _node_sets(outcome)
    return tuple(_booted(outcome, rules, nodes, _hmat(outcome, rules, nodes)).order_events)


def _sources(outcome: Outcome, hmat: HmatResult, nid: int) -> dict[str, NumberSource]:
    """Return the entries of the HMAT that class 1 numbers of a node are from."""
    domains = (pxm for pxm, other in outcome.numa.pxms.nodes.items() if other == nid)
    pxm = next(domains, None)
    if pxm is None:
        return {}
    found = ((number, hmat.source(pxm, number)) for number in Coordinate._fields)
    return {number: source for number, source in found if source is not None}


def _booted(outcome: Outcome, rules: LateRules, nodes: NodeSets, hmat: HmatResult) -> LateMachine:
    """Return the machine when its drivers begin: boot memory alone."""
    distances_from = outcome.numa.info.distances.distances_from
    load = NodeLoad(outcome.boot.profile.max_nodes, distances_from)
    early = early_cpu_nodes(outcome.boot, outcome.numa, outcome.inputs.madt)
    order = build_all_zonelists(
        load,
        nodes._replace(cpus=early),
        memoryless_lists_itself=rules.memoryless_lists_itself,
    )
    domains = outcome.numa.pxms.nodes
    every = rules.memory_tiers.compares_all_nodes
    dram = mt_set_default_dram_perf(
        rules.memory_tiers,
        _compared(hmat, domains, nodes.memory if every else nodes.memory & nodes.cpus),
        hmat_used=hmat.dropped,
    )
    dram = replace(dram, in_64_bits=rules.adistance_in_64_bits)
    return LateMachine(
        rules=rules,
        nodes=nodes,
        online=nodes.memory | nodes.cpus | outcome.numa.info.initiators,
        populated=frozenset((zone.nid, zone.name) for zone in outcome.zones if zone.present),
        hmat=_hmat_nodes(hmat, domains, _named(outcome)),
        dram=dram,
        fallback=order,
        load=load,
    ).booted()


def _compared(
    hmat: HmatResult, domains: Mapping[int, int], dram_nodes: AbstractSet[int]
) -> dict[int, Coordinate | None]:
    """Return the numbers by which DRAM nodes are compared; None for a node that is not a target."""
    known = {domains[pxm]: one for pxm, one in hmat.compared.items() if pxm in domains}
    return {nid: known.get(nid) for nid in sorted(dram_nodes)}


def _named(outcome: Outcome) -> frozenset[int]:
    """Return the nodes of domains that the SRAT names; those of CXL windows are invented."""
    invented = {event.nid for event in outcome.boot.events if isinstance(event, WindowNode)}
    return frozenset(outcome.numa.pxms.nodes.values()) - invented


def after_hotplug(
    late: AfterZones, steps: Iterable[LateStep], regions: Mapping[str, RegionPlan]
) -> AfterZones:
    """Return the same once memory has come and gone.

    Args:
        late: the machine when user space runs.
        steps: what happened to nodes and zones since.
        regions: the CXL regions of devices of kmem.
    """
    machine = late.machine
    if machine is None:
        return late
    machine = machine.silently()
    for step in steps:
        machine = _after(machine, step, regions)[0]
    machine = machine.settled()
    shown = machine.rules.prints_fallback_order
    return replace(
        late,
        fallback_order=machine.fallback if shown else late.fallback_order,
        access=tuple(shown_access(machine)),
        tiers=machine.tiers,
        adistances=machine.adistances,
        weights=machine.weights_shown,
        events=(),
    )


def hotplug_events(
    late: AfterZones, events: Iterable[Iterable[LateStep]], regions: Mapping[str, RegionPlan]
) -> Iterator[list[LateEvent]]:
    """Yield what each event makes the kernel print about fallback lists and tiers.

    Args:
        late: the machine when user space runs.
        events: the steps of each event.
        regions: the CXL regions of devices of kmem.
    """
    machine = late.machine
    for steps in events:
        printed: list[LateEvent] = []
        if machine is not None:
            for step in steps:
                machine, more = _after(machine, step, regions)
                printed += more
        yield printed


def _after(
    machine: LateMachine, step: LateStep, regions: Mapping[str, RegionPlan]
) -> tuple[LateMachine, list[LateEvent]]:
    match step.what:
        case "device":
            return machine.with_device(step.nid, _numbers(regions.get(step.name))), []
        case "no device":
            return machine.without_device(step.nid), []
        case "node":
            return machine.with_node_online(step.nid)
        case "memory":
            return machine.with_memory(step.nid, step.name)
        case "no memory":
            return machine.without_memory(step.nid, step.name)
        case "no node":
            return machine.with_node_offline(step.nid), []


def _numbers(region: RegionPlan | None) -> RegionNumbers | None:
    if region is None or region.nid is None:
        return None
    return RegionNumbers(region.nid, *region.ways)


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


def _node_sets(outcome: Outcome) -> NodeSets:
    memory = {region.nid for region in outcome.boot.memblock.memory if region.nid is not None}
    return NodeSets(
        possible=tuple(sorted(outcome.numa.info.possible)),
        memory=frozenset(memory),
        cpus=cpu_nodes(outcome.boot, outcome.numa, outcome.inputs.madt),
    )


def _hmat(outcome: Outcome, rules: LateRules, nodes: NodeSets) -> HmatResult:
    """Parse the HMAT; the events of the walk over SRAT memory before it are always returned."""
    why = _hmat_is_not_read(outcome, rules)
    if why is not None:
        return HmatResult(dropped=why)
    srat, hmat = outcome.inputs.tables.srat, outcome.inputs.hmat
    targets = memory_targets(srat) if srat is not None else MemoryTargets((), ())
    if not rules.reserves_targets:
        targets = targets._replace(events=())
    if hmat is None or srat is None:
        missing = outcome.inputs.hmat_not_given
        why = "the HMAT was not given" if missing else "there is no HMAT"
        return HmatResult(dropped=why, events=targets.events)
    inputs = HmatInputs(
        targets=targets.domains,
        nodes=outcome.numa.pxms.nodes,
        cpu_nodes=nodes.cpus,
        ports=tuple(_ports(srat)) if rules.cxl.generic_ports else (),
    )
    found = hmat_init(hmat, inputs)
    return replace(found, events=(*targets.events, *found.events))


def _hmat_is_not_read(outcome: Outcome, rules: LateRules) -> str | None:
    boot = outcome.boot
    if not rules.access_classes:
        return "this kernel does not read the HMAT"
    if boot.options.no_hmat:
        return "numa=nohmat"
    numa_is_built_in = boot.profile.numa_driver is not NumaDriver.NONE
    disabled = boot.options.acpi_off or srat_disabled(boot) or not numa_is_built_in
    return "the SRAT is not used" if disabled else None


def _ports(srat: Srat) -> Iterator[tuple[int, bytes]]:
    """Yield the generic ports that Linux reads: enabled, with an ACPI handle."""
    ports = (e for e in srat.entries if isinstance(e, GenericPortAffinity) and e.enabled)
    for port in ports:
        if port.bridge_uid is not None:
            yield port.proximity_domain, port.device_handle


def _hmat_nodes(hmat: HmatResult, domains: Mapping[int, int], named: frozenset[int]) -> HmatNodes:
    """Return the targets as nodes, with nodes as initiators."""
    return HmatNodes(
        classes={
            domains[pxm]: (_of_nodes(local, domains), _of_nodes(cpu, domains))
            for pxm, (local, cpu) in hmat.classes.items()
            if pxm in domains
        },
        hidden=frozenset(domains[pxm] for pxm in hmat.port_domains if pxm in domains),
        named=named,
        ports=hmat.ports,
    )


def _of_nodes(access: AccessClass, domains: Mapping[int, int]) -> AccessClass:
    nids = {domains[pxm] for pxm in access.initiators if pxm in domains}
    return access._replace(initiators=tuple(sorted(nids)))


def shown_access(machine: LateMachine) -> Iterator[NodeAccess]:
    """Yield what sysfs shows: the classes of nodes that have been registered."""
    for nid, classes in sorted(machine.shown.items()):
        for number, one in enumerate(classes):
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


def _events(
    booted: LateMachine, hmat: HmatResult, tiers: MemoryTiers | None
) -> Iterator[LateEvent]:
    yield from booted.order_events
    yield from hmat.events
    if booted.dram.mismatch is not None:
        yield booted.dram.mismatch
    if tiers is not None and booted.rules.prints_demotion:
        yield from tiers.demotion
