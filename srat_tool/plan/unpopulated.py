"""The plan of a machine whose hot-pluggable ranges are used otherwise than was assumed.

Without a memory map those of a real machine are taken to hold RAM, and those of a guest not to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from srat_tool.base.span import Span, union
from srat_tool.base.words import joined, runs
from srat_tool.plan.boot_memory import BootMemory
from srat_tool.plan.inputs import Inputs
from srat_tool.plan.machine import Machine
from srat_tool.plan.memory_map import POPULATED, WINDOWS, assumed_memory
from srat_tool.plan.plan import Alternative, Plan
from srat_tool.tables.memmap import MapEntry, MemoryMap, MemoryType

Planned = Callable[[Machine], Plan]


def with_unpopulated(plan: Plan, inputs: Inputs, planned: Planned) -> Plan:
    """Add the other outcome to a plan that had to guess which hot-pluggable ranges hold RAM.

    Args:
        plan: what comes of the guess.
        inputs: what was planned.
        planned: plans a machine.
    """
    populated = POPULATED in plan.assumptions
    windows = any(
        a.what == POPULATED.what and a.value.startswith(WINDOWS) for a in plan.assumptions
    )
    memory = assumed_memory(inputs) if populated or windows else None
    if memory is None:
        return plan
    other = _emptied(plan, inputs, memory, planned) if populated else None
    if windows:
        other = _filled(plan, inputs, memory, planned)
    return plan if other is None else replace(plan, alternatives=(*plan.alternatives, other))


def _emptied(
    plan: Plan, inputs: Inputs, memory: BootMemory, planned: Planned
) -> Alternative | None:
    if not memory.fixed:
        return None
    other = _with_ram(inputs, memory.fixed, planned)
    changes = "memory can be added there later"
    lost = sorted(_movable(plan) - _movable(other))
    if lost:
        who, have = ("node", "has") if len(lost) == 1 else ("nodes", "have")
        changes += f"; {who} {runs(lost)} {have} no ZONE_MOVABLE at boot"
    return _alternative("the hot-pluggable ranges hold no RAM at boot", changes, other)


def _filled(plan: Plan, inputs: Inputs, memory: BootMemory, planned: Planned) -> Alternative | None:
    other = _with_ram(inputs, union([*memory.ram, *memory.windows]), planned)
    if other.movable_start == plan.movable_start and _kernel(other) == _kernel(plan):
        return None
    gained = sorted(_movable(other) - _movable(plan))
    changes = "it is no memory for later"
    if gained:
        nodes, have = ("node", "has") if len(gained) == 1 else ("nodes", "have")
        changes += f"; {nodes} {joined([str(nid) for nid in gained])} {have} a ZONE_MOVABLE"
    return _alternative("the hot-pluggable ranges hold RAM at boot", changes, other)


def _with_ram(inputs: Inputs, spans: Iterable[Span], planned: Planned) -> Plan:
    entries = tuple(MapEntry(*span, MemoryType.RAM) for span in spans)
    return planned(replace(inputs.machine, memory_map=MemoryMap(entries, what="assumed")))


def _movable(plan: Plan) -> set[int]:
    return {start.nid for start in plan.movable_start}


def _kernel(plan: Plan) -> tuple[int, ...]:
    return tuple(node.nid for node in plan.nodes if node.kernel_node)


def _alternative(condition: str, changes: str, other: Plan) -> Alternative:
    return Alternative(condition, changes, _kernel(other), other.movable_start)
