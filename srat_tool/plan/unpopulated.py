"""The plan of a real machine whose hot-pluggable ranges hold no RAM yet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from srat_tool.plan.inputs import Inputs
from srat_tool.plan.machine import Machine
from srat_tool.plan.memory_map import POPULATED, assumed_memory
from srat_tool.plan.plan import Alternative, Plan
from srat_tool.tables.memmap import MapEntry, MemoryMap, MemoryType


def with_unpopulated(plan: Plan, inputs: Inputs, planned: Callable[[Machine], Plan]) -> Plan:
    """Add the other outcome to a plan that took hot-pluggable ranges for populated.

    Args:
        plan: what comes of it with RAM in them.
        inputs: what was planned.
        planned: plans a machine.
    """
    memory = assumed_memory(inputs) if POPULATED in plan.assumptions else None
    if memory is None or not memory.fixed:
        return plan
    entries = tuple(MapEntry(*span, MemoryType.RAM) for span in memory.fixed)
    other = planned(replace(inputs.machine, memory_map=MemoryMap(entries, what="assumed")))
    return replace(plan, alternatives=(*plan.alternatives, _alternative(plan, other)))


def _alternative(plan: Plan, other: Plan) -> Alternative:
    before, after = ({start.nid for start in one.movable_start} for one in (plan, other))
    lost = sorted(before - after)
    changes = "memory can be added there later"
    if lost:
        nodes = "node" if len(lost) == 1 else "nodes"
        changes += f"; {nodes} {', '.join(map(str, lost))} has no ZONE_MOVABLE at boot"
    return Alternative(
        "the hot-pluggable ranges hold no RAM at boot",
        changes,
        kernel_nodes=tuple(node.nid for node in other.nodes if node.kernel_node),
        movable_start=other.movable_start,
    )
