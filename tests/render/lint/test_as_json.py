"""Findings as JSON."""

from __future__ import annotations

import json

from srat_tool.render.lint.as_json import SCHEMA, lint_json
from tests.lint.lab import report, srat_spec


def test_contract() -> None:
    """Every finding has the fields that scripts rely on, and all severities are there."""
    document = json.loads(json.dumps(lint_json(report(srat_spec("apic 0 0\nmem 3 0+0 special")))))
    assert document["schema"] == SCHEMA
    wanted = {"id", "severity", "message", "path", "table", "offset", "entry", "why", "fix"}
    assert document["findings"]
    for finding in document["findings"]:
        assert wanted <= set(finding)
    assert {"info", "warning"} <= {finding["severity"] for finding in document["findings"]}
    assert document["checked"] == [
        {"path": "example!SRAT", "table": "SRAT", "offset": 0, "size": 104}
    ]
    assert document["not_checked"] == []
