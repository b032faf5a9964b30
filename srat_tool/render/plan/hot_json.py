"""Memory blocks and hot-add as JSON: keys of `srattool.plan/1`."""

from __future__ import annotations

from typing import Any

from srat_tool.plan.block_values import MemoryBlocks
from srat_tool.plan.cxl_values import RegionPlan
from srat_tool.plan.event_values import BlocksAfter, EventAnswer
from srat_tool.plan.plan import AfterEvents, Plan
from srat_tool.render.plan.json_parts import range_value, zone_value
from srat_tool.render.plan.late_json import late_value

_AFTER_KEYS = ("tiers", "access", "fallback_order", "interleave_weights")
BLOCKS_SCHEMA = "srattool.blocks/1"


def blocks_document(blocks: MemoryBlocks) -> dict[str, Any]:
    """Return the boot memory by memory block as a document."""
    assumptions = list(blocks.assumptions)
    return {"schema": BLOCKS_SCHEMA, **blocks_value(blocks), "assumptions": assumptions}


def blocks_value(blocks: MemoryBlocks) -> dict[str, Any]:
    """Return the boot memory by memory block."""
    return {
        "size": blocks.size,
        "runs": [
            {
                "start": run.start,
                "start_hex": f"{run.start:#x}",
                "end": run.end,
                "end_hex": f"{run.end:#x}",
                "nid": run.nid,
                "zones": list(run.zones),
                "offline": run.offline,
                "why": run.why,
            }
            for run in blocks.runs
        ],
    }


def events_value(plan: Plan) -> dict[str, Any]:
    """Return the events after the boot, and the machine after them; nothing without events."""
    if not plan.hot_events:
        return {}
    return {
        "events": [_event(answer) for answer in plan.hot_events],
        "after": None if plan.after is None else _after(plan.after),
    }


def _event(answer: EventAnswer) -> dict[str, Any]:
    cost = answer.memmap
    return {
        "event": answer.text,
        "id": answer.id,
        "accepted": "maybe" if answer.accepted is None else answer.accepted,
        "error": answer.error,
        "nid": answer.nid,
        "why": answer.why,
        "blocks": [_blocks(run) for run in answer.blocks],
        "memmap": None if cost is None else cost._asdict(),
        "present_pages": answer.present_pages,
        "managed_pages": answer.managed_pages,
        "removable": answer.removable,
        "because": answer.because,
    }


def _blocks(run: BlocksAfter) -> dict[str, Any]:
    return {
        "start": run.start,
        "start_hex": f"{run.start:#x}",
        "end": run.end,
        "end_hex": f"{run.end:#x}",
        "state": run.state,
        "zone": run.zone,
        "valid_zones": list(run.valid_zones),
    }


def _after(after: AfterEvents) -> dict[str, Any]:
    late = late_value(after.late)
    return {
        "zones": [zone_value(zone) for zone in after.zones],
        "nodes_online": list(after.nodes_online),
        **{key: late[key] for key in _AFTER_KEYS},
        "regions": [_region(region) for region in after.regions],
    }


def _region(region: RegionPlan) -> dict[str, Any]:
    return {
        "id": region.id,
        **range_value(region.span),
        "window": region.window,
        "nid": region.nid,
        "members": list(region.members),
        "access": [
            {"class": number, **numbers._asdict()} for number, numbers in enumerate(region.ways)
        ],
        "why": region.why,
    }
