"""What a worker does with a task."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from srat_tool.fleet import work
from srat_tool.fleet.options import FleetOptions
from srat_tool.fleet.unit import Unit
from srat_tool.fleet.walk import find_units
from srat_tool.fleet.work import FleetTask, lost_task, work_on
from tests.fleet.fleets import make_fleet

OPTIONS = FleetOptions()


def _task(folder: Path) -> FleetTask:
    units = tuple(unit for unit in find_units([str(folder)]) if isinstance(unit, Unit))
    return FleetTask(units, (), OPTIONS, str(folder))


def test_equal_inputs_come_once(tmp_path: Path) -> None:
    """Two configurations, one with its processors in two orders or in one."""
    make_fleet(tmp_path, machines=12, configurations=2, drifts=0, broken=1)
    result = work_on(_task(tmp_path))
    assert sum(len(unit.machines) for unit in result.units) == 13
    keys = {m.key for unit in result.units for m in unit.machines if m.key}
    assert {one.key for one in result.inputs} == keys
    assert len(result.inputs) == len(keys) < 12
    again = work_on(_task(tmp_path))
    assert again.inputs == ()
    assert again.units == result.units


def test_tasks_and_results_can_be_sent(tmp_path: Path) -> None:
    """To another process, or machine."""
    make_fleet(tmp_path, machines=2, configurations=2, drifts=0, broken=0)
    task = _task(tmp_path)
    assert pickle.loads(pickle.dumps(task)) == task  # noqa: S301
    result = work_on(task)
    assert pickle.loads(pickle.dumps(result)) == result  # noqa: S301
    judged = work_on(FleetTask((), result.inputs, OPTIONS))
    assert [key for key, _ in judged.judgements] == [one.key for one in result.inputs]


def test_large_inputs_are_judged_where_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sending them would cost more."""
    monkeypatch.setattr(work, "_MAX_SENT", 10)
    make_fleet(tmp_path, machines=2, configurations=1, drifts=0, broken=0)
    result = work_on(_task(tmp_path))
    assert result.inputs == ()
    assert len(result.judgements) >= 1


@pytest.mark.parametrize("step", ["read_unit", "survey", "judge"])
def test_a_fault_of_ours_is_an_error_of_one_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """The others go on."""
    make_fleet(tmp_path, machines=2, configurations=2, drifts=0, broken=0)
    real = getattr(work, step)
    calls: list[int] = []

    def fails_once(*arguments: object) -> object:
        calls.append(1)
        if len(calls) == 1:
            raise KeyError("surprise")
        return real(*arguments)

    monkeypatch.setattr(work, step, fails_once)
    result = work_on(_task(tmp_path))
    judged = work_on(FleetTask((), result.inputs, OPTIONS))
    errors = [e for unit in result.units for m in unit.machines for e in m.errors]
    errors += [e for _, judgement in judged.judgements for e in judgement.errors]
    assert len(errors) == 1
    assert "internal error" in errors[0]


def test_a_lost_task_comes_back() -> None:
    """To be done in parts."""
    task = FleetTask((Unit("a"),), (), OPTIONS)
    assert lost_task(task).lost == task
