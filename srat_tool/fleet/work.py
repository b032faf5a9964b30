"""What a worker does: a function of values that any executor can run, on this machine or others."""

from __future__ import annotations

from typing import NamedTuple

from srat_tool.base.errors import internal_error
from srat_tool.fleet.judge import judge
from srat_tool.fleet.machines import FleetMachine, read_unit
from srat_tool.fleet.options import FleetOptions
from srat_tool.fleet.row import Judgement
from srat_tool.fleet.survey import Surveyed, survey
from srat_tool.fleet.unit import Unit
from srat_tool.sources.found import Found

KILLED = "its worker process was killed twice, probably out of memory; try --max-unpacked"
_MAX_SENT = 1 << 20
_MAX_KNOWN = 100_000


class _Sent:
    """Keys of the inputs that this process has handed out in a run, which judges them once."""

    def __init__(self) -> None:
        self._run = ""
        self._keys: set[str] = set()

    def is_new(self, run: str, key: str) -> bool:
        """Note a key; return whether it is the first time in this run, as far as is known."""
        if run != self._run or len(self._keys) >= _MAX_KNOWN:
            self._run = run
            self._keys.clear()
        if key in self._keys:
            return False
        self._keys.add(key)
        return True


_sent = _Sent()


class MachineInputs(NamedTuple):
    """The inputs of machines that are equal in all that counts; `key` is that of their rows."""

    key: str
    found: Found


class FleetTask(NamedTuple):
    """Work for one worker: units to read, and inputs to judge.

    Attributes:
        units: which are surveyed.
        inputs: which are judged.
        options: for both.
        run: identifies the run.
    """

    units: tuple[Unit, ...]
    inputs: tuple[MachineInputs, ...]
    options: FleetOptions
    run: str = ""


class SurveyedUnit(NamedTuple):
    """A unit, and what was read of each of its machines."""

    unit: Unit
    machines: tuple[Surveyed, ...]


class TaskResult(NamedTuple):
    """What came of a task.

    Attributes:
        units: what was read.
        inputs: what is to be judged: inputs that this worker has not seen before.
        judgements: by key.
        lost: the task, when workers that had it were killed.
    """

    units: tuple[SurveyedUnit, ...] = ()
    inputs: tuple[MachineInputs, ...] = ()
    judgements: tuple[tuple[str, Judgement], ...] = ()
    lost: FleetTask | None = None


def work_on(task: FleetTask) -> TaskResult:
    """Do a task; whatever is wrong with a machine becomes a row."""
    with task.options.budget.in_force():
        return _worked(task)


def _worked(task: FleetTask) -> TaskResult:
    units: list[SurveyedUnit] = []
    inputs: list[MachineInputs] = []
    judged: list[tuple[str, Judgement]] = []
    for unit in task.units:
        machines = []
        for machine in _read(unit, task.options):
            surveyed, found = _survey(machine, task.options)
            machines.append(surveyed)
            if surveyed.key and _sent.is_new(task.run, surveyed.key):
                one = MachineInputs(surveyed.key, found)
                if _size(found) > _MAX_SENT:  # sending it costs more than judging it twice
                    judged.append(_judge(one, task.options))
                else:
                    inputs.append(one)
        units.append(SurveyedUnit(unit, tuple(machines)))
    judged += (_judge(one, task.options) for one in task.inputs)
    return TaskResult(tuple(units), tuple(inputs), tuple(judged))


def lost_task(task: FleetTask) -> TaskResult:
    """Return what comes of a task whose workers were killed: it is to be done in parts."""
    return TaskResult(lost=task)


def _size(found: Found) -> int:
    tables = sum(len(raw.data) for raw in found.tables)
    return tables + sum(len(one.data) for one in found.evidence)


def _read(unit: Unit, options: FleetOptions) -> list[FleetMachine]:
    try:
        return read_unit(unit, options.budget)
    except Exception as error:
        return [FleetMachine(unit.name, Found(), (internal_error(error),))]


def _survey(machine: FleetMachine, options: FleetOptions) -> tuple[Surveyed, Found]:
    try:
        return survey(machine, options)
    except Exception as error:
        bare = FleetMachine(machine.path, Found(), (*machine.errors, internal_error(error)))
        return survey(bare, options)


def _judge(inputs: MachineInputs, options: FleetOptions) -> tuple[str, Judgement]:
    try:
        return inputs.key, judge(inputs.found, options)
    except Exception as error:
        return inputs.key, Judgement(None, None, None, (internal_error(error),))
