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
        "a.bin: NUMA kept by Linux 6.1; lost on Xen",
        "  Linux 6.1  yes",
        "  Xen        no   why\\x1b",
        "b.bin: NUMA unknown on Xen",
        "  Xen  unknown",
    ]
    assert not ANSWER.all_keep_numa


def test_releases_that_agree_are_one_line() -> None:
    """A reason that five releases share is read once."""
    lost = [SystemVerdict("a", f"Linux {n}", keeps_numa=False, reason="why") for n in (4, 5, 6)]
    kept = SystemVerdict("a", "Linux 7", keeps_numa=True)
    assert paint(verdict_lines(Verdicts((*lost, kept)), Paper()), Paper()).splitlines() == [
        "a: NUMA kept by Linux 7; lost on Linux 4 5 6",
        "  Linux 4 5 6  no   why",
        "  Linux 7      yes",
    ]


def test_json_has_all_of_it() -> None:
    """The entry and what could not be read, too."""
    value = verdicts_value(ANSWER)
    assert value["verdicts"][1]["entry"] == 3
    assert value["not_checked"] == [{"path": "c.bin", "reason": "empty"}]
