"""What a report answers: rows of named cells, and whether they are findings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from srat_tool.base.units import format_size
from srat_tool.fleet.database import Database
from srat_tool.fleet.options import FleetOptions

Cell = str | int | None | tuple[str, ...]
"""A word, a number, nothing, or sentences."""

Watch = Callable[[str], None]

_SIZE = "_bytes"


def heading(column: str) -> str:
    """Return what a column is called in a table for readers."""
    return column.removesuffix(_SIZE).replace("_", " ")


def number_text(column: str, number: int) -> str:
    """Return a number of a column for readers: a size, or a count."""
    return format_size(number) if column.endswith(_SIZE) else str(number)


class FleetReport(NamedTuple):
    """The answer of a report.

    Attributes:
        name: of the report.
        columns: names of the cells; one that ends in `_bytes` is a size.
        rows: the cells of each row.
        empty: the sentence to print when there is no row.
        finds: a row means that something is wrong or differs.
        errors: what could not be compared, as sentences.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str
    finds: bool = True
    errors: tuple[str, ...] = ()

    @property
    def status(self) -> int:
        """The exit status that it means."""
        return 2 if self.errors else int(self.finds and bool(self.rows))


class Question(NamedTuple):
    """What is asked of a fleet.

    Attributes:
        database: the rows.
        words: the arguments of the report.
        options: what the rows were made with.
        watch: called with each machine that is read again.
    """

    database: Database
    words: Sequence[str]
    options: FleetOptions
    watch: Watch | None = None
