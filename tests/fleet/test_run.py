"""A run: everything is surveyed, equal inputs are judged once, what was done is not done again."""

from __future__ import annotations

import os
import signal
from collections import Counter
from pathlib import Path

import pytest

from srat_tool.base.limits import Budget
from srat_tool.fleet import run, work
from srat_tool.fleet.judge import judge
from srat_tool.fleet.machines import FleetMachine, read_unit
from srat_tool.fleet.options import FleetOptions
from srat_tool.fleet.row import FleetRow, Judgement
from srat_tool.fleet.run import run_fleet
from srat_tool.fleet.store import Store
from srat_tool.fleet.unit import Unit
from srat_tool.sources.found import Found
from tests.fleet.fleets import make_fleet

ALONE = FleetOptions(jobs=1)


def _count(monkeypatch: pytest.MonkeyPatch, step: str) -> Counter[str]:
    """Count the calls of a step of the work in this process."""
    real = getattr(work, step)
    calls: Counter[str] = Counter()

    def counted(*arguments: object) -> object:
        calls[step] += 1
        return real(*arguments)

    monkeypatch.setattr(work, step, counted)
    return calls


def _rows(folder: Path, store: Path, options: FleetOptions = ALONE) -> list[FleetRow]:
    with Store(store, options.fingerprint) as opened:
        run_fleet([str(folder)], options, opened)
        return [stored.row for stored in opened.rows()]


def test_equal_machines_are_judged_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Forty machines of two configurations, each in at most two orders of processors."""
    judged = _count(monkeypatch, "judge")
    make_fleet(tmp_path / "f", machines=40, configurations=2, drifts=0, broken=0)
    rows = _rows(tmp_path / "f", tmp_path / "s")
    assert len(rows) == 40
    assert judged["judge"] == len({row.fingerprints.raw for row in rows}) <= 4


def test_what_has_not_changed_is_not_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A changed machine is, a new one too, and one that is gone leaves no row."""
    read = _count(monkeypatch, "read_unit")
    truth = make_fleet(tmp_path / "f", machines=10, configurations=2, drifts=0, broken=0)
    first = _rows(tmp_path / "f", tmp_path / "s")
    assert read["read_unit"] == 10
    assert _rows(tmp_path / "f", tmp_path / "s") == first
    assert read["read_unit"] == 10
    changed, gone = sorted(truth.shapes)[:2]
    (Path(changed) / "SLIT").unlink()
    for file in Path(gone).iterdir():
        file.unlink()
    rows = _rows(tmp_path / "f", tmp_path / "s")
    assert read["read_unit"] == 11
    assert [row.path for row in rows] == [row.path for row in first if row.path != gone]
    assert next(len(row.tables) for row in rows if row.path == changed) == 1


def test_a_folder_without_machines_is_a_row(tmp_path: Path) -> None:
    """So is what is not there; nothing stops the others."""
    (tmp_path / "f").mkdir()
    (tmp_path / "f" / "note.txt").write_text("nothing\n")
    make_fleet(tmp_path / "g", machines=1, configurations=1, drifts=0, broken=0)
    paths = [str(tmp_path / name) for name in ("f", "gone", "g")]
    with Store(tmp_path / "s", "o") as store:
        run_fleet(paths, ALONE, store)
        status = {stored.row.path: stored.row.status for stored in store.rows()}
    assert [status[path] for path in paths[:2]] == ["error", "error"]
    assert list(status.values()).count("ok") == 1


def _kill(*_: object) -> Judgement:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes")
def test_a_killed_worker_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is killed once, in the middle: the rows are those of a quiet run."""
    make_fleet(tmp_path / "f", machines=30, configurations=6, drifts=2, broken=1)
    quiet = _rows(tmp_path / "f", tmp_path / "quiet")
    mark = tmp_path / "killed"

    def killed_once(found: Found, options: FleetOptions) -> Judgement:
        if not mark.exists():
            mark.touch()
            _kill()
        return judge(found, options)

    monkeypatch.setattr(work, "judge", killed_once)
    monkeypatch.setattr(run, "_UNITS", 4)
    assert _rows(tmp_path / "f", tmp_path / "s", FleetOptions(jobs=2)) == quiet
    assert mark.exists()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes")
def test_what_kills_every_worker_is_one_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others of its task are read all the same."""
    truth = make_fleet(tmp_path / "f", machines=6, configurations=1, drifts=0, broken=0)
    deadly = sorted(truth.shapes)[3]

    def kills(unit: Unit, budget: Budget) -> list[FleetMachine]:
        if unit.name == deadly:
            _kill()
        return read_unit(unit, budget)

    monkeypatch.setattr(work, "read_unit", kills)
    rows = _rows(tmp_path / "f", tmp_path / "s", FleetOptions(jobs=2))
    assert {row.path for row in rows} == set(truth.shapes)
    assert [row.path for row in rows if row.errors] == [deadly]
    assert "killed" in next(row.errors[0] for row in rows if row.path == deadly)
