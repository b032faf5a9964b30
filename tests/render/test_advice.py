"""Advice as text and as JSON."""

from __future__ import annotations

from srat_tool.base.units import GIB
from srat_tool.plan.advise import advise
from srat_tool.render.advice import advice_lines
from srat_tool.render.paper.console import Paper, paint
from tests.machines import mem, srat
from tests.plan.series import series_machine

PAPER = Paper(width=100)
COLD = srat(mem(0, 0, 6 * GIB), mem(1, 6 * GIB, 14 * GIB))


def test_yes_with_everything_that_is_to_be_done() -> None:
    """Options, the entries to change, costs per node."""
    advice = advise(series_machine(COLD, "nokaslr", "6.1"), [1])
    text = paint(advice_lines(advice, PAPER), PAPER)
    assert text.startswith("yes: node 1 can be hot-removable with a change of the SRAT")
    assert "  boot with: movable_node\n" in text
    assert "domain 1 0x180000000-0x37fffffff: set Hot Pluggable" in text
    assert "movable to kernel memory: 2.0:1" in text


def test_no_with_the_reason_and_what_was_tried() -> None:
    """Nothing is advised that does not work."""
    advice = advise(series_machine(COLD, "nokaslr", "6.1"), [0])
    text = paint(advice_lines(advice, PAPER), PAPER)
    assert text.startswith("no: node 0 cannot be made hot-removable")
    assert "  because node 0 " in text
    assert "boot with" not in text
    assert "tried:" in text
