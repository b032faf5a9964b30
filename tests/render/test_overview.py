"""Each node's removability as text."""

from __future__ import annotations

from srat_tool.plan.removal_overview import removal_overview
from srat_tool.render.overview import overview_lines
from srat_tool.render.paper.console import Paper, paint
from tests.plan.support import machine
from tests.plan.test_removal_overview import HOT

PAPER = Paper(width=120)


def test_a_row_per_node() -> None:
    """Now, with what, and the reason."""
    text = paint(overview_lines(removal_overview(machine(HOT)), PAPER), PAPER)
    assert text.startswith("0 of 2 nodes with memory removable now, kernel ")
    rows = [line.split()[:4] for line in text.splitlines()]
    assert ["0", "3G", "no", "nothing"] in rows
    assert ["1", "1G", "no", "movable_node"] in rows
