"""Machines with a node that can be removed now, or with a boot option, or with a changed SRAT."""

from __future__ import annotations

from srat_tool.base.words import runs
from srat_tool.fleet.options import FleetOptions
from srat_tool.fleet.reports.answer import Cell, FleetReport, Question
from srat_tool.fleet.reports.subjects import Subject, distinct, each
from srat_tool.fleet.survey import machine_of_inputs
from srat_tool.plan.removal_overview import NodeOverview, removal_overview
from srat_tool.sources.found import Found

COLUMNS = (
    *("path", "host", "vendor", "product", "kernel", "nodes", "when", "removable_bytes"),
    *("options", "edits"),
)
_MACHINES = """
SELECT m.path, m.host, m.vendor, m.product, m.kernel, s.judgement FROM machine AS m
JOIN survey AS s ON s.path = m.path AND s.unit = m.unit WHERE s.judgement != '' ORDER BY m.path
"""
Freed = tuple[tuple[str, str, int, tuple[str, ...], int], ...]
"""Nodes, when they can be removed, their bytes, the options for that, and the edits of the SRAT."""


def answer(question: Question) -> FleetReport:
    """Return a row for each machine and each way to remove nodes of it."""
    database = question.database
    ways: dict[str, Freed] = {}
    errors: list[str] = []
    for one, found, error in each(freed, distinct(database), question):
        if found is None:
            errors.append(error or one.path)
        else:
            ways[one.judgement] = found
    rows: list[tuple[Cell, ...]] = [
        (path, host, vendor, product, kernel, *way)
        for path, host, vendor, product, kernel, judgement in database.query(_MACHINES)
        for way in ways.get(judgement, ())
    ]
    empty = "no node of any machine can be removed"
    return FleetReport("removable", COLUMNS, tuple(rows), empty, finds=False, errors=tuple(errors))


def freed(found: Found, options: FleetOptions, one: Subject) -> Freed:
    """Return the nodes of one machine that can be removed, those in the same way together."""
    del one
    nodes = removal_overview(machine_of_inputs(found, options)).nodes
    groups: dict[tuple[str, tuple[str, ...]], list[NodeOverview]] = {}
    for node in nodes:
        when = _when(node)
        if when is not None:
            groups.setdefault((when, node.options), []).append(node)
    return tuple(
        (
            runs(node.nid for node in some),
            when,
            sum(node.bytes for node in some),
            how,
            sum(node.edits for node in some),
        )
        for (when, how), some in groups.items()
    )


def _when(node: NodeOverview) -> str | None:
    if node.now == "yes":
        return "now"
    if node.never is not None or not node.options:
        return None
    return "with a changed SRAT" if node.edits else "with boot options"
