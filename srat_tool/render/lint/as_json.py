"""Findings as JSON, schema `srattool.lint/1`."""

from __future__ import annotations

from typing import Any

from srat_tool.lint.finding import Finding, Report

SCHEMA = "srattool.lint/1"


def lint_json(report: Report) -> dict[str, Any]:
    """Return the whole run for `json.dumps`, findings of every severity included."""
    return {
        "schema": SCHEMA,
        "findings": [_finding(finding) for finding in report.findings],
        "checked": [
            {
                "path": raw.origin.label,
                "table": raw.signature.decode("latin-1"),
                "offset": raw.offset,
                "size": len(raw.data),
            }
            for raw in report.checked
        ],
        "not_checked": [{"path": r.label, "reason": r.reason} for r in report.not_checked],
        "baseline": {"known": report.known, "stale": list(report.stale)},
    }


def _finding(finding: Finding) -> dict[str, Any]:
    hexadecimal = None if finding.offset is None else hex(finding.offset)
    return {
        "id": finding.id,
        "name": finding.name,
        "severity": finding.severity.label,
        "message": finding.message,
        "path": finding.path,
        "table": finding.table,
        "offset": finding.offset,
        "offset_hex": hexadecimal,
        "size": finding.size,
        "entry": finding.entry,
        "why": finding.why,
        "fix": finding.fix,
        "also": list(finding.also),
        "file": finding.raw.origin.file,
        "file_offset": finding.place,
        "fingerprint": finding.fingerprint,
    }
