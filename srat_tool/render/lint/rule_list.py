"""All rules in one list: code, severity, name and what each checks."""

from __future__ import annotations

from collections.abc import Iterable

from srat_tool.lint.page import page
from srat_tool.lint.rule import Rule
from srat_tool.render.paper.console import Paper, fold, paint, styled
from srat_tool.render.paper.tables import table


def rules_text(rules: Iterable[type[Rule]], paper: Paper) -> str:
    """Return a row for each rule, and how many there are at the end."""
    rows = [(rule.id, rule.severity.label, rule.name, page(rule).summary) for rule in rules]
    count = f"{len(rows)} rules; srattool lint --explain ID prints the page of one"
    return paint([*table((), rows, paper, indent=""), *fold(styled(count), paper)], paper)
