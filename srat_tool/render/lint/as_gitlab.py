"""Findings as a GitLab code quality report."""

from __future__ import annotations

import json
from collections import Counter
from hashlib import sha256
from typing import Any

from srat_tool.base.text import printable
from srat_tool.lint.finding import Finding, Report
from srat_tool.lint.hit import Severity
from srat_tool.render.lint.repository_path import repository_path
from srat_tool.render.look import DEFAULT, Look

_SEVERITIES = {Severity.INFO: "info", Severity.WARNING: "minor", Severity.ERROR: "critical"}


def gitlab(report: Report, look: Look = DEFAULT) -> str:
    """Return the report as JSON; what could not be checked is a blocker. Binaries have one line."""
    seen: Counter[str] = Counter()
    shown = (finding for finding in report.findings if look.shows(finding.severity))
    found = [_issue(finding, seen) for finding in shown]
    for refusal in report.not_checked:
        name = sha256(f"{refusal.label}\0{refusal.reason}".encode(errors="replace")).hexdigest()
        file = repository_path(refusal.label.partition("!")[0])
        found.append(_entry("not-checked", "blocker", refusal.reason, file, name[:32]))
    return json.dumps(found, indent=2)


def _issue(finding: Finding, seen: Counter[str]) -> dict[str, Any]:
    name = f"{finding.fingerprint}{repository_path(finding.path)}"
    seen[name] += 1
    key = sha256(f"{name}{seen[name]}".encode(errors="replace")).hexdigest()[:32]
    place = "" if finding.offset is None else f"+{finding.offset:#06x}: "
    if finding.place is not None and finding.place != finding.offset:
        place = f"+{finding.offset:#06x} (byte {finding.place:#x} of the file): "
    text = f"{finding.id} {finding.table}: {place}{finding.message}"
    severity = _SEVERITIES[finding.severity]
    return _entry(finding.id, severity, text, repository_path(finding.raw.origin.file), key)


def _entry(check: str, severity: str, text: str, path: str, key: str) -> dict[str, Any]:
    return {
        "check_name": check,
        "description": printable(text),
        "severity": severity,
        "fingerprint": key,
        "location": {"path": printable(path), "lines": {"begin": 1}},
    }
