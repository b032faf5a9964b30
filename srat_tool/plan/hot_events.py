"""What becomes of the events after the boot, one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from srat_tool.base.errors import SratToolError
from srat_tool.base.span import Span, union
from srat_tool.kernel.history_late import late_rules_for
from srat_tool.kernel.hotplug.answers import EventOutcome
from srat_tool.kernel.hotplug.block_runs import HotRun
from srat_tool.kernel.hotplug.configured import ACPI_MEMORY_LEFT_OUT, acpi_memory_left_out
from srat_tool.kernel.hotplug.events import AddDimm, AddKmem, ChangeState
from srat_tool.kernel.hotplug.late_steps import LateStep
from srat_tool.kernel.hotplug.memory_hotplug import STRUCT_PAGE, can_offline
from srat_tool.kernel.hotplug.simulate import NotWholeBlocksError, apply_event
from srat_tool.kernel.hotplug.state import HotplugState
from srat_tool.kernel.hotplug.valid_zones import valid_zones
from srat_tool.kernel.printk_late import late_log_lines
from srat_tool.kernel.zones import MOVABLE
from srat_tool.plan.after_zones import after_hotplug, hotplug_events
from srat_tool.plan.cxl_values import RegionPlan
from srat_tool.plan.event_values import (
    BlocksAfter,
    EventAnswer,
    GivenEvent,
    MemoryMapCost,
    Removable,
)
from srat_tool.plan.hot_start import boot_devices, start
from srat_tool.plan.late_values import AfterZones, SoftReserved
from srat_tool.plan.outcome import Outcome
from srat_tool.plan.plan import AfterEvents, ZonePlan

_BUILDS = ("memory", "no memory")
_MAX_NUMBERS = 1 << 22
"""Limit: node numbers in the fallback orders of a log."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulated:
    """The machine after all events, what each of them did, and the steps of each."""

    state: HotplugState
    answers: tuple[EventAnswer, ...]
    steps: tuple[tuple[LateStep, ...], ...]


def simulate(
    outcome: Outcome, events: Iterable[GivenEvent], soft: Iterable[SoftReserved] = ()
) -> Simulated:
    """Let events happen on a machine that has booted.

    Args:
        outcome: the boot.
        events: in order.
        soft: soft-reserved memory; what kmem made of it is there before the first event.

    Raises:
        SratToolError: when an event does not fit the memory block size of the machine.
    """
    state = start(outcome)
    for device in boot_devices(soft):
        apply_event(state, device)
    state.late_steps.clear()
    answers: list[EventAnswer] = []
    steps: list[tuple[LateStep, ...]] = []
    events = tuple(events)
    for given in events:
        done = len(state.late_steps)
        answers.append(_answer(state, given))
        steps.append(tuple(state.late_steps[done:]))
    _assume_no_driver(outcome, events)
    if any(answer.lines for answer in answers) and state.virtio_devices:
        why = "virtio-mem devices are the only ones that are counted"
        outcome.inputs.assume("numbers of virtio devices in the log", "from virtio0", why)
    return Simulated(state=state, answers=tuple(answers), steps=tuple(steps))


def _assume_no_driver(outcome: Outcome, events: Iterable[GivenEvent]) -> None:
    """Assume that a distribution's kernel has no driver of ACPI memory devices, if that decides."""
    inputs = outcome.inputs
    config, release = inputs.machine.config, inputs.release
    if acpi_memory_left_out(config, release) and any(
        isinstance(given.event, AddDimm) for given in events
    ):
        left_out = ACPI_MEMORY_LEFT_OUT
        inputs.assume(f"CONFIG_{left_out.option}", "n", left_out.source)


def no_machine(events: Iterable[GivenEvent]) -> tuple[EventAnswer, ...]:
    """Answer events on a machine whose boot ends early."""
    return tuple(
        EventAnswer(
            text=given.text,
            id="" if isinstance(given.event, ChangeState) else given.event.id,
            accepted=False,
            error="ENODEV",
            nid=None,
            why="the boot ends before",
            blocks=(),
            memmap=None,
            present_pages=0,
            managed_pages=0,
            removable="no",
            because="there is nothing to remove",
        )
        for given in events
    )


def after_events(outcome: Outcome, simulated: Simulated, late: AfterZones) -> AfterEvents:
    """Return the machine once all events have happened.

    Args:
        outcome: the boot.
        simulated: the events.
        late: what the boot came to after its zones.
    """
    state = simulated.state
    regions = _regions(outcome, outcome.inputs.machine.hot_events, late)
    names = (*state.kernel_zones, MOVABLE)
    used = [zone for zone in state.zones.values() if zone.spanned]
    return AfterEvents(
        zones=tuple(
            ZonePlan(
                z.nid, z.name, z.start, z.start + z.spanned, z.spanned, z.present, 1 << z.page_shift
            )
            for z in sorted(used, key=lambda z: (z.nid, names.index(z.name)))
        ),
        nodes_online=tuple(sorted(state.nodes_online)),
        mappable=state.mappable,
        late=after_hotplug(late, state.late_steps, {one.id: one for one in regions}),
        regions=regions,
    )


