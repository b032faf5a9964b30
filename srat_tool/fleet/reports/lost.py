"""Machines on which Linux loses NUMA, memory tiers or the boot, and why."""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.fleet.reports.answer import Cell, FleetReport, Question
from srat_tool.fleet.row import FleetPlan, FleetRow

COLUMNS = ("path", "host", "vendor", "product", "bios_version", "lost", "why")


def answer(question: Question) -> FleetReport:
    """Return one row for each thing that a machine loses."""
    rows = [
        (row.path, *row.identity[:4], what, why)
        for row in (stored.row for stored in question.database.rows())
        if row.plan is not None
        for what, why in losses(row, row.plan)
    ]
    cells: tuple[tuple[Cell, ...], ...] = tuple(rows)
    return FleetReport("lost", COLUMNS, cells, "no machine loses NUMA, tiers or the boot")


def losses(row: FleetRow, plan: FleetPlan) -> Iterator[tuple[str, str]]:
    """Yield what is lost of what the tables declare, and why."""
    signatures = {table.signature for table in row.tables}
    if plan.crash is not None:
        yield "boot", plan.crash
        return
    if plan.numa != "srat" and "SRAT" in signatures:
        yield "NUMA", plan.rejected or "NUMA is turned off"
    elif plan.tiers_algorithm != "hmat" and "HMAT" in signatures:
        yield "tiers", plan.tiers_why
