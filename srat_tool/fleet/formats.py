"""The rows of a fleet as text: a table, JSON Lines or CSV, written as they come."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from srat_tool.base.csv_record import csv_record
from srat_tool.base.text import printable
from srat_tool.base.units import format_size
from srat_tool.base.words import plural
from srat_tool.fleet.as_value import row_value
from srat_tool.fleet.database import COLUMNS, FleetCounts, machine_values
from srat_tool.fleet.row import FleetRow
from srat_tool.fleet.text_table import TextRow, TextTable

if TYPE_CHECKING:
    from srat_tool.render.paper.console import Paper

_HEADINGS = (
    "topology",
    "kernel",
    "nodes",
    "RAM",
    "movable",
    "removable",
    "windows",
    "tiers",
    "lint",
    "verify",
    "status",
    "machine",
)
_RIGHT = (2, 3, 4, 5, 6, 7)
_WIDTHS = (8, 8, 5, 7, 7, 9, 7, 5, 9, 11, 10, 0)
_SHORT = 8
_EXTRA = ("tables", "lint_rules", "errors")


def table_lines(rows: Iterable[FleetRow], paper: Paper | None = None) -> Iterator[str]:
    """Yield the rows of machines, each with its errors; fitted to a paper that folds."""
    cells = (
        TextRow(_cells(row), [f"error: {printable(error)}" for error in row.errors]) for row in rows
    )
    return TextTable(_HEADINGS, cells, _WIDTHS, _RIGHT).lines(paper)


def counts_line(counts: FleetCounts) -> str:
    """Return the sums of a fleet as one sentence."""
    parts = [
        plural(counts.machines, "machine"),
        f"{counts.topologies} different topologies" if counts.topologies != 1 else "one topology",
    ]
    if counts.faulty:
        parts.append(f"{counts.faulty} with lint errors")
    if counts.different:
        parts.append(f"{counts.different} where a kernel differs from its plan")
    if counts.unread:
        parts.append(f"{counts.unread} that could not be read or planned completely")
    return ", ".join(parts)


def _cells(row: FleetRow) -> tuple[str, ...]:
    plan, lint = row.plan, row.lint
    shown = (
        ("-",) * 7
        if plan is None
        else (
            plan.kernel.profile,
            str(len(plan.nodes)),
            format_size(plan.ram_bytes),
            format_size(plan.movable_bytes),
            format_size(plan.removable_bytes),
            str(len(plan.windows)),
            str(len(plan.tiers)),
        )
    )
    findings = "-" if lint is None else f"{lint.errors}/{lint.warnings}/{lint.infos}"
    verdict = "-" if row.verify is None else row.verify.verdict
    topology = row.fingerprints.topology[:_SHORT] or "-"
    return (topology, *shown, findings, verdict, row.status, printable(row.path))


def jsonl_lines(rows: Iterable[FleetRow]) -> Iterator[str]:
    """Yield one JSON document a line."""
    for row in rows:
        yield f"{json.dumps(row_value(row), ensure_ascii=False)}\n"


def csv_lines(rows: Iterable[FleetRow]) -> Iterator[str]:
    """Yield one record a machine; what is a list in JSON is a cell of words."""
    yield csv_record((*COLUMNS, *_EXTRA))
    for row in rows:
        tables = " ".join(f"{table.signature}:{table.sha256}" for table in row.tables)
        rules = " ".join(row.lint.rules) if row.lint is not None else None
        yield csv_record((*machine_values(row), tables, rules, "; ".join(row.errors)))


FORMATS: dict[str, Callable[[Iterable[FleetRow]], Iterator[str]]] = {
    "table": table_lines,
    "jsonl": jsonl_lines,
    "csv": csv_lines,
}
