"""A run over a fleet: units are surveyed, inputs that are new are judged once, all is kept."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from uuid import uuid4

from srat_tool.fleet.executors import results
from srat_tool.fleet.fingerprint import raw_fingerprint
from srat_tool.fleet.options import FleetOptions
from srat_tool.fleet.row import Fingerprints, Judgement, MachineIdentity
from srat_tool.fleet.store import Store
from srat_tool.fleet.survey import Surveyed
from srat_tool.fleet.unit import Unit
from srat_tool.fleet.walk import Unreadable, find_units
from srat_tool.fleet.work import KILLED, FleetTask, MachineInputs, SurveyedUnit, TaskResult

Watch = Callable[[str], None]

_UNITS = 64
_BYTES = 8 << 20
_INPUTS = 16


def run_fleet(
    paths: Sequence[str], options: FleetOptions, store: Store, watch: Watch | None = None
) -> None:
    """Read and plan every machine of a fleet into a store.

    Args:
        paths: files and folders.
        options: for all of them.
        store: what is in it and has not changed is not done again.
        watch: called with the name of each machine as it is read.

    Raises:
        SratToolError: when the executor cannot be used. No machine raises anything.
    """
    run = _Run(options, store, watch)
    store.forget(store.unjudged())
    run.drive(run.surveys(paths))
    while run.queue or run.again:
        run.drive(run.rest())
    # MachineInputs may be lost on the way from a worker that was replaced; it is asked anew.
    lost = [store.unit(key) for key in store.unjudged()]
    if lost:
        run.begin()
        run.again += (run.task([unit]) for unit in lost)
    while run.queue or run.again:
        run.drive(run.rest())
    for path in dict.fromkeys(paths):
        run.expect(path)
    store.finish()


class _Run:
    """The state of one run: inputs that wait for a judgement, and tasks to be done in parts."""

    def __init__(self, options: FleetOptions, store: Store, watch: Watch | None) -> None:
        self.options = options
        self.store = store
        self.watch = watch
        self.queue: deque[MachineInputs] = deque()
        self.again: deque[FleetTask] = deque()
        self._named: set[str] = set()
        self.begin()

    def begin(self) -> None:
        """Forget what was requested, so that workers return their inputs again."""
        self._asked: set[str] = set()
        self._run = uuid4().hex

    def drive(self, tasks: Iterator[FleetTask]) -> None:
        """Have tasks done, and keep what comes of them."""
        for result in results(tasks, self.options):
            self._keep(result)
            self.store.commit()

    def surveys(self, paths: Sequence[str]) -> Iterator[FleetTask]:
        """Yield the tasks for units that are new or changed, and judgements in between."""
        batch: list[Unit] = []
        size = 0
        for unit in find_units(paths):
            if isinstance(unit, Unreadable):
                self._unreadable(unit)
                continue
            if self.store.is_done(unit):
                continue
            if batch and (len(batch) >= _UNITS or size + unit.size > _BYTES):
                yield self.task(batch)
                batch, size = [], 0
            batch.append(unit)
            size += unit.size
            if len(self.queue) >= _INPUTS:
                yield self._judging()
        if batch:
            yield self.task(batch)
        yield from self.rest()

    def rest(self) -> Iterator[FleetTask]:
        """Yield what is left to be judged, and the parts of tasks whose worker was killed."""
        while self.queue or self.again:
            yield self.again.popleft() if self.again else self._judging()

    def expect(self, path: str) -> None:
        """Make a row for a folder that was named and holds no machine."""
        if path not in self._named and Path(path).is_dir() and path not in self.store.tops():
            self._unreadable(Unreadable(path, "no machine in it"))

    def task(self, units: Sequence[Unit]) -> FleetTask:
        """Return a task that surveys units."""
        return FleetTask(tuple(units), (), self.options, self._run)

    def _judging(self) -> FleetTask:
        count = min(_INPUTS, len(self.queue))
        return FleetTask(
            (), tuple(self.queue.popleft() for _ in range(count)), self.options, self._run
        )

    def _keep(self, result: TaskResult) -> None:
        if result.lost is not None:
            self._split(result.lost)
        for surveyed in result.units:
            self.store.add_unit(surveyed.unit, surveyed.machines)
            for machine in surveyed.machines:
                if self.watch is not None:
                    self.watch(machine.path)
        for key, judgement in result.judgements:
            self.store.add_judgement(key, judgement)
        for inputs in result.inputs:
            if inputs.key not in self._asked and not self.store.knows(inputs.key):
                self._asked.add(inputs.key)
                self.queue.append(inputs)

    def _split(self, task: FleetTask) -> None:
        """Do a lost task in parts; one that cannot be parted gets the loss as its result."""
        if len(task.units) + len(task.inputs) > 1:
            self.again += (task._replace(units=(unit,), inputs=()) for unit in task.units)
            self.again += (task._replace(units=(), inputs=(one,)) for one in task.inputs)
            return
        for unit in task.units:
            row = _bare(unit.name, KILLED)
            self._keep(TaskResult(units=(SurveyedUnit(unit._replace(state=""), (row,)),)))
        for one in task.inputs:
            self.store.add_judgement(one.key, Judgement(None, None, None, (KILLED,)))

    def _unreadable(self, what: Unreadable) -> None:
        self._named.add(what.path)
        unit = Unit(what.path, ("",), named=True)
        self.store.add_unit(unit, (_bare(what.path, f"{what.path}: {what.reason}"),))


def _bare(path: str, error: str) -> Surveyed:
    prints = Fingerprints(raw_fingerprint(()), "", "")
    return Surveyed(path, MachineIdentity(), (), prints, "", (error,))