def leave_out_orders(outcome: Outcome, simulated: Simulated) -> bool:
    """Assume a log without fallback orders when events of many nodes would print too many."""
    builds = sum(step.what in _BUILDS for steps in simulated.steps for step in steps)
    nodes = len(outcome.numa.info.possible)
    if builds * nodes * nodes <= _MAX_NUMBERS:
        return False
    why = f"events build {nodes} of them {builds} times"
    outcome.inputs.assume("log", "no fallback orders or demotion targets of events", why)
    return True


def event_lines(
    outcome: Outcome, simulated: Simulated, late: AfterZones, *, orders: bool = True
) -> Iterator[str]:
    """Yield what the kernel prints about the events.

    Args:
        outcome: the boot.
        simulated: the events.
        late: what the boot came to after its zones.
        orders: fallback orders and demotion targets too.
    """
    rules = late_rules_for(outcome.boot.profile, outcome.inputs.release)
    if not orders or not (rules.prints_fallback_order or rules.prints_demotion):
        for answer in simulated.answers:
            yield from answer.lines
        return
    events = outcome.inputs.machine.hot_events
    regions = {one.id: one for one in _regions(outcome, events, late)}
    late_events = hotplug_events(late, simulated.steps, regions)
    for answer, more in zip(simulated.answers, late_events, strict=True):
        yield from answer.lines
        yield from late_log_lines(more, rules)


def _regions(
    outcome: Outcome, events: Iterable[GivenEvent], late: AfterZones
) -> tuple[RegionPlan, ...]:
    """Return the CXL regions that events bring."""
    brought = [one.event for one in events if isinstance(one.event, AddKmem)]
    if late.machine is None or all(event.source == "hmem" for event in brought):
        return ()
    from srat_tool.plan.cxl_regions import CxlRegions  # noqa: PLC0415

    return CxlRegions(outcome, late.machine).of_events(brought)


def _applied(state: HotplugState, given: GivenEvent) -> EventOutcome:
    try:
        return apply_event(state, given.event)
    except NotWholeBlocksError as error:
        raise SratToolError(
            "not whole memory blocks",
            where=given.where,
            got=repr(given.text),
            expected=f"multiples of the memory block size {error.block:#x}",
        ) from error


def _answer(state: HotplugState, given: GivenEvent) -> EventAnswer:
    outcome = _applied(state, given)
    runs = _touched(state, outcome.touched)
    if isinstance(given.event, ChangeState):
        name = ""
        removable, because = _removable(state, name, state.blocks.within(given.event.span))
    else:
        name = given.event.id
        removable, because = _removable(state, name, runs)
    return EventAnswer(
        text=given.text,
        id=name,
        accepted=outcome.accepted,
        error=None if outcome.refusal is None else outcome.refusal.text,
        nid=outcome.nid,
        why=outcome.why,
        blocks=(*_blocks(state, runs), *(_gone(span) for span in outcome.gone)),
        memmap=_memmap(state, outcome),
        present_pages=state.now_present,
        managed_pages=state.now_managed,
        removable=removable,
        because=because,
        lines=outcome.lines,
        unsettled=outcome.unsettled,
    )


def _touched(state: HotplugState, spans: Sequence[Span]) -> list[HotRun]:
    return [run for span in union(spans) for run in state.blocks.within(span)]


def _blocks(state: HotplugState, runs: Iterable[HotRun]) -> Iterator[BlocksAfter]:
    last: BlocksAfter | None = None
    for run in runs:
        for part in valid_zones(state, run):
            zone = run.zone if run.online else None
            made = BlocksAfter(*part.span, "online" if run.online else "offline", zone, part.zones)
            if last is not None and last.end == made.start and last[2:] == made[2:]:
                last = last._replace(end=made.end)
                continue
            if last is not None:
                yield last
            last = made
    if last is not None:
        yield last


def _gone(span: Span) -> BlocksAfter:
    return BlocksAfter(span.start, span.end, "gone", None, ())


def _memmap(state: HotplugState, outcome: EventOutcome) -> MemoryMapCost | None:
    if not outcome.made:
        return None
    size = (outcome.made >> state.boot.page_shift) * STRUCT_PAGE
    own = outcome.memmap_pages > 0
    nid = outcome.nid if own else _kernel_memory_near(state, outcome.nid or 0)
    return MemoryMapCost(size, nid, own)


def _kernel_memory_near(state: HotplugState, nid: int) -> int | None:
    """Return the nearest node with memory of a kernel zone."""
    having = sorted({z.nid for z in state.zones.values() if z.present and z.name != MOVABLE})
    distance = state.numa.info.distances.node_distance
    return min(having, key=lambda other: (other != nid, distance(nid, other)), default=None)


def _removable(state: HotplugState, name: str, runs: Sequence[HotRun]) -> tuple[Removable, str]:
    device = state.devices.get(name)
    mine = state.runs_of(device) if device is not None else list(runs)
    if not mine:
        return "no", "there is nothing to remove"
    if device is None and any(run.device is None for run in mine):
        return "no", "boot memory that no memory device describes can only go offline"
    if device is None and any(run.device not in state.devices for run in mine):
        return "no", "memory without a driver can only go offline"
    answers = [can_offline(state, run) for run in mine if run.online]
    for answer in answers:
        if answer.can is False:
            return "no", answer.why
    for answer in answers:
        if answer.can is None:
            return "while-empty", answer.why
    return "yes", "all its blocks are offline" if not answers else "all of it is in ZONE_MOVABLE"
