"""A report, or a part of it, as a page: the HTML of every answer that has data for the script."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from srat_tool.base.text import printable
from srat_tool.lint.finding import Report
from srat_tool.plan.plan import Plan
from srat_tool.render.inspect.record import Inspected, Inspection
from srat_tool.render.look import DEFAULT, Look
from srat_tool.render.report.finding_data import findings_value
from srat_tool.render.report.page import page, verdict_html
from srat_tool.render.report.plan_data import plan_value
from srat_tool.render.report.table_data import Layouts, table_values
from srat_tool.render.report.value import MachineReport


def machine_page(report: MachineReport, _look: Look = DEFAULT) -> str:
    """Return the whole report."""
    sentences = [["no plan", printable(report.no_plan)]] if report.no_plan else []
    return _page(report.title, report.plan, report.tables, report.findings, sentences)


def plan_page(plan: Plan, look: Look = DEFAULT) -> str:
    """Return the part of a report that needs the plan only."""
    return _page(look.title, plan, (), None, [])


def inspection_page(inspection: Iterable[Inspected], look: Look = DEFAULT) -> str:
    """Return the part of a report that shows tables and their bytes."""
    tables = tuple(inspection)
    account = inspection.account if isinstance(inspection, Inspection) else ()
    sentences = [["", "; ".join(one.raw.title for one in tables)], *(["", a] for a in account)]
    return _page(look.title, None, tables, None, sentences)


def findings_page(report: Report, look: Look = DEFAULT) -> str:
    """Return the part of a report that shows findings, with the bytes of the tables."""
    from srat_tool.grammar.registry import decode  # noqa: PLC0415 - lint's other formats need none

    tables = tuple(Inspected(raw, decode(raw.data)) for raw in report.checked)
    return _page(look.title, None, tables, report, [])


def _page(
    title: str,
    plan: Plan | None,
    tables: tuple[Inspected, ...],
    findings: Report | None,
    sentences: list[list[str]],
) -> str:
    layouts = Layouts()
    shown = None if plan is None else plan_value(plan)
    data: dict[str, Any] = {
        "plan": shown,
        "tables": table_values(tables, layouts),
        "layouts": layouts.rows,
        "findings": None if findings is None else findings_value(findings, tables),
    }
    facts: list[list[str]] = []
    if shown is not None:
        sentences = [*shown.pop("verdict"), *sentences]
        facts = shown.pop("facts")
    elif data["findings"] is not None and not sentences:
        sentences = [["", data["findings"]["counts"]]]
    return page(title, verdict_html(sentences, facts), data=data)
