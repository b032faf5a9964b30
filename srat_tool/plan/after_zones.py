"""Plan the time from the zones to user space: fallback lists, HMAT numbers, memory tiers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from srat_tool.kernel.access import Coordinate
from srat_tool.kernel.history_late import late_rules_for
from srat_tool.kernel.hmat import HmatInputs, HmatResult, hmat_init
from srat_tool.kernel.late_events import FallbackOrder, LateEvent
from srat_tool.kernel.late_rules import LateRules, MemoryTierRule
from srat_tool.kernel.memory_tiers import (
    MEMTIER_ADISTANCE_DRAM,
    MEMTIER_DEFAULT_DAX_ADISTANCE,
    DramPerformance,
    MemoryTiers,
    interleave_weights,
    memory_tiers,
    mt_perf_to_adistance,
    mt_set_default_dram_perf,
)
from srat_tool.kernel.processors import cpu_nodes
from srat_tool.kernel.zonelists import NodeLoad, NodeSets, build_all_zonelists
from srat_tool.plan.inputs import Inputs
from srat_tool.plan.late_values import AfterZones, HotNodes, NodeAccess, NodeCache
from srat_tool.plan.outcome import Outcome
from srat_tool.tables.srat import GenericPortAffinity

_ACPI_HANDLE = 0
_PER_NODE = ("fallback_order", "access", "memory_side_caches")


def after_zones(outcome: Outcome) -> AfterZones:
    """Plan the time from the zones to user space."""
    rules = late_rules_for(outcome.boot.profile, outcome.inputs.release)
    distance = partial(_distance, outcome)
    load = NodeLoad(outcome.boot.profile.max_nodes, distance)
    nodes = _node_sets(outcome)
    order = build_all_zonelists(
        load,
        nodes._replace(cpus=frozenset()),
        memoryless_lists_itself=rules.memoryless_lists_itself,
    )
    shown = order if rules.prints_fallback_order else ()
    hmat = _hmat(outcome, rules, nodes)
    numbers = _class_one(outcome, hmat)
    dram = mt_set_default_dram_perf(
        rules.memory_tiers,
        {nid: numbers.get(nid) for nid in sorted(nodes.memory & nodes.cpus)},
        hmat_used=hmat.dropped,
    )
    adistances = _adistances(rules, nodes, dram, numbers)
    tiers = memory_tiers(adistances, load, nodes) if adistances else None
    return AfterZones(
        fallback_order=shown,
        why=_why(rules, hmat),
        missing=frozenset(_missing(outcome.inputs)),
        access=_access(outcome, rules, hmat, nodes),
        caches=_caches(outcome, hmat, nodes),
        dram=dram,
        tiers=tiers,
        adistances=adistances,
        weights=_weights(rules, nodes, numbers),
        events=tuple(_events(rules, shown, hmat, dram, tiers)),
    )


def after_hotplug(outcome: Outcome, late: AfterZones, hot: HotNodes) -> AfterZones:
    """Return the same once memory has come and gone: lists and tiers as they were last built.

    Linux: fallback lists are built when a zone gets its first page or loses its last one, tiers
    when a node does, with the load that the lists before had left. Weights of nodes that have left
    still count.
    """
    rules = late_rules_for(outcome.boot.profile, outcome.inputs.release)
    booted = _node_sets(outcome)
    hmat = _hmat(outcome, rules, booted)
    numbers = _class_one(outcome, hmat)
    tiers, adistances = late.tiers, late.adistances
    if hot.tiered is not None and late.tiers is not None:
        load = _load_after(outcome, rules, booted, hot.tiers_listed)[0]
        nodes = booted._replace(memory=hot.tiered)
        adistances = _adistances(rules, nodes, late.dram, numbers)
        for nid in hot.dax & adistances.keys():
            if mt_perf_to_adistance(late.dram, numbers.get(nid)) is None:
                adistances[nid] = MEMTIER_DEFAULT_DAX_ADISTANCE
        tiers = memory_tiers(adistances, load, nodes)
    order = late.fallback_order
    if hot.listed is not None and rules.prints_fallback_order:
        order = _load_after(outcome, rules, booted, hot.listed)[1]
    ever = booted._replace(memory=booted.memory | hot.ever)
    return replace(
        late,
        fallback_order=order,
        access=_access(outcome, rules, hmat, ever),
        tiers=tiers,
        adistances=adistances,
        weights=_weights(rules, ever, numbers),
        events=(),
    )


def _load_after(
    outcome: Outcome, rules: LateRules, booted: NodeSets, listed: frozenset[int] | None
) -> tuple[NodeLoad, tuple[FallbackOrder, ...]]:
    """Build the fallback lists for these nodes; for None as the boot did."""
    load = NodeLoad(outcome.boot.profile.max_nodes, partial(_distance, outcome))
    nodes = booted._replace(cpus=frozenset()) if listed is None else booted._replace(memory=listed)
    return load, build_all_zonelists(
        load, nodes, memoryless_lists_itself=rules.memoryless_lists_itself
    )


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
    if outcome.inputs.hmat_not_given:
        outcome.inputs.assume("HMAT", "absent", "the log lists one, but it was not given")
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


def _class_one(outcome: Outcome, hmat: HmatResult) -> dict[int, Coordinate]:
    """Return the class 1 numbers of every node that is a target."""
    domains = outcome.numa.pxms.nodes
    return {
        domains[pxm]: classes[1].coordinate
        for pxm, classes in hmat.classes.items()
        if pxm in domains
    }


def _adistances(
    rules: LateRules, nodes: NodeSets, dram: DramPerformance, numbers: dict[int, Coordinate]
) -> dict[int, int]:
    if rules.memory_tiers is MemoryTierRule.ABSENT:
        return {}
    distances = {}
    for nid in sorted(nodes.memory):
        computed = mt_perf_to_adistance(dram, numbers.get(nid))
        distances[nid] = MEMTIER_ADISTANCE_DRAM if computed is None else computed
    return distances


def _access(
    outcome: Outcome, rules: LateRules, hmat: HmatResult, nodes: NodeSets
) -> tuple[NodeAccess, ...]:
    domains = outcome.numa.pxms.nodes
    online = nodes.memory | nodes.cpus | outcome.numa.info.initiators
    found = []
    for pxm, classes in hmat.classes.items():
        nid = domains.get(pxm)
        if nid is None or nid not in online:
            continue
        for number, one in enumerate(classes[: rules.access_classes]):
            initiators = tuple(sorted({domains[i] for i in one.initiators if i in domains}))
            if initiators or any(one.coordinate):
                found.append(NodeAccess(nid, number, initiators, one.coordinate))
    return tuple(sorted(found))


def _caches(outcome: Outcome, hmat: HmatResult, nodes: NodeSets) -> tuple[NodeCache, ...]:
    domains = outcome.numa.pxms.nodes
    online = nodes.memory | nodes.cpus | outcome.numa.info.initiators
    return tuple(
        NodeCache(domains[pxm], cache)
        for pxm, caches in sorted(hmat.caches.items())
        for cache in caches
        if domains.get(pxm) in online
    )


def _weights(rules: LateRules, nodes: NodeSets, numbers: dict[int, Coordinate]) -> dict[int, int]:
    if not rules.interleave_weights:
        return {}
    bandwidths = {}
    for nid in sorted(nodes.memory):
        coordinate = numbers.get(nid, Coordinate())
        bandwidths[nid] = min(coordinate.read_bandwidth, coordinate.write_bandwidth)
    return interleave_weights(bandwidths)


def _events(
    rules: LateRules,
    order: tuple[FallbackOrder, ...],
    hmat: HmatResult,
    dram: DramPerformance,
    tiers: MemoryTiers | None,
) -> list[LateEvent]:
    events: list[LateEvent] = [*order, *hmat.events]
    if dram.mismatch is not None:
        events.append(dram.mismatch)
    if tiers is not None and rules.prints_demotion:
        events += tiers.demotion
    return events
