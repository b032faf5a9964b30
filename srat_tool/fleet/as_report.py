"""Reports as text, JSON Lines or CSV."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from srat_tool.base.csv_record import csv_record
from srat_tool.base.text import printable
from srat_tool.fleet.duck import SqlAnswer
from srat_tool.fleet.reports.answer import Cell, FleetReport, heading, number_text
from srat_tool.fleet.text_table import TextRow, TextTable, fitted_sentences

if TYPE_CHECKING:
    from srat_tool.render.paper.console import Paper

SCHEMA = "srattool.fleet-report/1"
_SHORT = 12
_SQL = "sql"
_DIGEST = "topology"
_SAME = frozenset({"same", "changed"})


def report_text(report: FleetReport, paper: Paper | None = None) -> Iterator[str]:
    """Yield a table, fitted to a paper that folds; sentences follow their row, indented."""
    if report.rows:
        yield from _table(report).lines(paper)
    else:
        yield f"{report.empty}\n"
    errors = (f"error: {printable(error)}\n" for error in report.errors)
    yield from fitted_sentences(errors, paper)


def _table(report: FleetReport) -> TextTable:
    lists = {
        at
        for at, _ in enumerate(report.columns)
        if any(isinstance(row[at], tuple) for row in report.rows)
    }
    names = [(at, name) for at, name in enumerate(report.columns) if at not in lists]
    heads = [heading(name) for _, name in names]
    cells = [[_shown(name, row[at]) for at, name in names] for row in report.rows]
    widths = [max(map(len, column)) for column in zip(heads, *cells, strict=True)]
    right = [
        column
        for column, (at, _) in enumerate(names)
        if all(isinstance(row[at], int | None) for row in report.rows)
    ]
    notes = (
        [
            f"{heading(report.columns[at])}: {printable(sentence)}"
            for at in sorted(lists)
            for sentence in row[at] or ()  # type: ignore[union-attr] # a tuple by its column
        ]
        for row in report.rows
    )
    return TextTable(heads, map(TextRow, cells, notes), widths, right)


def _shown(name: str, cell: Cell) -> str:
    if cell is None:
        return "-"
    if isinstance(cell, int):
        return number_text(name, cell)
    text = printable(str(cell))
    return text[:_SHORT] if name == _DIGEST and text not in _SAME else text


def sql_report(answer: SqlAnswer) -> FleetReport:
    """Return what a query gave as a report; it is data, and finds nothing."""
    rows = tuple(tuple(_cell(value) for value in row) for row in answer.rows)
    return FleetReport(_SQL, answer.columns, rows, "no row", finds=False)


def _cell(value: Any) -> Cell:
    if isinstance(value, list | tuple):
        return tuple(str(one) for one in value)
    return value if value is None or isinstance(value, int | str) else str(value)


def report_jsonl(report: FleetReport) -> Iterator[str]:
    """Yield one JSON document for each row, and one for each error."""
    for row in report.rows:
        yield f"{json.dumps(report_value(report, row), ensure_ascii=False)}\n"
    for error in report.errors:
        value = {"schema": SCHEMA, "report": report.name, "error": printable(error)}
        yield f"{json.dumps(value, ensure_ascii=False)}\n"


def report_value(report: FleetReport, row: tuple[Cell, ...]) -> dict[str, Any]:
    """Return a row as JSON values."""
    cells = {name: _value(cell) for name, cell in zip(report.columns, row, strict=True)}
    return cells if report.name == _SQL else {"schema": SCHEMA, "report": report.name, **cells}


def _value(cell: Cell) -> Any:
    if isinstance(cell, tuple):
        return [printable(sentence) for sentence in cell]
    return printable(cell) if isinstance(cell, str) else cell


def report_csv(report: FleetReport) -> Iterator[str]:
    """Yield one record a row; sentences of a cell are joined with semicolons."""
    yield csv_record(report.columns)
    for row in report.rows:
        yield csv_record(tuple(_joined(cell) for cell in row))


def _joined(cell: Cell) -> str | int | None:
    return printable("; ".join(cell)) if isinstance(cell, tuple) else cell


REPORT_FORMATS: dict[str, Callable[[FleetReport], Iterator[str]]] = {
    "table": report_text,
    "jsonl": report_jsonl,
    "csv": report_csv,
}
