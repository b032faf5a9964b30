"""Every answer under movablecore=acpi names the option of released kernels."""

from __future__ import annotations

from srat_tool.plan.pipeline import make_plan
from srat_tool.plan.why import why
from tests.plan.series import series_machine

NOTE = "no released kernel has movablecore=acpi; movable_node on kernel "


def test_the_plan_and_what_is_made_of_it_say_so() -> None:
    """With what movable_node makes movable on this machine."""
    notes = [a.why for a in make_plan(series_machine()).assumptions if a.why.startswith(NOTE)]
    assert len(notes) == 1
    assert notes[0].endswith(" movable")
    assert any(NOTE in assumed for assumed in why(series_machine(), "node1").assumptions)


def test_without_the_option_there_is_nothing_to_say() -> None:
    """A kernel with the series may boot without it."""
    made = make_plan(series_machine(cmdline=""))
    assert not any(a.why.startswith(NOTE) for a in made.assumptions)
