"""What a report is made from: every answer about one machine, or as many as there are."""

from __future__ import annotations

from dataclasses import dataclass

from srat_tool.base.words import plural
from srat_tool.lint.finding import Report
from srat_tool.plan.plan import Plan
from srat_tool.render.inspect.record import Inspected


@dataclass(frozen=True, slots=True, kw_only=True)
class MachineReport:
    """All answers about one machine.

    Attributes:
        title: what the inputs are called, unescaped.
        plan: what Linux does with them; None where nothing could be planned.
        no_plan: why there is none, unescaped.
        tables: the decoded tables with their bytes.
        findings: what lint reports; None where it was not asked.
    """

    title: str
    plan: Plan | None = None
    no_plan: str = ""
    tables: tuple[Inspected, ...] = ()
    findings: Report | None = None

    def __repr__(self) -> str:
        found = 0 if self.findings is None else len(self.findings.findings)
        nodes = "no plan" if self.plan is None else plural(len(self.plan.nodes), "node")
        tables = plural(len(self.tables), "table")
        return f"<MachineReport: {nodes}, {tables}, {plural(found, 'finding')}>"
