"""Findings as SARIF."""

from __future__ import annotations

import json
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

from srat_tool.render.lint.as_sarif import sarif
from srat_tool.sources.found import Refusal
from tests.lint.lab import report, srat_spec

REPORT = report(srat_spec("apic 0 0\nmem 0 0+4G\nmem 3 0+0\nmem 3 0+0\nmem 0 0+0 off"))


def _official_schema() -> dict[str, Any]:
    """Return the schema that a package on this system ships; skip when there is none."""
    for distribution in metadata.distributions():
        for file in distribution.files or ():
            if (
                "sarif" in file.name.lower()
                and file.name.endswith(".json")
                and "2.1.0" in file.name
            ):
                schema: dict[str, Any] = json.loads(Path(str(file.locate())).read_text())
                if "definitions" in schema:
                    return schema
    pytest.skip("no installed package ships the schema of SARIF 2.1.0")


def test_valid_by_the_official_schema() -> None:
    """The document is what the standard asks for."""
    jsonschema = pytest.importorskip("jsonschema")
    result = REPORT._replace(not_checked=(Refusal(label="x!y", reason="empty"),))
    schema = _official_schema()
    validator = jsonschema.validators.validator_for(schema)(schema)
    validator.validate(sarif(result))
    assert not validator.is_valid({"version": "2.1.0", "runs": [{"results": []}]})


def test_results_point_at_their_rules() -> None:
    """Each result's rule is the one at its index, with its page."""
    (run,) = sarif(REPORT)["runs"]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert all(rule["help"]["text"] for rule in rules)


def test_levels() -> None:
    """Information is a note."""
    (run,) = sarif(REPORT)["runs"]
    assert {"note", "warning"} == {result["level"] for result in run["results"]}


def test_fingerprints_are_unique() -> None:
    """Two equal findings are distinguished by their number."""
    (run,) = sarif(REPORT)["runs"]
    names = [result["partialFingerprints"]["srattool/v1"] for result in run["results"]]
    assert len(names) == len(set(names))


def test_refusals_are_notifications() -> None:
    """A run that could not check everything was not successful."""
    result = REPORT._replace(not_checked=(Refusal(label="x!y", reason="empty"),))
    (invocation,) = sarif(result)["runs"][0]["invocations"]
    assert invocation["executionSuccessful"] is False
    assert "empty" in invocation["toolExecutionNotifications"][0]["message"]["text"]
