"""Reports as text, JSON Lines and CSV."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import jsonschema
import pytest

from srat_tool.fleet.as_report import REPORT_FORMATS, sql_report
from srat_tool.fleet.duck import SqlAnswer
from srat_tool.fleet.reports.answer import FleetReport
from srat_tool.fleet.reports.catalogue import REPORTS
from tests.fleet.asked import asked
from tests.fleet.fleets import make_fleet, make_rollout
from tests.fleet.reports.test_catalogue import WORDS
from tests.support import PACKAGE

SCHEMA = json.loads((PACKAGE / "data" / "schemas" / "fleet-report.schema.json").read_text())
EVIL = "\x1b[31m"
REPORT = FleetReport(
    "lost", ("path", "count", "free_bytes", "words"), (("a", 1, 2048, ("x", EVIL)),), "none"
)


@pytest.mark.parametrize("name", REPORTS)
def test_json_keeps_the_schema(name: str, tmp_path: Path) -> None:
    """Each row of each report; one key more is none of it."""
    make_rollout(tmp_path / "r", machines=8, configurations=2)
    make_fleet(tmp_path / "f", machines=16, configurations=1, drifts=1, broken=0)
    (tmp_path / "bad.toml").write_bytes(
        next((PACKAGE / "data" / "examples").rglob("too-short-entry.toml")).read_bytes()
    )
    found = asked(name, tmp_path, *WORDS.get(name, ()))
    validator = jsonschema.Draft202012Validator(SCHEMA)
    lines = list(REPORT_FORMATS["jsonl"](found._replace(errors=("e",))))
    assert len(lines) > 1
    for line in lines:
        value = json.loads(line)
        validator.validate(value)
        assert not validator.is_valid({**value, "unknown": 1})


def test_text_has_sizes_and_sentences() -> None:
    """Sentences follow their row; nothing is unescaped."""
    lines = "".join(REPORT_FORMATS["table"](REPORT._replace(errors=(EVIL,)))).splitlines()
    assert lines[0].split() == ["path", "count", "free"]
    assert lines[1].split() == ["a", "1", "2K"]
    assert lines[2] == "    words: x"
    assert lines[-1].startswith("error: ")
    assert EVIL[0] not in "".join(lines)


def test_an_empty_report_is_a_sentence() -> None:
    """Not an empty table."""
    assert list(REPORT_FORMATS["table"](REPORT._replace(rows=()))) == ["none\n"]


def test_csv_joins_sentences() -> None:
    """In one cell."""
    text = "".join(REPORT_FORMATS["csv"](REPORT))
    (record,) = csv.DictReader(io.StringIO(text))
    assert record["words"].startswith("x; ")
    assert record["free_bytes"] == "2048"
    assert EVIL[0] not in text


def test_what_a_query_gave_is_data() -> None:
    """Its JSON has the columns alone."""
    found = sql_report(SqlAnswer(("a", "b"), [(1.5, ["x"])]))
    assert json.loads(next(REPORT_FORMATS["jsonl"](found))) == {"a": "1.5", "b": ["x"]}
    assert found.status == 0
