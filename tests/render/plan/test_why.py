"""The answer to why as text."""

from __future__ import annotations

from dataclasses import replace

from srat_tool.plan.explain import Step
from srat_tool.plan.why import why
from srat_tool.render.paper.console import Paper, paint
from srat_tool.render.plan.why import why_lines
from tests.plan.support import machine
from tests.plan.test_removal_overview import HOT

PAPER = Paper(width=120)


def test_conclusion_then_remedy_then_chain() -> None:
    """The first two lines answer the question."""
    text = paint(why_lines(why(machine(HOT), "node1"), PAPER), PAPER).splitlines()
    assert text[0].startswith("Node 1 cannot be removed")
    assert "Remedy: boot with movable_node." in text
    assert any(line.startswith("node 1: 1G of RAM") for line in text)


def test_the_answer_fits_a_screen_unless_it_is_asked_for_whole() -> None:
    """Long lists of links are cut, and the cut names the option that shows them."""
    many = Step(
        "node 0", steps=tuple(Step(f"part {n}", steps=(Step("link"),) * 20) for n in range(5))
    )
    answer = replace(why(machine(HOT), "node1"), chain=many)
    lines = why_lines(answer, PAPER)
    assert len(lines) <= 40
    assert "--details" in paint(lines, PAPER)
    assert len(why_lines(answer, PAPER, everything=True)) > 100
