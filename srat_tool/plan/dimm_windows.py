"""The question of firmware: where must the SRAT have room for planned DIMMs, and how much.

Places are computed from what is in use. Whether they work is not decided by a rule of this module:
the machine is planned again with the changed SRAT, and every DIMM is plugged into it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import NamedTuple

from srat_tool.base.span import Span, subtract, union
from srat_tool.base.units import LOW_END, U64, align_down, align_up, format_size
from srat_tool.base.words import plural
from srat_tool.kernel.hotplug.events import AddDimm
from srat_tool.kernel.hotplug.mhp_range import MappableRange
from srat_tool.kernel.memory_hotplug import MAX_BLOCK
from srat_tool.kernel.profile import BlockSizeRule
from srat_tool.plan.dimm_text import DimmError, PlannedDimms
from srat_tool.plan.event_values import EventAnswer, GivenEvent
from srat_tool.plan.inputs import Inputs
from srat_tool.plan.machine import Machine
from srat_tool.plan.memory_map import kernel_map
from srat_tool.plan.pipeline import plan_inputs
from srat_tool.plan.plan import Plan
from srat_tool.plan.read_machine import read_machine
from srat_tool.tables.srat import MemoryAffinity, MemoryFlags

_ENTRY_BYTES = 40
_MARKS = int(MemoryFlags.ENABLED | MemoryFlags.HOT_PLUGGABLE)
_ID = "planned-{}"


class DimmPlace(NamedTuple):
    """Where one DIMM can be, and what Linux does with it.

    Attributes:
        span: bytes, half open.
        zone: its zones once it is online by itself; empty while it stays offline.
    """

    span: Span
    zone: str


class DimmWindow(NamedTuple):
    """A range of the SRAT for DIMMs of one domain.

    Attributes:
        pxm: the domain; nid: the node that its DIMMs join.
        span: bytes, half open; of a range that is there, the whole of it.
        there: the SRAT has it.
        places: the DIMMs, ascending.
        memmap_bytes: what the memory map of all of them takes; memmap_nid: from which node, None
            where that is not one.
    """

    pxm: int
    nid: int | None
    span: Span
    there: bool
    places: tuple[DimmPlace, ...]
    memmap_bytes: int
    memmap_nid: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DimmWindows:
    """An answer.

    Attributes:
        possible: whether Linux takes every DIMM.
        kernel: profile of the kernel that was planned.
        block_bytes: its memory block size on this machine; unit_bytes: what places are multiples
            of.
        windows: by domain, ranges that are there first.
        rules: where places come from, as sentences.
        because: why not; empty when it is possible.
        warnings: reasons against it although it works.
        assumptions: inputs that had to be assumed, as sentences.
    """

    possible: bool
    kernel: str
    block_bytes: int
    unit_bytes: int
    windows: tuple[DimmWindow, ...] = ()
    rules: tuple[str, ...] = ()
    because: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"<DimmWindows: {plural(len(self.windows), 'range')}, possible {self.possible}>"


@dataclass(slots=True, kw_only=True)
class _Filling:
    """A range while it fills up: from `at` on, in a part that is free."""

    pxm: int
    span: Span
    there: bool
    dimms: list[Span] = field(default_factory=list)


def dimm_windows(machine: Machine, dimms: Sequence[PlannedDimms]) -> DimmWindows:
    """Find ranges for DIMMs.

    Args:
        machine: the machine, without them.
        dimms: the DIMMs.

    Raises:
        DimmError: when one has no domain, on a machine with several.
    """
    inputs = read_machine(machine)
    plan = plan_inputs(inputs)
    blocks = plan.memory_block_bytes
    unit = blocks if inputs.profile.block_size is BlockSizeRule.SECTION else MAX_BLOCK
    answer = DimmWindows(
        possible=False,
        kernel=plan.kernel.profile,
        block_bytes=blocks,
        unit_bytes=unit,
        assumptions=plan.assumed_sentences,
    )
    because = _unusable(plan)
    if because:
        return replace(answer, because=(because,))
    wanted = _by_domain(inputs, dimms)
    floor = _floor(inputs, plan)
    rooms = [room for pxm, sizes in wanted for room in _existing(inputs, plan, pxm, sizes, unit)]
    at = align_up(floor, unit)
    for pxm, sizes in wanted:
        if sizes:
            places = list(_stacked(at, sizes, unit))
            span = Span(at, align_up(places[-1].end, unit))
            rooms.append(_Filling(pxm=pxm, span=span, there=False, dimms=places))
            at = span.end
    rooms.sort(key=lambda room: (room.pxm, not room.there, room.span))
    planned = _plugged(inputs, rooms)
    answers, after = planned.hot_events, planned.after
    if after is None:
        because = _unusable(planned)
        return replace(answer, possible=because is None, because=(because,) if because else ())
    failures = tuple(_failures(rooms, answers, after.mappable))
    return replace(
        answer,
        possible=not failures,
        windows=tuple(_windows(rooms, answers)),
        rules=tuple(
            _rules(answer, floor, after.mappable, new=not all(room.there for room in rooms))
        ),
        because=failures,
        warnings=() if failures else tuple(_warnings(dimms, blocks, unit)),
    )


def _unusable(plan: Plan) -> str | None:
    if plan.crash:
        return f"this boot would not survive: {plan.crash}"
    if plan.rejected or plan.numa_used != "srat":
        reason = plan.rejected or "there is none"
        return f"Linux does not use the SRAT ({reason}): memory joins node 0 wherever it appears"
    return None


def _by_domain(inputs: Inputs, dimms: Iterable[PlannedDimms]) -> list[tuple[int, list[int]]]:
    """Return the sizes that each domain needs, largest first."""
    domains = {inputs.domain_of(entry) for entry in inputs.srat_memory if entry.enabled}
    sizes: dict[int, list[int]] = {}
    for one in dimms:
        if one.pxm is None and len(domains) != 1:
            named = " or ".join(f"pxm={pxm}" for pxm in sorted(domains)[:4])
            raise DimmError("a DIMM of which domain", where="--dimm", expected=named or "pxm=N")
        pxm = min(domains) if one.pxm is None else one.pxm
        sizes.setdefault(pxm, []).extend([one.size] * one.times)
    return [(pxm, sorted(found, reverse=True)) for pxm, found in sorted(sizes.items())]


def _entries(inputs: Inputs) -> Iterator[tuple[MemoryAffinity, Span]]:
    """Yield the enabled entries of the SRAT whose range does not wrap."""
    for entry in inputs.srat_memory:
        end = entry.base_address + entry.range_length
        if entry.enabled and entry.range_length and end <= U64:
            yield entry, Span(entry.base_address, end)


def _floor(inputs: Inputs, plan: Plan) -> int:
    """Return the address above everything that these inputs show."""
    return max(
        LOW_END,
        *(region.end for region in plan.memory),
        *(entry.span.end for entry in kernel_map(inputs).entries if entry.span.end <= U64),
        *(span.end for _, span in _entries(inputs)),
        *(span.end for span in inputs.tables.windows),
    )


def _existing(
    inputs: Inputs, plan: Plan, pxm: int, sizes: list[int], unit: int
) -> Iterator[_Filling]:
    """Put what fits into hot-pluggable ranges of a domain; `sizes` keeps the rest."""
    ram = union(Span(region.start, region.end) for region in plan.memory)
    for entry, span in _entries(inputs):
        if not entry.hot_pluggable or inputs.domain_of(entry) != pxm:
            continue
        room = _Filling(pxm=pxm, span=span, there=True)
        for free in subtract([span], ram) if sizes else ():
            at = align_up(free.start, unit)
            for size in list(sizes):
                if at + size <= free.end:
                    room.dimms.append(Span(at, at + size))
                    at = align_up(at + size, unit)
                    sizes.remove(size)
        if room.dimms:
            yield room


def _stacked(at: int, sizes: Iterable[int], unit: int) -> Iterator[Span]:
    for size in sizes:
        yield Span(at, at + size)
        at = align_up(at + size, unit)


def _plugged(inputs: Inputs, rooms: Sequence[_Filling]) -> Plan:
    """Plan the machine with the new ranges, and plug every DIMM into it."""
    events = []
    for number, (pxm, span) in enumerate((room.pxm, d) for room in rooms for d in room.dimms):
        name = _ID.format(number)
        text = f"dimm:{span.start:#x}+{span.size:#x},pxm={pxm}"
        events.append(GivenEvent(text, AddDimm(name, (span,), pxm)))
    machine = replace(inputs.machine, hot_events=tuple(events))
    if machine.memory_map is None and inputs.log.memory_map is None:
        # Otherwise the new ranges would be assumed to have RAM already.
        machine = replace(machine, memory_map=kernel_map(inputs))
    changed = read_machine(machine)
    srat = changed.tables.srat
    if srat is not None:
        added = (_entry(room) for room in rooms if not room.there)
        changed.tables = replace(
            changed.tables, srat=replace(srat, entries=(*srat.entries, *added))
        )
    return plan_inputs(changed)


def _entry(room: _Filling) -> MemoryAffinity:
    start, size = room.span.start, room.span.size
    return MemoryAffinity(0, 1, _ENTRY_BYTES, room.pxm, 0, start, size, 0, _MARKS, 0)


def _windows(rooms: Iterable[_Filling], answers: Iterable[EventAnswer]) -> Iterator[DimmWindow]:
    rest = iter(answers)
    for room in rooms:
        mine = [(span, next(rest)) for span in room.dimms]
        maps = [answer.memmap for _, answer in mine if answer.memmap is not None]
        nodes = {one.nid for one in maps}
        yield DimmWindow(
            pxm=room.pxm,
            nid=mine[0][1].nid,
            span=room.span,
            there=room.there,
            places=tuple(DimmPlace(span, _zones(answer)) for span, answer in mine),
            memmap_bytes=sum(one.bytes for one in maps),
            memmap_nid=nodes.pop() if len(nodes) == 1 else None,
        )


def _zones(answer: EventAnswer) -> str:
    found = (run.zone for run in answer.blocks if run.zone is not None)
    return ", ".join(dict.fromkeys(found))


def _failures(
    rooms: Iterable[_Filling], answers: Sequence[EventAnswer], mappable: MappableRange
) -> Iterator[str]:
    """List the DIMMs that Linux would not accept, equal reasons once."""
    rest = iter(answers)
    for room in rooms:
        mine = [(span, next(rest)) for span in room.dimms]
        errors = [
            (_not_taken(answer), span)
            for span, answer in mine
            if not answer.accepted or not answer.blocks
        ]
        for _, group in groupby(sorted(errors), key=lambda item: item[0].partition("[")[0]):
            spans = list(group)
            count = plural(len(spans), "DIMM")
            yield spans[0][0].replace("{}", f"{count} of domain {room.pxm}", 1)
        if not errors and room.span.end > mappable.surely.end:
            yield f"the range of domain {room.pxm} ends at {room.span.end:#x}: {mappable.known}"


def _not_taken(answer: EventAnswer) -> str:
    """Return the sentence, with {} where the DIMMs are named."""
    if answer.accepted is None:
        return f"whether Linux takes {{}} cannot be known: {answer.why}"
    return f"Linux refuses {{}}: {answer.error or answer.why}"


def _rules(answer: DimmWindows, floor: int, mappable: MappableRange, *, new: bool) -> Iterator[str]:
    block, unit = format_size(answer.block_bytes), format_size(answer.unit_bytes)
    yield f"start and size of a DIMM are whole memory blocks, of {block} on this machine"
    if unit != block:
        yield (
            f"ranges and DIMMs begin at multiples of {unit}: with 64 GiB and more a later boot can "
            "have blocks as large as that"
        )
    if new:
        yield (
            f"new ranges are above {floor:#x}, the end of what the memory map, the SRAT and the "
            "CEDT show; address windows of PCI devices are not in these tables"
        )
        yield (
            "one entry for each domain, Enabled and Hot Pluggable: a node exists only for domains "
            "that the SRAT names at boot; a DIMM of another domain joins a node of the boot"
        )
    yield mappable.known
    yield "the node is that of the _PXM of the memory device, whatever the range declares"


def _warnings(dimms: Iterable[PlannedDimms], block: int, unit: int) -> Iterator[str]:
    odd = sorted({one.size for one in dimms if one.size % unit and one.size % block == 0})
    for size in odd:
        lost = size - align_down(size, unit)
        yield (
            f"a DIMM of {format_size(size)} is not whole blocks of {format_size(unit)}: on a "
            f"machine that has those, {format_size(lost)} of it cannot be added"
        )
