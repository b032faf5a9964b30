"""A comparison of two sets of tables as JSON values: schema `srattool.diff/1`."""

from __future__ import annotations

from typing import Any

from srat_tool.base.text import printable
from srat_tool.compare.diff import Diff
from srat_tool.compare.plans import Effect

SCHEMA = "srattool.diff/1"


def diff_value(diff: Diff) -> dict[str, Any]:
    """Return JSON values; offsets are bytes from the start of a table."""
    return {
        "schema": SCHEMA,
        "before": printable(diff.before),
        "after": printable(diff.after),
        "changes": [
            {
                "table": printable(change.table),
                "kind": change.kind.value,
                "text": printable(change.text),
                "offset_before": change.before,
                "offset_after": change.after,
            }
            for change in diff.changes
        ],
        "kernel": printable(diff.kernel),
        "without_tables": [printable(name) for name in diff.without_tables],
        "effects": None if diff.effects is None else [_effect(e) for e in diff.effects],
    }


def _effect(effect: Effect) -> dict[str, object]:
    return {
        "nid": effect.nid,
        "what": effect.what,
        "before": printable(effect.before),
        "after": printable(effect.after),
        "text": printable(effect.text),
    }
