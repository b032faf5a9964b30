"""Findings as SARIF 2.1.0: the format that code hosting sites show next to a change."""

from __future__ import annotations

import os
from collections import Counter
from typing import Any
from urllib.parse import quote

from srat_tool.lint.finding import Finding, Report
from srat_tool.lint.hit import Severity
from srat_tool.lint.page import page
from srat_tool.lint.rules import all_rules, load
from srat_tool.render.lint.repository_path import repository_path
from srat_tool.version import HOMEPAGE, RULES_PAGE, __version__

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.INFO: "note", Severity.WARNING: "warning", Severity.ERROR: "error"}


def sarif(report: Report) -> dict[str, Any]:
    """Return one run; the rules that found something come with their pages."""
    found = {finding.id for finding in report.findings}
    entries = [entry for entry in all_rules() if entry.id in found]
    index = {entry.id: at for at, entry in enumerate(entries)}
    seen: Counter[str] = Counter()
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "srattool",
                        "version": __version__,
                        "semanticVersion": __version__,
                        "informationUri": HOMEPAGE,
                        "rules": [_rule(load(entry)) for entry in entries],
                    }
                },
                "artifacts": [
                    {"location": {"uri": _uri(path)}, "roles": ["analysisTarget"]}
                    for path in dict.fromkeys(raw.origin.file for raw in report.checked)
                ],
                "invocations": [_invocation(report)],
                "results": [_result(finding, index, seen) for finding in report.findings],
            }
        ],
    }


def _rule(rule: Any) -> dict[str, Any]:
    text = page(rule)
    return {
        "id": rule.id,
        "name": rule.name,
        "helpUri": f"{RULES_PAGE}#{rule.id.lower()}-{rule.name}",
        "shortDescription": {"text": text.summary or rule.name},
        "fullDescription": {"text": f"{text.checks} {text.why_it_matters}".strip() or rule.name},
        "help": {"text": f"{text.what_linux_does} {text.how_to_fix}".strip() or rule.name},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _invocation(report: Report) -> dict[str, Any]:
    return {
        "executionSuccessful": not report.not_checked,
        "toolExecutionNotifications": [
            {
                "level": "error",
                "message": {"text": f"not checked: {refusal.reason}"},
                "locations": [_physical(refusal.label.partition("!")[0], None)],
            }
            for refusal in report.not_checked
        ],
    }


def _result(finding: Finding, index: dict[str, int], seen: Counter[str]) -> dict[str, Any]:
    name = finding.fingerprint
    seen[name] += 1
    place = _physical(finding.raw.origin.file, finding)
    place["logicalLocations"] = [
        {"name": finding.table, "fullyQualifiedName": f"{finding.path}!{finding.table}"}
    ]
    facts: dict[str, Any] = {"table": finding.table}
    if finding.offset is not None:
        facts["offsetInTable"] = finding.offset
    if finding.also:
        facts["sameCause"] = list(finding.also)
    return {
        "properties": facts,
        "ruleId": finding.id,
        "ruleIndex": index[finding.id],
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{finding.table}: {finding.message}. {finding.why}".strip()},
        "locations": [place],
        "partialFingerprints": {"srattool/v1": f"{name}:{seen[name]}"},
    }


def _physical(path: str, finding: Finding | None) -> dict[str, Any]:
    location: dict[str, Any] = {"artifactLocation": {"uri": _uri(path)}}
    if finding is not None and finding.place is not None:
        size = max(1, finding.size)
        location["region"] = {"byteOffset": finding.place, "byteLength": size}
    return {"physicalLocation": location}


def _uri(path: str) -> str:
    """Return a path as a reference; a relative one stays relative, as repositories require."""
    text = quote(os.fsencode(repository_path(path)))
    return f"file://{text}" if text.startswith("/") else text
