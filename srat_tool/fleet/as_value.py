"""Rows as JSON values: schema `srattool.fleet/1`. Sizes are bytes, ranges half open."""

from __future__ import annotations

from typing import Any

from srat_tool.base.text import printable
from srat_tool.fleet.row import FleetNode, FleetPlan, FleetRow, FleetWindow
from srat_tool.fleet.store import SCHEMA


def row_value(row: FleetRow) -> dict[str, Any]:
    """Return a row as JSON values; strings are safe for a terminal."""
    identity = {name: value and printable(value) for name, value in row.identity._asdict().items()}
    return {
        "schema": SCHEMA,
        "path": printable(row.path),
        "status": row.status,
        **identity,
        "tables": [
            {**table._asdict(), "signature": printable(table.signature)} for table in row.tables
        ],
        "fingerprints": {name: value or None for name, value in row.fingerprints._asdict().items()},
        **_plan_value(row.plan),
        "lint": None if row.lint is None else {**row.lint._asdict(), "rules": [*row.lint.rules]},
        "verify": _verify_value(row),
        "errors": [printable(error) for error in row.errors],
    }


def _verify_value(row: FleetRow) -> dict[str, Any] | None:
    if row.verify is None:
        return None
    why = row.verify.why and printable(row.verify.why)
    return {"verdict": row.verify.verdict, "different": [*row.verify.different], "why": why}


def _plan_value(plan: FleetPlan | None) -> dict[str, Any]:
    if plan is None:
        return dict.fromkeys(PLAN_KEYS)
    return {
        "kernel": {n: v and printable(v) for n, v in plan.kernel._asdict().items()},
        "numa": plan.numa,
        "rejected": plan.rejected and printable(plan.rejected),
        "crash": plan.crash and printable(plan.crash),
        "nodes": [_node(node) for node in plan.nodes],
        "ram_bytes": plan.ram_bytes,
        "movable_bytes": plan.movable_bytes,
        "removable_bytes": plan.removable_bytes,
        "windows": [_window(window) for window in plan.windows],
        "tiers": [{"number": tier.number, "nids": [*tier.nids]} for tier in plan.tiers],
        "tiers_algorithm": plan.tiers_algorithm,
        "tiers_why": printable(plan.tiers_why),
        "memory_block_bytes": plan.memory_block_bytes,
        "stranded_bytes": plan.stranded_bytes,
        "assumptions": [printable(text) for text in plan.assumptions],
        "alternatives": [printable(text) for text in plan.alternatives],
    }


PLAN_KEYS = (
    "kernel",
    "numa",
    "rejected",
    "crash",
    "nodes",
    "ram_bytes",
    "movable_bytes",
    "removable_bytes",
    "windows",
    "tiers",
    "tiers_algorithm",
    "tiers_why",
    "memory_block_bytes",
    "stranded_bytes",
    "assumptions",
    "alternatives",
)


def _node(node: FleetNode) -> dict[str, Any]:
    return node._asdict()


def _window(window: FleetWindow) -> dict[str, Any]:
    return {
        "source": window.source,
        "start": window.start,
        "start_hex": hex(window.start),
        "end": window.end,
        "end_hex": hex(window.end),
        "nid": window.nid,
        "ram_bytes": window.ram_bytes,
        "stranded_bytes": window.stranded_bytes,
    }
