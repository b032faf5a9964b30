"""Rows as text."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

from srat_tool.fleet.database import COLUMNS, FleetCounts
from srat_tool.fleet.formats import FORMATS, counts_line
from srat_tool.fleet.options import FleetOptions
from srat_tool.fleet.row import FleetRow
from srat_tool.fleet.rows import fleet
from tests.fleet.fleets import make_fleet


def _rows(folder: Path) -> list[FleetRow]:
    make_fleet(folder, machines=3, configurations=3, drifts=0, broken=1)
    return list(fleet(folder, FleetOptions(jobs=1)))


def test_each_machine_is_a_line(tmp_path: Path) -> None:
    """The path comes last, whole; errors follow on lines of their own."""
    rows = _rows(tmp_path)
    heading, *lines = "".join(FORMATS["table"](rows)).splitlines()
    assert heading.split()[-1] == "machine"
    machines = [line for line in lines if not line.startswith(" ")]
    assert [line.split()[-1] for line in machines] == [row.path for row in rows]
    assert sum("error: " in line for line in lines) == 1


def test_json_lines(tmp_path: Path) -> None:
    """One document a line."""
    rows = _rows(tmp_path)
    values = [json.loads(line) for line in FORMATS["jsonl"](rows)]
    assert [value["path"] for value in values] == [row.path for row in rows]


def test_csv(tmp_path: Path) -> None:
    """With the columns of the database first."""
    rows = _rows(tmp_path)
    records = list(csv.DictReader(io.StringIO("".join(FORMATS["csv"](rows)))))
    assert [record["path"] for record in records] == [row.path for row in rows]
    assert list(records[0])[: len(COLUMNS)] == list(COLUMNS)
    digest = rows[-1].tables[0]
    assert f"{digest.signature}:{digest.sha256}" in records[-1]["tables"]


def test_nothing_reaches_a_terminal_unescaped(tmp_path: Path) -> None:
    """Names are data."""
    row = _rows(tmp_path)[-1]
    bad = "\x1b[31m"
    identity = row.identity._replace(host=bad, product=bad)
    row = replace(row, path=bad, errors=(bad,), identity=identity)
    for write in FORMATS.values():
        assert "\x1b" not in "".join(write([row]))


def test_the_sums() -> None:
    """As one sentence."""
    assert counts_line(FleetCounts(1, 1, 0, 0, 0)) == "1 machine, one topology"
    assert counts_line(FleetCounts(5, 2, 1, 2, 3)) == (
        "5 machines, 2 different topologies, 2 with lint errors, 3 where a kernel differs from "
        "its plan, 1 that could not be read or planned completely"
    )


def test_a_name_is_no_formula_of_a_spreadsheet(tmp_path: Path) -> None:
    """Names of machines and errors come from archives; JSON has them as they are."""
    bad = "=HYPERLINK(1)"
    row = _rows(tmp_path)[-1]
    row = replace(row, path=bad, errors=(bad,), identity=row.identity._replace(host=bad))
    (record,) = csv.DictReader(io.StringIO("".join(FORMATS["csv"]([row]))))
    assert {record["path"], record["errors"], record["host"]} == {f"'{bad}"}
    assert json.loads("".join(FORMATS["jsonl"]([row])))["path"] == bad
