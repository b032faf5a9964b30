"""A report as text."""

from __future__ import annotations

from srat_tool.render.paper.console import Paper, paint
from srat_tool.render.report.as_text import report_lines
from srat_tool.render.report.value import MachineReport
from tests.render.samples import laptop


def test_the_plan_or_why_there_is_none() -> None:
    """What a terminal can show of a page."""
    paper = Paper()
    text = paint(report_lines(MachineReport(title="x", plan=laptop()), paper), paper)
    assert text.startswith("1 node, ")
    none = MachineReport(title="x", no_plan="no memory to plan")
    assert paint(report_lines(none, paper), paper) == "no plan: no memory to plan\n"
