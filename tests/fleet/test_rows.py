"""The rows of a fleet, and the database that keeps them."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

import srat_tool
from srat_tool import FleetOptions, PlanOptions
from srat_tool.base.errors import SourceError, SratToolError
from srat_tool.fleet import work
from srat_tool.fleet.judge import judge
from srat_tool.fleet.row import Judgement
from srat_tool.fleet.rows import PARTIAL, check_kernel, opened_fleet
from srat_tool.sources.found import Found
from tests.fleet.fleets import make_fleet

ALONE = FleetOptions(jobs=1)


def _database(folder: Path, target: Path, options: FleetOptions = ALONE) -> bytes:
    with opened_fleet([str(folder)], options, output=str(target)):
        pass
    return target.read_bytes()


def test_every_machine_has_a_row(tmp_path: Path) -> None:
    """By path, with the truth's figures; the broken ones are rows, too."""
    truth = make_fleet(tmp_path, machines=20, configurations=4, drifts=1, broken=2, reports=3)
    seen: list[str] = []
    rows = list(srat_tool.fleet(tmp_path, ALONE, seen.append))
    assert [row.path for row in rows] == sorted([*truth.shapes, *truth.broken])
    assert sorted(seen) == sorted(row.path for row in rows)
    for row in rows:
        if row.path in truth.shapes:
            assert row.identity.product == truth.products[row.path]
            assert row.plan is not None
            assert len(row.plan.nodes) == truth.shapes[row.path].nodes


def test_the_database_is_the_same_whoever_made_it(tmp_path: Path) -> None:
    """One process, two, and a second run over the first: the same bytes."""
    make_fleet(tmp_path / "f", machines=30, configurations=5, drifts=2, broken=2, reports=2)
    alone = _database(tmp_path / "f", tmp_path / "a.sqlite")
    assert _database(tmp_path / "f", tmp_path / "b.sqlite", FleetOptions(jobs=2)) == alone
    assert _database(tmp_path / "f", tmp_path / "a.sqlite") == alone
    assert not Path(f"{tmp_path}/a.sqlite{PARTIAL}").exists()


def test_an_interrupted_run_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it did is not done again, and the database is that of a quiet run."""
    make_fleet(tmp_path / "f", machines=30, configurations=30, drifts=0, broken=1)
    quiet = _database(tmp_path / "f", tmp_path / "quiet.sqlite")
    done: list[int] = []

    def stops(found: Found, options: FleetOptions) -> Judgement:
        done.append(1)
        if len(done) == 20:
            raise KeyboardInterrupt
        return judge(found, options)

    monkeypatch.setattr(work, "judge", stops)
    target = tmp_path / "s.sqlite"
    with pytest.raises(KeyboardInterrupt):
        _database(tmp_path / "f", target)
    assert not target.exists()
    assert Path(f"{target}{PARTIAL}").exists()
    assert _database(tmp_path / "f", target) == quiet
    assert len(done) < 45


def test_a_database_can_be_read_instead(tmp_path: Path) -> None:
    """Its rows are those of the run that wrote it."""
    make_fleet(tmp_path / "f", machines=5, configurations=2, drifts=0, broken=1)
    _database(tmp_path / "f", tmp_path / "a.sqlite")
    rows = list(srat_tool.fleet(tmp_path / "f", ALONE))
    assert list(srat_tool.fleet(tmp_path / "a.sqlite")) == rows


def test_no_other_file_is_overwritten(tmp_path: Path) -> None:
    """Neither a text nor another program's database."""
    make_fleet(tmp_path / "f", machines=1, configurations=1, drifts=0, broken=0)
    other = tmp_path / "other.sqlite"
    with sqlite3.connect(other) as db:
        db.execute("CREATE TABLE mine (x)")
    db.close()
    before = other.read_bytes()
    with pytest.raises(SourceError, match="not a database of srattool fleet"):
        _database(tmp_path / "f", other)
    assert other.read_bytes() == before


def test_nothing_named_is_an_error() -> None:
    """There is no fleet on one machine."""
    with pytest.raises(SourceError, match="no files"):
        list(srat_tool.fleet(()))


def test_a_kernel_that_is_not_known_is_an_error_at_once() -> None:
    """A kernel of another architecture is known."""
    check_kernel("6.1")
    with pytest.raises(SratToolError, match="no such kernel"):
        list(srat_tool.fleet("x", FleetOptions(PlanOptions(kernel="no such kernel"))))


def test_a_database_is_not_read_as_a_machine(tmp_path: Path) -> None:
    """Nor is what came of that written over it."""
    make_fleet(tmp_path / "f", machines=2, configurations=1, drifts=0, broken=0)
    target = tmp_path / "a.sqlite"
    before = _database(tmp_path / "f", target)
    with pytest.raises(SourceError, match="read alone"):
        _database(target, target)
    with pytest.raises(SourceError, match="read alone"):
        list(srat_tool.fleet([target, tmp_path / "f"], ALONE))
    assert target.read_bytes() == before
