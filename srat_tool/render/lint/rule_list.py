"""All rules in one list: code, severity, name and what each checks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from srat_tool.lint.page import page
from srat_tool.lint.rule import Rule


def rule_lines(rules: Iterable[type[Rule]]) -> Iterator[str]:
    """Yield one line for each rule, and how many there are at the end."""
    rows = [(rule.id, rule.severity.label, rule.name, page(rule).summary) for rule in rules]
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(3)]
    for *cells, summary in rows:
        aligned = "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
        yield f"{aligned}  {summary}".rstrip()
    yield f"{len(rows)} rules; srattool lint --explain ID prints the page of one"
