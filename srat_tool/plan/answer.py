"""A finished boot written down as a `Plan`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any

from srat_tool.base.text import shortened
from srat_tool.kernel.bootopts import MOVABLE_OPTIONS, BootOptions
from srat_tool.kernel.memblock import MemblockRegion
from srat_tool.kernel.numa_meminfo import NumaInfo
from srat_tool.kernel.printk import log_lines
from srat_tool.kernel.processors import apic_nodes
from srat_tool.plan.alternatives import Reboot, alternatives
from srat_tool.plan.hardware import other_hardware
from srat_tool.plan.hot_ranges import hot_add_at, hot_adds, hot_ranges
from srat_tool.plan.inputs import Inputs
from srat_tool.plan.later import Later
from srat_tool.plan.log_lines import LogLines
from srat_tool.plan.memory_blocks import memory_blocks
from srat_tool.plan.memory_map import soft_reserved_ranges
from srat_tool.plan.node_local import node_local
from srat_tool.plan.outcome import Outcome
from srat_tool.plan.plan import (
    Alternative,
    Ignored,
    KernelChoice,
    MovableStart,
    NodePlan,
    Plan,
    PlanDistances,
    Region,
    ZonePlan,
)
from srat_tool.plan.prospects import Crash, crash
from srat_tool.plan.reservations import what_is_in

if TYPE_CHECKING:
    from srat_tool.plan.late_values import AfterZones

_POLICY_OPTIONS = {
    "movable_node": ("movable_node",),
    "movablecore=acpi": ("movablecore",),
    "kernelcore=mirror": ("kernelcore",),
    "sizes": ("kernelcore", "movablecore"),
}


def _after_events(
    outcome: Outcome, late: Later[AfterZones], *, dies: bool
) -> tuple[dict[str, Any], Callable[[], Iterable[str]]]:
    """Return the fields of the plan about events, and what writes their lines of the log."""
    given = outcome.inputs.machine.hot_events
    if not given:
        return {}, tuple
    from srat_tool.plan import hot_events as hot  # noqa: PLC0415

    if dies:
        return {"hot_events": hot.no_machine(given)}, tuple
    simulated = hot.simulate(outcome, given, late.value.soft_reserved)
    after = hot.after_events(outcome, simulated, late.value)
    orders = not hot.leave_out_orders(outcome, simulated)
    lines = partial(hot.event_lines, outcome, simulated, late.value, orders=orders)
    return {"hot_events": simulated.answers, "after": after}, lines


def plan_of(outcome: Outcome, reboot: Reboot | None = None) -> Plan:
    """Write everything down, in stable order."""
    boot, dies = outcome.boot, crash(outcome)
    _assume_no_hmat(outcome)
    late = Later(partial(_after_zones, outcome, dies))
    hot, of_events = _after_events(outcome, late, dies=dies is not None)
    if soft_reserved_ranges(outcome.inputs):
        # Before the assumptions: the state in which kmem leaves it is one of them.
        _ = late.value
    # Before the assumptions: where there are too many alternatives, that is one of them.
    others = () if reboot is None else tuple(_alternatives(outcome, reboot, late))
    return Plan(
        **hot,
        kernel=_kernel(outcome),
        numa_used=outcome.numa.used,
        rejected=outcome.numa.rejected,
        crash=None if dies is None else dies.why,
        panic=None if dies is None else dies.panic,
        nodes=tuple(_nodes(outcome)),
        distances=_distances(outcome),
        memory=tuple(_region(region, "") for region in boot.memblock.memory),
        reserved=tuple(
            _region(r, what_is_in(r.span, outcome.labels)) for r in boot.memblock.reserved
        ),
        zones=tuple(_zones(outcome)),
        movable_start=tuple(MovableStart(nid, at) for nid, at in outcome.starts.items()),
        hotpluggable=hot_ranges(outcome),
        node_local=node_local(outcome),
        hot_add=hot_adds(outcome),
        memory_block_bytes=outcome.block_bytes,
        log=LogLines(partial(_log, outcome, late, of_events)),
        blocks=memory_blocks(outcome),
        assumptions=tuple(outcome.inputs.assumptions),
        alternatives=others,
        events=tuple(boot.events),
        late=late,
        late_inputs=tuple(_late_inputs(outcome.inputs)),
        hot_add_at=partial(hot_add_at, outcome),
    )


def _assume_no_hmat(outcome: Outcome) -> None:
    inputs = outcome.inputs
    if not inputs.hmat_not_given:
        return
    from srat_tool.kernel.history_late import late_rules_for  # noqa: PLC0415

    if late_rules_for(outcome.boot.profile, inputs.release).access_classes:
        inputs.assume("HMAT", "absent", "the log lists one, but it was not given")


def _after_zones(outcome: Outcome, dies: Crash | None) -> AfterZones:
    # Little of it is in the text of a plan, and it imports most of the kernel's later code.
    from srat_tool.plan import after_zones as after  # noqa: PLC0415

    if dies is None:
        return after.after_zones(outcome)
    nothing = after.nothing_after_zones("the boot ends before")
    return replace(nothing, events=after.first_orders(outcome)) if dies.has_zonelists else nothing


def _late_inputs(inputs: Inputs) -> Iterator[str]:
    if inputs.hmat is not None:
        yield "HMAT"
    if inputs.cedt is not None and inputs.cedt.windows:
        yield "CEDT"
    if soft_reserved_ranges(inputs):
        yield "soft-reserved memory"


def _alternatives(
    outcome: Outcome, reboot: Reboot, late: Later[AfterZones]
) -> Iterator[Alternative]:
    yield from alternatives(outcome, reboot)
    others = [*other_hardware(outcome)]
    if outcome.inputs.tables.windows:
        from srat_tool.plan.soft_memory import firmware_may_decode  # noqa: PLC0415

        others[:0] = firmware_may_decode(outcome, late.value.soft_reserved)
    starts = tuple(MovableStart(nid, start) for nid, start in outcome.starts.items())
    for other in others:
        # What happens after the zones are set up does not change them.
        yield other._replace(kernel_nodes=tuple(outcome.kernel_nodes), movable_start=starts)


def _log(
    outcome: Outcome, late: Later[AfterZones], of_events: Callable[[], Iterable[str]]
) -> Iterable[str]:
    from srat_tool.kernel.history_late import late_rules_for  # noqa: PLC0415
    from srat_tool.kernel.printk_late import late_log_lines  # noqa: PLC0415

    boot = outcome.boot
    rules = late_rules_for(boot.profile, outcome.inputs.release)
    early = log_lines(boot.events, boot.profile)
    return chain(early, late_log_lines(late.value.events, rules), of_events())


def _region(region: MemblockRegion, what: str) -> Region:
    names = tuple(flag.name for flag in region.flags if flag.name is not None)
    return Region(region.base, region.end, region.nid, names, what)


def _kernel(outcome: Outcome) -> KernelChoice:
    options = outcome.boot.options
    effective = _POLICY_OPTIONS.get(outcome.policy, ())
    used = {p.name: shortened(p.value or "") for p in options.params if p.name in effective}
    if options.numa:
        used["numa"] = ",".join(sorted(options.numa))
    return KernelChoice(
        profile=outcome.boot.profile.name,
        release=outcome.inputs.release,
        architecture=outcome.inputs.arch.name,
        page_bytes=outcome.inputs.arch.page_bytes,
        policy=outcome.policy,
        options=used,
        ignored=tuple(_ignored(outcome, options, effective)),
    )


def _ignored(
    outcome: Outcome, options: BootOptions, effective: tuple[str, ...]
) -> Iterator[Ignored]:
    for unused in options.ignored:
        yield Ignored(*unused)
    dropped = {unused.option for unused in options.ignored}
    for param in options.params:
        if (
            param.name in MOVABLE_OPTIONS
            and param.name not in effective
            and param.text not in dropped
        ):
            why = "it asks for nothing" if outcome.policy == "none" else f"{outcome.policy} decides"
            yield Ignored(param.text, why)


def _nodes(outcome: Outcome) -> Iterator[NodePlan]:
    info = outcome.numa.info
    cpus: dict[int, list[int]] = {}
    if outcome.numa.used == "srat":
        for apic, nid in apic_nodes(outcome.boot, info).items():
            cpus.setdefault(nid, []).append(apic)
    with_memory = {region.nid for region in outcome.boot.memblock.memory}
    domains = {nid: pxm for pxm, nid in reversed(list(outcome.numa.pxms.nodes.items()))}
    for nid in sorted(info.possible):
        yield NodePlan(
            nid=nid,
            pxm=_domain(info, domains, nid) if outcome.numa.used == "srat" else None,
            cpus=tuple(cpus.get(nid, ())),
            ranges=tuple(block.span for block in info.blocks if block.nid == nid),
            memoryless=nid not in with_memory,
            kernel_node=nid in outcome.kernel_nodes,
            kernel_node_because=outcome.kernel_nodes.get(nid, ()),
        )


def _domain(info: NumaInfo, domains: dict[int, int], nid: int) -> int | None:
    physical = info.emulated.get(nid, info.adopted.get(nid, nid))
    return domains.get(physical)


def _distances(outcome: Outcome) -> PlanDistances:
    nids = tuple(sorted(outcome.numa.info.possible))
    return PlanDistances(nids, outcome.numa.info.distances.among(nids))


def _zones(outcome: Outcome) -> Iterator[ZonePlan]:
    size = 1 << outcome.boot.page_shift
    for zone in outcome.zones:
        end = zone.start + zone.spanned
        yield ZonePlan(zone.nid, zone.name, zone.start, end, zone.spanned, zone.present, size)
