"""Plans and what follows from them, from Python."""

from __future__ import annotations

import pytest

from srat_tool.api.machine import load
from srat_tool.api.options import PlanOptions
from srat_tool.api.planning import advise, compare, diff, explain, plan
from srat_tool.base.errors import BootOptionError, SratToolError
from srat_tool.base.units import GIB
from srat_tool.plan.explain import Step
from srat_tool.plan.series2013.section import SeriesWalk
from srat_tool.sources.examples import find_example
from tests.support import ROOT

RISER = find_example("two-sockets-removable-riser")
SERIES = load(RISER, PlanOptions(movablecore="acpi"))
MAINLINE = load(RISER, PlanOptions(movable_node=True, kernel="6.12"))


def test_a_plan_in_three_lines() -> None:
    """Load, plan, ask."""
    made = plan(SERIES)
    assert [start.nid for start in made.movable_start] == [1, 2]
    assert repr(made).startswith("<Plan for kernel acpi2013: 3 nodes (from srat), ZONE_MOVABLE")


def test_an_explanation_of_one_thing_is_a_chain() -> None:
    """The walk through the series is only for whoever asks about nothing."""
    chain = explain(MAINLINE, "node1")
    assert isinstance(chain, Step)
    assert chain.text.startswith("node 1")
    assert isinstance(explain(SERIES), SeriesWalk)
    everything = explain(MAINLINE)
    assert isinstance(everything, Step)
    assert len(everything.steps) == 3


def test_what_is_no_target() -> None:
    """Our own error, for callers to catch."""
    with pytest.raises(SratToolError, match="expected one of 0-2"):
        explain(MAINLINE, "9")


def test_policies() -> None:
    """Side by side."""
    compared = compare(MAINLINE)
    assert "movable_node on 6.12" in repr(compared)


def test_sizes_are_numbers_or_words() -> None:
    """`4G` is 4 GiB."""
    assert advise(MAINLINE, [1], "4G") == advise(MAINLINE, [1], 4 * GIB)
    guest = load(RISER, PlanOptions(movable_node=True, kernel="6.12", hardware="virtual"))
    assert repr(advise(guest, [1])) == "<Advice for nodes 1 on kernel 6.12: movable_node>"
    assert advise(MAINLINE, [1]).because == (
        "memory block 16 and 1 more cannot go offline (it has memory of node 0 and node 1)",
    )
    with pytest.raises(SratToolError, match="--kernel-memory"):
        advise(MAINLINE, [1], "much")


def test_differences_of_tables_and_plans() -> None:
    """One machine under one kernel has none."""
    assert diff(MAINLINE, MAINLINE).changes == ()
    other = load(find_example("all-hotpluggable"), PlanOptions(kernel="6.12"))
    found = diff(MAINLINE, other, ("old", "new"))
    assert found.changes
    assert found.effects
    assert (found.before, found.after) == ("old", "new")


def test_tables_that_cannot_be_planned_are_compared() -> None:
    """With the reason why nothing is known of the effects; a wrong option stays an error."""
    raw = load(ROOT / "fixtures/bin/two-sockets-removable-riser")
    found = diff(MAINLINE, raw)
    assert found.effects is None or found.kernel
    wrong = load(RISER, PlanOptions(kernel="no-such-kernel"))
    with pytest.raises(BootOptionError):
        diff(wrong, wrong)
