"""The chain from table to zone as JSON values: schema `srattool.explain/1`."""

from __future__ import annotations

from typing import Any

from srat_tool.base.text import printable
from srat_tool.plan.explain import Step

SCHEMA = "srattool.explain/1"


def explain_value(root: Step) -> dict[str, Any]:
    """Return JSON values; each step contains its own steps."""
    return {"schema": SCHEMA, **_object(root)}


def _object(step: Step) -> dict[str, object]:
    return {
        "text": printable(step.text),
        "offset": step.offset,
        "steps": [_object(below) for below in step.steps],
    }
