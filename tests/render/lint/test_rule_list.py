"""The list of all rules."""

from __future__ import annotations

import pytest

from srat_tool.lint.rules import all_rules, load
from srat_tool.render.lint.rule_list import rules_text
from srat_tool.render.paper.console import Paper


def _lines(paper: Paper) -> list[str]:
    return rules_text((load(entry) for entry in all_rules()), paper).splitlines()


def test_every_rule_has_a_line() -> None:
    """Code, severity, name and summary in columns; the last line counts."""
    *lines, last = _lines(Paper(folds=False))
    assert [line.split()[0] for line in lines] == [entry.id for entry in all_rules()]
    assert last.startswith(f"{len(list(all_rules()))} rules")
    assert len({line.index(line.split()[2]) for line in lines}) == 1


@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_a_summary_is_folded_in_a_column_of_its_own(width: int) -> None:
    """Next to its rule or below it, never half of it next to the codes and half below them."""
    lines = _lines(Paper(width=width))
    codes = {entry.id for entry in all_rules()}
    rest = [line for line in lines[:-1] if line.split()[0] not in codes]
    assert max(map(len, lines)) <= width
    assert len({len(line) - len(line.lstrip()) for line in rest}) <= 1
