"""The question backwards: what makes these nodes hot-removable, and what does that cost.

Nothing here knows a rule of any kernel: each candidate is planned, and the plan is looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from srat_tool.base.errors import BootOptionError
from srat_tool.base.span import Span, intersect, subtract, union
from srat_tool.base.units import format_size
from srat_tool.base.words import address_range, joined, plural
from srat_tool.kernel.bootopts import without_movable_options
from srat_tool.plan.inputs import Inputs
from srat_tool.plan.machine import Machine
from srat_tool.plan.pipeline import plan_inputs
from srat_tool.plan.plan import Plan
from srat_tool.plan.read_machine import read_machine
from srat_tool.plan.remedies import at_risk, remedies
from srat_tool.plan.removability import node_removals
from srat_tool.tables.srat import MemoryAffinity, MemoryFlags

_RATIO_USUAL = 3


class NodeCost(NamedTuple):
    """What a node has left, in bytes.

    Attributes:
        nid: the node.
        kernel: memory that the kernel may use.
        movable: memory of ZONE_MOVABLE.
        remote: kernel data about the node that must be on other nodes.
    """

    nid: int
    kernel: int
    movable: int
    remote: int


class SratEdit(NamedTuple):
    """A change of one entry of the SRAT: its Hot Pluggable bit set or cleared."""

    offset: int | None
    pxm: int
    span: Span
    hot: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """An answer.

    Attributes:
        nodes: the nodes that are to be hot-removable.
        possible: whether they can be.
        options: boot options to give.
        kernel: profile of the kernel that they are for.
        edits: the changes of the SRAT that are needed in addition to the options.
        costs: per node.
        kernel_bytes: memory that the kernel may use, of the whole machine.
        movable_bytes: memory of ZONE_MOVABLE, of the whole machine.
        warnings: reasons against it although it works.
        because: why not; empty when it is possible.
        tried: what was planned on the way, and why it was not enough.
        assumptions: inputs that had to be assumed, as sentences.
        empty: nodes with neither RAM nor a range to which memory may be added, the reason why not.
        remedies: what else makes it possible, or keeps it so: where early data of the kernel is.
    """

    nodes: tuple[int, ...]
    possible: bool
    options: tuple[str, ...]
    kernel: str
    edits: tuple[SratEdit, ...]
    costs: tuple[NodeCost, ...]
    kernel_bytes: int
    movable_bytes: int
    warnings: tuple[str, ...]
    because: tuple[str, ...]
    tried: tuple[str, ...]
    assumptions: tuple[str, ...]
    empty: tuple[int, ...] = ()
    remedies: tuple[str, ...] = ()

    def __repr__(self) -> str:
        nodes = ", ".join(map(str, self.nodes))
        answer = " ".join(self.options) or "no option" if self.possible else "not possible"
        edits = f" and {len(self.edits)} edits of the SRAT" if self.possible and self.edits else ""
        return f"<Advice for nodes {nodes} on kernel {self.kernel}: {answer}{edits}>"


class Candidate(NamedTuple):
    """Boot options and changes of the SRAT, and the plan with them."""

    options: tuple[str, ...]
    edits: tuple[SratEdit, ...]
    plan: Plan


def advise(machine: Machine, nodes: Sequence[int], kernel_memory: int = 0) -> Advice:
    """Find boot options, failing that a change of the SRAT, that make nodes hot-removable.

    Args:
        machine: the machine; its boot options for movable memory are ignored.
        nodes: the nodes, by Linux's number.
        kernel_memory: bytes that the kernel must keep.

    Raises:
        BootOptionError: when the machine has no such node.
    """
    wanted = tuple(sorted(set(nodes)))
    inputs = undecided(machine)
    base = plan_inputs(inputs)
    known = {node.nid for node in base.nodes}
    missing = [nid for nid in wanted if nid not in known]
    if missing:
        raise BootOptionError(
            f"no such {'node' if len(missing) == 1 else 'nodes'}",
            where="--removable",
            got=joined([str(nid) for nid in missing]),
            expected=f"some of {joined([str(nid) for nid in sorted(known)])}",
        )
    empty = tuple(_empty(base, wanted))
    if empty:
        because = tuple(map(_nothing_to_remove, empty))
        return replace(_answer(Candidate((), (), base), wanted, [], because), empty=empty)
    tried: list[str] = []
    last: Candidate | None = None
    for candidate in _candidates(inputs, wanted):
        last = candidate
        reasons = _reasons(candidate.plan, wanted, kernel_memory)
        if not reasons:
            return _answer(candidate, wanted, tried, ())
        tried.append(f"{_name(candidate)}: {reasons[0]}")
    if last is None:
        option = "neither movable_node nor movablecore=acpi"
        because = (f"kernel {inputs.profile.name} knows {option}: another --kernel does",)
        return _answer(Candidate((), (), plan_inputs(inputs)), wanted, tried, because)
    return _answer(last, wanted, tried, tuple(_reasons(last.plan, wanted, kernel_memory)))


def _empty(plan: Plan, wanted: tuple[int, ...]) -> Iterator[int]:
    """Yield the nodes that have neither RAM nor a range to which memory may be added."""
    held = {region.nid for region in plan.memory} | {window.nid for window in plan.hot_add}
    yield from (nid for nid in wanted if nid not in held)


def _nothing_to_remove(nid: int) -> str:
    return f"node {nid} has no memory and the SRAT has no range to add some: nothing to remove"


def undecided(machine: Machine) -> Inputs:
    """Read a machine without its boot options for movable memory."""
    inputs = read_machine(machine)
    line = " ".join(without_movable_options(inputs.options.params))
    profile = inputs.profile.name if inputs.profile.series is not None else machine.profile
    return read_machine(replace(machine, command_line=line, extra_options=(), profile=profile))


def _candidates(inputs: Inputs, wanted: tuple[int, ...]) -> Iterator[Candidate]:
    """Yield ever larger interventions: an option, then marks for the nodes, then only theirs."""
    option = policy_option(inputs)
    if option is None:
        return
    yield planned(inputs, option, ())
    missing = tuple(marks(inputs, wanted, others_off=False))
    if missing:
        yield planned(inputs, option, missing)
    exact = tuple(marks(inputs, wanted, others_off=True))
    if exact != missing:
        yield planned(inputs, option, exact)


def policy_option(inputs: Inputs) -> str | None:
    """Return the boot option that makes hot-pluggable memory movable; None without one."""
    if inputs.profile.series is not None:
        return "movablecore=acpi"
    return "movable_node" if inputs.profile.knows_movable_node else None


def planned(inputs: Inputs, option: str, edits: tuple[SratEdit, ...]) -> Candidate:
    """Plan a machine with an option and a changed SRAT."""
    machine = replace(inputs.machine, extra_options=(option,))
    told = read_machine(machine)
    if edits and told.tables.srat is not None:
        new = {(edit.offset, edit.span, edit.pxm): edit.hot for edit in edits}
        entries = tuple(
            _edited(told, entry, new) if isinstance(entry, MemoryAffinity) else entry
            for entry in told.tables.srat.entries
        )
        told.tables = replace(told.tables, srat=replace(told.tables.srat, entries=entries))
    return Candidate((option,), edits, plan_inputs(told))


def _edited(
    inputs: Inputs, entry: MemoryAffinity, new: dict[tuple[int | None, Span, int], bool]
) -> MemoryAffinity:
    hot = new.get(_key(inputs, entry))
    if hot is None:
        return entry
    flags = entry.flags | MemoryFlags.HOT_PLUGGABLE
    return entry._replace(flags=int(flags if hot else flags ^ MemoryFlags.HOT_PLUGGABLE))


def _key(inputs: Inputs, entry: MemoryAffinity) -> tuple[int | None, Span, int]:
    span = Span(entry.base_address, entry.base_address + entry.range_length)
    return None if inputs.from_log else entry.offset, span, inputs.domain_of(entry)


def marks(inputs: Inputs, wanted: tuple[int, ...], *, others_off: bool) -> Iterator[SratEdit]:
    """Yield the entries whose mark would have to change."""
    domains = {node.pxm for node in plan_inputs(inputs).nodes if node.nid in wanted}
    for entry in inputs.srat_memory:
        if not entry.enabled or not entry.range_length:
            continue
        offset, span, pxm = _key(inputs, entry)
        if pxm in domains and not entry.hot_pluggable:
            yield SratEdit(offset, pxm, span, hot=True)
        elif pxm not in domains and entry.hot_pluggable and others_off:
            yield SratEdit(offset, pxm, span, hot=False)


def _name(candidate: Candidate) -> str:
    name = " ".join(candidate.options)
    if not candidate.edits:
        return name
    return f"{name} and {plural(len(candidate.edits), 'entry', 'entries')} of the SRAT changed"


def _reasons(plan: Plan, wanted: tuple[int, ...], kernel_memory: int) -> list[str]:
    """List why a plan does not meet the request; empty when it does."""
    if plan.crash:
        return [f"this boot would not survive: {plan.crash}"]
    if plan.rejected or plan.numa_used != "srat":
        return [f"Linux does not use the SRAT: {plan.rejected or 'there is none'}"]
    reasons = [why for nid in wanted if (why := why_not(plan, nid)) is not None]
    kernel = sum(bytes_of(plan, node.nid, movable=False) for node in plan.nodes)
    if not reasons and kernel < max(kernel_memory, 1):
        have = format_size(kernel) if kernel else "nothing"
        reasons.append(f"the kernel keeps {have}, {format_size(kernel_memory)} are asked for")
    return reasons


def why_not(plan: Plan, nid: int) -> str | None:
    """Return what keeps a node from being removed, None when nothing does; memory blocks last."""
    node = next(node for node in plan.nodes if node.nid == nid)
    ram = union(Span(r.start, r.end) for r in plan.memory if r.nid == nid)
    if not ram:
        return None
    if node.kernel_node and bytes_of(plan, nid, movable=False):
        return f"node {nid} holds early kernel data: {joined(list(node.kernel_node_because))}"
    hot = [Span(h.start, h.end) for h in plan.hotpluggable if h.nid == nid and h.end > h.start]
    cold = subtract(ram, hot)
    if cold:
        where = joined([address_range(span) for span in cold[:3]])
        return f"node {nid} has memory that the SRAT does not call hot-pluggable: {where}"
    movable = [zone.span for zone in plan.zones if zone.nid == nid and zone.name == "Movable"]
    outside = subtract(ram, movable)
    if outside:
        size = format_size(sum(span.size for span in outside))
        return f"{size} of node {nid} do not become movable, from {outside[0].start:#x} on"
    leaked = intersect(ram, [Span(r.start, r.end) for r in plan.leaked])
    if leaked:
        size = format_size(sum(span.size for span in leaked))
        return f"{size} of node {nid} stay reserved for ever: the series' own loop misses them"
    removal = next((one for one in node_removals(plan) if one.nid == nid), None)
    return removal.why if removal is not None and removal.answer == "no" else None


def bytes_of(plan: Plan, nid: int, *, movable: bool) -> int:
    """Return the memory of a node in ZONE_MOVABLE, or in the other zones, in bytes."""
    return sum(
        zone.present_bytes
        for zone in plan.zones
        if zone.nid == nid and (zone.name == "Movable") is movable
    )


def _answer(
    candidate: Candidate, wanted: tuple[int, ...], tried: list[str], because: tuple[str, ...]
) -> Advice:
    plan = candidate.plan
    costs = tuple(_costs(plan))
    kernel, movable = sum(cost.kernel for cost in costs), sum(cost.movable for cost in costs)
    return Advice(
        nodes=wanted,
        possible=not because,
        options=candidate.options,
        kernel=plan.kernel.profile,
        edits=candidate.edits,
        costs=costs,
        kernel_bytes=kernel,
        movable_bytes=movable,
        warnings=tuple(_warnings(plan, wanted, kernel, movable)) if not because else (),
        because=because,
        tried=tuple(tried),
        assumptions=plan.assumed_sentences,
        remedies=tuple(remedies(plan, wanted)),
    )


def _costs(plan: Plan) -> Iterator[NodeCost]:
    for node in plan.nodes:
        kernel = bytes_of(plan, node.nid, movable=False)
        movable = bytes_of(plan, node.nid, movable=True)
        yield NodeCost(node.nid, kernel, movable, _remote(plan, node.nid, kernel))


def _remote(plan: Plan, nid: int, kernel: int) -> int:
    """Return data about a node that is elsewhere; where that is open, it needs kernel memory."""
    ram = [Span(r.start, r.end) for r in plan.memory if r.nid == nid]
    remote = 0
    for row in plan.node_local:
        if row.nid == nid and row.start is not None and row.end is not None:
            remote += 0 if intersect([Span(row.start, row.end)], ram) else row.bytes
        elif row.nid == nid and not kernel:
            remote += row.bytes
    return remote


def _warnings(plan: Plan, wanted: tuple[int, ...], kernel: int, movable: int) -> Iterator[str]:
    if movable > _RATIO_USUAL * kernel:
        tenths = movable * 10 // max(kernel, 1)
        yield (
            f"movable to kernel memory is {tenths // 10}.{tenths % 10}:1; more than "
            f"{_RATIO_USUAL}:1 may leave the kernel without memory while movable memory is free"
        )
    others = [
        n.nid for n in plan.nodes if n.nid not in wanted and bytes_of(plan, n.nid, movable=True)
    ]
    if others:
        who = "node" if len(others) == 1 else "nodes"
        yield f"memory of {who} {joined([str(nid) for nid in others])} becomes movable as well"
    empty = [nid for nid in wanted if not any(region.nid == nid for region in plan.memory)]
    if empty:
        who, has = ("node", "has") if len(empty) == 1 else ("nodes", "have")
        yield (
            f"{who} {joined([str(nid) for nid in empty])} {has} no "
            "memory yet: whether what is added can be removed again is decided when it is brought "
            "online"
        )
    for nid in wanted:
        yield from at_risk(plan, nid)
