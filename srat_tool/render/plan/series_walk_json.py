"""The walk through the 2013 series as JSON values: schema `srattool.walk/1`."""

from __future__ import annotations

from typing import Any

from srat_tool.plan.series2013.section import SeriesWalk

SCHEMA = "srattool.walk/1"


def walk_value(walk: SeriesWalk) -> dict[str, Any]:
    """Return JSON values, one object for each section, and what they come to."""
    sections = [section._asdict() for section in walk.sections]
    return {"schema": SCHEMA, "sections": sections, "outcome": list(walk.outcome)}
