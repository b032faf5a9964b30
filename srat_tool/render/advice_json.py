"""Advice as JSON values: schema `srattool.advice/1`."""

from __future__ import annotations

from typing import Any

from srat_tool.plan.advise import Advice
from srat_tool.plan.candidate import SratEdit

SCHEMA = "srattool.advice/1"


def advice_value(advice: Advice) -> dict[str, Any]:
    """Return JSON values; addresses and sizes are bytes, ranges half-open."""
    return {
        "schema": SCHEMA,
        "nodes": list(advice.nodes),
        "possible": advice.possible,
        "kernel": advice.kernel,
        "options": list(advice.options) if advice.possible else [],
        "edits": [_edit_json(edit) for edit in advice.edits] if advice.possible else [],
        "costs": [cost._asdict() for cost in advice.costs],
        "kernel_bytes": advice.kernel_bytes,
        "movable_bytes": advice.movable_bytes,
        "warnings": list(advice.warnings),
        "because": list(advice.because),
        "remedies": list(advice.remedies),
        "tried": list(advice.tried),
        "assumptions": list(advice.assumptions),
    }


def _edit_json(edit: SratEdit) -> dict[str, object]:
    start, end = edit.span
    return {
        "offset": edit.offset,
        "pxm": edit.pxm,
        "start": start,
        "start_hex": f"{start:#x}",
        "end": end,
        "end_hex": f"{end:#x}",
        "hot_pluggable": edit.hot,
    }
