"""A report as text: the plan, then the counts of its findings."""

from __future__ import annotations

from rich.text import Text

from srat_tool.render.lint.finding_lines import counts
from srat_tool.render.paper.console import Paper, fold, sentence, styled
from srat_tool.render.paper.theme import ERROR
from srat_tool.render.plan.plan import plan_lines
from srat_tool.render.report.value import MachineReport


def report_lines(report: MachineReport, paper: Paper, *, everything: bool = False) -> list[Text]:
    """Return the plan, or why there is none, and how many findings there are."""
    if report.plan is not None:
        lines = plan_lines(report.plan, paper, everything=everything)
    else:
        lines = fold(sentence(("no plan", ERROR), f": {report.no_plan}"), paper, hanging=2)
    if report.findings is not None:
        lines += fold(styled(f"findings: {counts(report.findings)}"), paper, hanging=2)
    return lines
