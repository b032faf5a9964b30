"""Questions about small fleets, for the tests of reports."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from srat_tool.fleet.options import FleetOptions
from srat_tool.fleet.reports.answer import FleetReport, Question
from srat_tool.fleet.reports.catalogue import report
from srat_tool.fleet.rows import opened_fleet

ALONE = FleetOptions(jobs=1)


@contextmanager
def question(folder: Path, *words: str, options: FleetOptions = ALONE) -> Iterator[Question]:
    """Provide a question about the machines of a folder."""
    with opened_fleet([str(folder)], options) as whole:
        yield Question(whole, words, options)


def asked(name: str, folder: Path, *words: str) -> FleetReport:
    """Return the answer of a report about the machines of a folder."""
    with question(folder, *words) as one:
        return report(name, one)


def cells(found: FleetReport, *columns: str) -> list[tuple[object, ...]]:
    """Return some columns of a report."""
    places = [found.columns.index(column) for column in columns]
    return [tuple(row[at] for at in places) for row in found.rows]
