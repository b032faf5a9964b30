"""Each node's removability as JSON: schema `srattool.overview/1`."""

from __future__ import annotations

from typing import Any

from srat_tool.plan.removal_overview import RemovalOverview

SCHEMA = "srattool.overview/1"


def overview_value(overview: RemovalOverview) -> dict[str, Any]:
    """Return JSON values."""
    return {
        "schema": SCHEMA,
        "kernel": overview.kernel,
        "nodes": [{**node._asdict(), "options": list(node.options)} for node in overview.nodes],
        "assumptions": list(overview.assumptions),
    }
