"""Machines of a database, read again: a report that compares needs their tables, not their rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import NamedTuple, TypeVar

from srat_tool.base.errors import SourceError, SratToolError
from srat_tool.fleet.database import Database
from srat_tool.fleet.executors import mapped
from srat_tool.fleet.machines import neutral, read_unit
from srat_tool.fleet.options import FleetOptions
from srat_tool.fleet.reports.answer import Question
from srat_tool.fleet.unit import Unit, unit_of
from srat_tool.fleet.work import KILLED
from srat_tool.sources.found import Found

Result = TypeVar("Result")

_SUBJECTS = """
SELECT s.path, s.unit, s.judgement FROM machine AS m
JOIN survey AS s ON s.path = m.path AND s.unit = m.unit WHERE m.path = ?
"""
_DISTINCT = """
SELECT MIN(s.path), COUNT(*) FROM survey AS s JOIN machine AS m
ON s.path = m.path AND s.unit = m.unit WHERE s.judgement != '' GROUP BY s.judgement
ORDER BY MIN(s.path)
"""


class Subject(NamedTuple):
    """A machine that is to be read again.

    Attributes:
        path: its name in the fleet.
        unit: its files.
        judgement: the key of its inputs.
        machines: how many have equal inputs.
        others: machines that it is to be compared with.
    """

    path: str
    unit: Unit
    judgement: str = ""
    machines: int = 1
    others: tuple[Subject, ...] = ()


def subject(database: Database, path: str) -> Subject:
    """Return a machine by its name."""
    ((name, unit, judgement),) = database.query(_SUBJECTS, (path,))
    return Subject(name, database.unit(unit), judgement)


def distinct(database: Database) -> list[Subject]:
    """Return one machine for each set of equal inputs."""
    return [
        subject(database, path)._replace(machines=count)
        for path, count in list(database.query(_DISTINCT))
    ]


def inputs_of(one: Subject, options: FleetOptions) -> Found:
    """Read a machine again.

    Raises:
        SourceError: when its files have changed since, or are gone.
    """
    if one.unit.state and unit_of(one.unit.top, one.unit.members).state != one.unit.state:
        raise SourceError("has changed since it was read", where=one.path, hint="reading it again")
    for machine in read_unit(one.unit, options.budget):
        if machine.path == one.path:
            return neutral(machine.found)
    raise SourceError("is not there any more", where=one.path, hint="reading it again")


class SubjectResult(NamedTuple):
    """What became of a machine: a result or an error."""

    subject: Subject
    result: object
    error: str | None


def each(
    work: Callable[[Found, FleetOptions, Subject], Result],
    subjects: Iterable[Subject],
    question: Question,
) -> Iterator[tuple[Subject, Result | None, str | None]]:
    """Yield for each machine what a function of its inputs gives, or why not.

    Args:
        work: a function of a module: of inputs, options and the machine.
        subjects: the machines.
        question: whose options count.
    """
    work_on = partial(_done, work, question.options)
    for outcome in mapped(work_on, subjects, question.options, _lost):
        if question.watch is not None:
            question.watch(outcome.subject.path)
        yield outcome.subject, outcome.result, outcome.error  # type: ignore[misc] # of `work`


def _lost(one: Subject) -> SubjectResult:
    return SubjectResult(one, None, f"{one.path}: {KILLED}")


def _done(
    work: Callable[[Found, FleetOptions, Subject], object], options: FleetOptions, one: Subject
) -> SubjectResult:
    try:
        with options.budget.in_force():
            return SubjectResult(one, work(inputs_of(one, options), options, one), None)
    except SratToolError as error:
        return SubjectResult(one, None, error.message)
