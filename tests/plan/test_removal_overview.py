"""Each node: removable now, with which options, or why never."""

from __future__ import annotations

from srat_tool.base.units import GIB
from srat_tool.plan.removal_overview import removal_overview
from tests.machines import cpu, mem, srat
from tests.plan.support import machine

HOT = srat(cpu(0, 0), cpu(1, 1), mem(0, 0, 5 * GIB), mem(1, 5 * GIB, 6 * GIB, hot=True))
COLD = srat(cpu(0, 0), cpu(1, 1), mem(0, 0, 5 * GIB), mem(1, 5 * GIB, 6 * GIB))


def test_an_option_is_enough_where_the_table_says_hot() -> None:
    """It costs what only movable data can use then."""
    image, hot = removal_overview(machine(HOT)).nodes
    assert (hot.now, hot.options, hot.edits, hot.cost) == ("no", ("movable_node",), 0, GIB)
    assert image.options == ()
    assert image.never is not None
    assert "kernel image" in image.never


def test_else_the_table_has_to_change() -> None:
    """One entry of node 1."""
    _, cold = removal_overview(machine(COLD)).nodes
    assert (cold.options, cold.edits) == (("movable_node",), 1)


def test_what_is_removable_needs_nothing() -> None:
    """The option is on the command line already."""
    _, hot = removal_overview(machine(HOT, "nokaslr movable_node")).nodes
    assert (hot.now, hot.options, hot.never) == ("yes", (), None)


def test_a_kernel_without_any_option() -> None:
    """Nothing helps there."""
    rows = removal_overview(machine(HOT, profile="3.10")).nodes
    assert all(row.never is not None for row in rows if row.now != "yes")
