"""Rows of words as the lines of a table: one line a row in a pipe, fitted where eyes read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from srat_tool.render.paper.console import Paper

UNKNOWN = "-"
"""What a cell holds of which nothing is known."""

_FITTED = 500
"""Rows that are fitted at once, below one heading: a fleet is never in memory whole."""


class TextRow(NamedTuple):
    """A row of a table.

    Attributes:
        cells: a word for each column, escaped.
        notes: sentences below the row, escaped.
    """

    cells: Sequence[str]
    notes: Sequence[str] = ()


class TextTable(NamedTuple):
    """A table whose rows come one after the other.

    Attributes:
        heads: names of the columns.
        rows: the rows.
        widths: characters of each column where nothing is fitted.
        right: numbers of the columns whose cells are right-aligned.
    """

    heads: Sequence[str]
    rows: Iterable[TextRow]
    widths: Sequence[int]
    right: Sequence[int]

    def lines(self, paper: Paper | None = None) -> Iterator[str]:
        """Yield its lines; fitted to a paper that folds."""
        return self._columns() if paper is None or not paper.folds else self._fitted(paper)

    def _columns(self) -> Iterator[str]:
        for row in chain([TextRow(self.heads)], self.rows):
            padded = (
                cell.rjust(width) if at in self.right else cell.ljust(width)
                for at, (cell, width) in enumerate(zip(row.cells, self.widths, strict=True))
            )
            yield f"{'  '.join(padded).rstrip()}\n"
            yield from (f"    {note}\n" for note in row.notes)

    def _fitted(self, paper: Paper) -> Iterator[str]:
        # A pipe needs no layout, and rich is slow to load.
        from srat_tool.render.paper.console import paint  # noqa: PLC0415
        from srat_tool.render.paper.tables import table  # noqa: PLC0415

        rows = iter(self.rows)
        while some := list(islice(rows, _FITTED)):
            cells = _known([row.cells for row in some])
            notes = [row.notes for row in some]
            lines = table(self.heads, cells, paper, right=self.right, indent="", notes=notes)
            yield paint(lines, paper)


def _known(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return rows without a word in the columns of which nothing is known in any of them."""
    known = [any(cell != UNKNOWN for cell in column) for column in zip(*rows, strict=True)]
    return [[cell if known[at] else "" for at, cell in enumerate(row)] for row in rows]


def fitted_sentences(lines: Iterable[str], paper: Paper | None = None) -> Iterator[str]:
    """Return sentences, escaped already, folded for a paper that folds."""
    if paper is None or not paper.folds:
        return iter(lines)
    from srat_tool.render.paper.console import fitted_text  # noqa: PLC0415

    return fitted_text(lines, paper)
