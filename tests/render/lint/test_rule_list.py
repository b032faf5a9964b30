"""The list of all rules."""

from __future__ import annotations

from srat_tool.lint.rules import all_rules, load
from srat_tool.render.lint.rule_list import rule_lines


def test_every_rule_has_a_line() -> None:
    """Code, severity, name and summary in columns; the last line counts."""
    *lines, last = rule_lines(load(entry) for entry in all_rules())
    assert [line.split()[0] for line in lines] == [entry.id for entry in all_rules()]
    assert last.startswith(f"{len(list(all_rules()))} rules")
    assert len({line.index(line.split()[2]) for line in lines}) == 1
