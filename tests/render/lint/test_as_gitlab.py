"""Findings as a code quality report."""

from __future__ import annotations

import json

from jsonschema import Draft7Validator

from srat_tool.lint.hit import Severity
from srat_tool.render.lint.as_gitlab import gitlab
from srat_tool.render.look import Look
from srat_tool.sources.found import Refusal
from tests.lint.lab import report, srat_spec

REPORT = report(srat_spec("apic 0 0\nmem 0 0+4G\nmem 3 0+0\nmem 3 0+0"))


def test_fields_that_gitlab_wants() -> None:
    """Description, check, fingerprint, severity, path and line."""
    result = REPORT._replace(not_checked=(Refusal(label="x!y", reason="empty"),))
    issues = json.loads(gitlab(result, Look(severity=Severity.WARNING)))
    for issue in issues:
        assert set(issue) == {"check_name", "description", "severity", "fingerprint", "location"}
        assert issue["location"]["lines"]["begin"] == 1
    assert issues[-1]["severity"] == "blocker"


def test_fingerprints_are_unique() -> None:
    """Two equal findings have different fingerprints."""
    names = [issue["fingerprint"] for issue in json.loads(gitlab(REPORT))]
    assert len(names) == len(set(names))


SEVERITIES = ["blocker", "critical", "major", "minor", "info", "unknown"]
ISSUE = {
    "required": ["description", "fingerprint", "severity", "location"],
    "properties": {
        "description": {"type": "string", "minLength": 1},
        "fingerprint": {"type": "string", "minLength": 1},
        "severity": {"enum": SEVERITIES},
        "location": {
            "required": ["path", "lines"],
            "properties": {
                "path": {"type": "string", "pattern": "^[^/]"},
                "lines": {"properties": {"begin": {"type": "integer"}}, "required": ["begin"]},
            },
        },
    },
}
"""What GitLab's parser demands (app/validators/json_schemas/codeclimate.json and
lib/gitlab/ci/reports/codequality_reports.rb); an issue that fails is dropped without a word."""


def test_gitlab_drops_no_issue() -> None:
    """Each issue passes what GitLab demands of one, and has a severity that GitLab sorts by."""
    result = REPORT._replace(not_checked=(Refusal(label="x!y", reason="empty"),))
    issues = json.loads(gitlab(result))
    validator = Draft7Validator(ISSUE)
    assert len(issues) > 3
    assert [error.message for one in issues for error in validator.iter_errors(one)] == []
