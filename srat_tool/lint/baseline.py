"""Findings that are known: not reported again until they change or disappear.

A baseline is JSON: for each fingerprint how often it was found, with the message for its readers.
Fingerprints do not depend on offsets, so inserting an entry does not bring old findings back.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from srat_tool.base.errors import SratToolError
from srat_tool.lint.finding import Report

SCHEMA = "srattool.baseline/1"


def baseline_json(report: Report) -> str:
    """Return a baseline that knows every finding of a run."""
    entries: dict[str, dict[str, Any]] = {}
    for finding in report.findings:
        entry = entries.setdefault(
            finding.fingerprint,
            {"count": 0, "id": finding.id, "table": finding.table, "message": finding.message},
        )
        entry["count"] += 1
    document = {"schema": SCHEMA, "known": dict(sorted(entries.items()))}
    return json.dumps(document, indent=2) + "\n"


def read_baseline(text: str, where: str) -> dict[str, Any]:
    """Read the known findings, by fingerprint.

    Raises:
        SratToolError: when the text is not a baseline.
    """
    try:
        document = json.loads(text)
        if document["schema"] != SCHEMA:
            raise SratToolError(
                "not a baseline", where=where, got=document["schema"], expected=SCHEMA
            )
        known: dict[str, Any] = document["known"]
        for entry in known.values():
            _demand_entry(entry)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        hint = "srattool lint --write-baseline"
        raise SratToolError("not a baseline", where=where, hint=hint) from error
    return known


def _demand_entry(entry: Any) -> None:
    """Demand that an entry is what `baseline_json` writes.

    Raises:
        TypeError: when a part of it is of another kind.
        KeyError: when one is missing.
    """
    count, texts = entry["count"], (entry["id"], entry["message"])
    if type(count) is not int or count < 0 or not all(isinstance(text, str) for text in texts):
        raise TypeError(count)


def apply_baseline(report: Report, known: dict[str, Any]) -> Report:
    """Leave out what is known, each as often as it was known; name what nothing matched."""
    left = Counter({name: entry["count"] for name, entry in known.items()})
    fresh = []
    for finding in report.findings:
        if left[finding.fingerprint] > 0:
            left[finding.fingerprint] -= 1
        else:
            fresh.append(finding)
    stale = tuple(
        f"{known[name]['id']} {known[name]['message']}" for name, count in left.items() if count > 0
    )
    covered = len(report.findings) - len(fresh)
    return report._replace(findings=tuple(fresh), known=covered, stale=stale)
