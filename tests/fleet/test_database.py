"""The finished database: tables for SQL."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from srat_tool.fleet.database import COLUMNS, TABLES, Database, machine_values
from srat_tool.fleet.options import FleetOptions
from srat_tool.fleet.rows import opened_fleet
from tests.fleet.fleets import make_fleet


def test_sql_finds_what_the_rows_have(tmp_path: Path) -> None:
    """Machines, nodes, windows, digests, rules and errors."""
    make_fleet(tmp_path / "f", machines=12, configurations=4, drifts=0, broken=1)
    target = tmp_path / "a.sqlite"
    with opened_fleet([str(tmp_path / "f")], FleetOptions(jobs=1), output=str(target)) as whole:
        rows = [stored.row for stored in whole.rows()]
        counts = whole.counts()
        units = {whole.unit(stored.unit).name for stored in whole.rows()}
    assert units == {row.path for row in rows}
    db = sqlite3.connect(target)
    (machines,) = db.execute("SELECT COUNT(*) FROM machine").fetchone()
    assert counts.machines == machines == len(rows)
    assert counts.status == 2
    assert counts._replace(unread=0).status == int(bool(counts.faulty))
    plans = [row.plan for row in rows if row.plan is not None]
    (ram,) = db.execute("SELECT SUM(ram_bytes) FROM node").fetchone()
    assert ram == sum(plan.ram_bytes for plan in plans)
    (windows,) = db.execute("SELECT COUNT(*) FROM hot_window").fetchone()
    assert windows == sum(len(plan.windows) for plan in plans)
    digests = {md5 for (md5,) in db.execute("SELECT md5 FROM acpi_table")}
    assert digests == {table.md5 for row in rows for table in row.tables}
    (errors,) = db.execute("SELECT COUNT(*) FROM error").fetchone()
    assert errors == 1
    (rules,) = db.execute("SELECT COUNT(*) FROM lint_rule").fetchone()
    assert rules == sum(len(row.lint.rules) for row in rows if row.lint is not None)
    db.close()


def test_columns_and_values_are_in_step() -> None:
    """The names of CSV are those of the table `machine`, which has the unit as well."""
    db = sqlite3.connect(":memory:")
    db.executescript(TABLES)
    names = [row[1] for row in db.execute("PRAGMA table_info(machine)")]
    db.close()
    assert names == [*COLUMNS, "unit"]


def test_a_fleet_of_nothing_has_no_answer(tmp_path: Path) -> None:
    """Status 2, as what was named is a row with an error."""
    (tmp_path / "f").mkdir()
    with opened_fleet([str(tmp_path / "f")], FleetOptions(jobs=1)) as whole:
        assert isinstance(whole, Database)
        assert whole.counts().status == 2
        (row,) = (stored.row for stored in whole.rows())
        assert machine_values(row)[:2] == (str(tmp_path / "f"), "error")
