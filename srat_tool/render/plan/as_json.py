"""Plans as JSON: schema `srattool.plan/1`.

Addresses are integers, each with a hexadecimal string next to it, because JavaScript loses integers
above 2^53. Order is stable.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from srat_tool.plan.plan import Alternative, MovableStart, NodePlan, Plan, Region
from srat_tool.render.plan.hot_json import blocks_value, events_value
from srat_tool.render.plan.json_parts import address_value, range_value, zone_value
from srat_tool.render.plan.late_json import late_value

SCHEMA = "srattool.plan/1"


def plan_value(plan: Plan) -> dict[str, Any]:
    """Return the plan as JSON values."""
    document = plan_document(plan)
    return {**document, "log": [*document["log"]]}


def plan_document(plan: Plan) -> dict[str, Any]:
    """Return the same with the lines of the log as an iterator: they can be millions."""
    return {
        "schema": SCHEMA,
        "kernel": _kernel(plan),
        "numa": {
            "used": plan.numa_used,
            "rejected": plan.rejected,
            "nodes": [_node(node) for node in plan.nodes],
        },
        "crash": plan.crash,
        "distances": {
            "nids": list(plan.distances.nids),
            "matrix": [list(row) for row in plan.distances.matrix],
        },
        "memblock": {
            "memory": [_region(region) for region in plan.memory],
            "reserved": [{**_region(region), "what": region.what} for region in plan.reserved],
        },
        "zones": [zone_value(zone) for zone in plan.zones],
        "movable_start": _starts(plan.movable_start),
        "hotpluggable": [_with_range(entry._asdict()) for entry in plan.hotpluggable],
        "node_local": [_with_range(entry._asdict()) for entry in plan.node_local],
        "hot_add": [_with_range(entry._asdict()) for entry in plan.hot_add],
        "memory_block_bytes": plan.memory_block_bytes,
        **late_value(plan.after_zones),
        "blocks": blocks_value(plan.blocks),
        **events_value(plan),
        "log": iter(plan.log),
        "assumptions": [assumption._asdict() for assumption in plan.assumptions],
        "alternatives": [alternative_value(choice) for choice in plan.alternatives],
    }


def alternative_value(choice: Alternative) -> dict[str, Any]:
    """Return one outcome that depends on what cannot be known."""
    return {
        "if": choice.condition,
        "changes": choice.changes,
        "kernel_nodes": list(choice.kernel_nodes),
        "movable_start": _starts(choice.movable_start),
    }


def _starts(starts: Iterable[MovableStart]) -> list[dict[str, Any]]:
    return [{"nid": start.nid, **address_value("start", start.start)} for start in starts]


def _kernel(plan: Plan) -> dict[str, Any]:
    kernel = plan.kernel
    return {
        "profile": kernel.profile,
        "release": kernel.release,
        "architecture": kernel.architecture,
        "page_bytes": kernel.page_bytes,
        "policy": kernel.policy,
        "options": dict(kernel.options),
        "ignored": [ignored._asdict() for ignored in kernel.ignored],
    }


def _with_range(fields: dict[str, Any]) -> dict[str, Any]:
    rest = {name: value for name, value in fields.items() if name not in ("start", "end")}
    return {**range_value((fields["start"], fields["end"])), **rest}


def _region(region: Region) -> dict[str, Any]:
    return {
        **range_value((region.start, region.end)),
        "nid": region.nid,
        "flags": list(region.flags),
    }


def _node(node: NodePlan) -> dict[str, Any]:
    return {
        "nid": node.nid,
        "pxm": node.pxm,
        "cpus": list(node.cpus),
        "ranges": [range_value(span) for span in node.ranges],
        "memoryless": node.memoryless,
        "kernel_node": node.kernel_node,
        "kernel_node_because": list(node.kernel_node_because),
    }
