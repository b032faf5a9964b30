"""A machine planned with another option and other marks in its SRAT."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from srat_tool.base.span import Span
from srat_tool.kernel.bootopts import without_movable_options
from srat_tool.plan.inputs import Inputs
from srat_tool.plan.machine import Machine
from srat_tool.plan.pipeline import plan_inputs
from srat_tool.plan.plan import Plan
from srat_tool.plan.read_machine import read_machine
from srat_tool.tables.srat import MemoryAffinity, MemoryFlags


class SratEdit(NamedTuple):
    """A change of one entry of the SRAT: its Hot Pluggable bit set or cleared."""

    offset: int | None
    pxm: int
    span: Span
    hot: bool


class Candidate(NamedTuple):
    """Boot options and changes of the SRAT, and the plan with them."""

    options: tuple[str, ...]
    edits: tuple[SratEdit, ...]
    plan: Plan


def undecided(machine: Machine) -> Inputs:
    """Read a machine without its boot options for movable memory."""
    inputs = read_machine(machine)
    line = " ".join(without_movable_options(inputs.options.params))
    profile = inputs.profile.name if inputs.profile.series is not None else machine.profile
    return read_machine(replace(machine, command_line=line, extra_options=(), profile=profile))


def policy_option(inputs: Inputs) -> str | None:
    """Return the boot option that makes hot-pluggable memory movable; None without one."""
    if inputs.profile.series is not None:
        return "movablecore=acpi"
    return "movable_node" if inputs.profile.knows_movable_node else None


def planned(inputs: Inputs, option: str, edits: tuple[SratEdit, ...]) -> Candidate:
    """Plan a machine with an option and a changed SRAT."""
    machine = replace(inputs.machine, extra_options=(option,))
    changed = read_machine(machine)
    if edits and changed.tables.srat is not None:
        new = {(edit.offset, edit.span, edit.pxm): edit.hot for edit in edits}
        entries = tuple(
            _edited(changed, entry, new) if isinstance(entry, MemoryAffinity) else entry
            for entry in changed.tables.srat.entries
        )
        changed.tables = replace(changed.tables, srat=replace(changed.tables.srat, entries=entries))
    return Candidate((option,), edits, plan_inputs(changed))


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
