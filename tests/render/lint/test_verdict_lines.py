"""Verdicts for a terminal and for programs."""

from __future__ import annotations

from srat_tool.lint.verdicts import SystemVerdict, Verdicts
from srat_tool.render.lint.verdict_lines import verdict_lines, verdicts_value
from srat_tool.render.paper.console import Paper, paint

ANSWER = Verdicts(
    (
        SystemVerdict("a.bin", "Linux 6.1", keeps_numa=True),
        SystemVerdict("a.bin", "Xen", keeps_numa=False, reason="why\x1b", entry=3),
        SystemVerdict("b.bin", "Xen", keeps_numa=None),
    ),
    (("c.bin", "empty"),),
)


def test_one_line_a_system() -> None:
    """By machine, escaped."""
    assert paint(verdict_lines(ANSWER, Paper()), Paper()).splitlines() == [
        "a.bin: which systems keep NUMA",
        "  Linux 6.1  yes",
        "  Xen        no   why\\x1b",
        "b.bin: which systems keep NUMA",
        "  Xen  unknown",
    ]
    assert not ANSWER.all_keep_numa


def test_json_has_all_of_it() -> None:
    """The entry and what could not be read, too."""
    value = verdicts_value(ANSWER)
    assert value["verdicts"][1]["entry"] == 3
    assert value["not_checked"] == [{"path": "c.bin", "reason": "empty"}]
