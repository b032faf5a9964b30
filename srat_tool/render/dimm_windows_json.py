"""Ranges for planned DIMMs as JSON: schema `srattool.dimm-windows/1`."""

from __future__ import annotations

from typing import Any

from srat_tool.plan.dimm_windows import DimmWindow, DimmWindows
from srat_tool.render.plan.json_parts import range_value

SCHEMA = "srattool.dimm-windows/1"


def dimm_windows_value(answer: DimmWindows) -> dict[str, Any]:
    """Return JSON values; addresses and sizes are bytes, ranges half-open."""
    return {
        "schema": SCHEMA,
        "possible": answer.possible,
        "kernel": answer.kernel,
        "block_bytes": answer.block_bytes,
        "unit_bytes": answer.unit_bytes,
        "windows": [_window(window) for window in answer.windows],
        "rules": list(answer.rules),
        "because": list(answer.because),
        "warnings": list(answer.warnings),
        "assumptions": list(answer.assumptions),
    }


def _window(window: DimmWindow) -> dict[str, Any]:
    return {
        "pxm": window.pxm,
        "nid": window.nid,
        **range_value(window.span),
        "there": window.there,
        "places": [{**range_value(place.span), "zone": place.zone} for place in window.places],
        "memmap_bytes": window.memmap_bytes,
        "memmap_nid": window.memmap_nid,
    }
