"""The interactive report of each machine of a fleet, as files next to the fleet's own page.

Machines with equal inputs share one file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from srat_tool.base.errors import SratToolError
from srat_tool.fleet.html_page import anchor
from srat_tool.fleet.judge import findings_of
from srat_tool.fleet.options import FleetOptions
from srat_tool.fleet.reports.answer import Question
from srat_tool.fleet.reports.subjects import Subject, distinct, each
from srat_tool.fleet.survey import machine_of_inputs
from srat_tool.grammar.registry import decode
from srat_tool.plan.pipeline import make_plan
from srat_tool.plan.plan import Plan
from srat_tool.render.inspect.record import Inspected
from srat_tool.render.report.as_page import machine_page
from srat_tool.render.report.value import MachineReport
from srat_tool.sources.found import Found


class MachinePage(NamedTuple):
    """The page of all machines with equal inputs.

    Attributes:
        judgement: the key of these inputs.
        html: the page; empty where it could not be made.
        error: why it could not be made.
    """

    judgement: str
    html: str
    error: str | None

    @property
    def name(self) -> str:
        """The name of its file."""
        return page_name(self.judgement)


def page_name(judgement: str) -> str:
    """Return the name of the file with the page of a judgement."""
    return f"{anchor(judgement)}.html"


def machine_pages(question: Question) -> Iterator[MachinePage]:
    """Yield a page for each set of equal inputs, one at a time; the machines are read again."""
    for one, html, error in each(_page, distinct(question.database), question):
        yield MachinePage(one.judgement, html or "", error)


def _page(found: Found, options: FleetOptions, one: Subject) -> str:
    plan, no_plan = _plan(found, options)
    tables = tuple(Inspected(raw, decode(raw.data)) for raw in found.tables)
    report = MachineReport(
        title=one.path,
        plan=plan,
        no_plan=no_plan,
        tables=tables,
        findings=findings_of(found, options) if found.tables else None,
    )
    return machine_page(report)


def _plan(found: Found, options: FleetOptions) -> tuple[Plan | None, str]:
    try:
        return make_plan(machine_of_inputs(found, options)), ""
    except SratToolError as error:
        return None, error.message
