"""What removable nodes leave to the kernel, and what speaks against them."""

from __future__ import annotations

from srat_tool.base.units import GIB
from srat_tool.plan.candidate import planned, undecided
from srat_tool.plan.node_costs import bytes_by_node, node_costs, warnings
from srat_tool.plan.plan import Plan
from srat_tool.tables.srat import Srat
from tests.machines import cpu, mem, srat
from tests.plan.series import series_machine


def _plan(table: Srat) -> Plan:
    inputs = undecided(series_machine(table, "nokaslr", "6.1"))
    return planned(inputs, "movable_node", ()).plan


def _warnings(table: Srat, *nodes: int) -> str:
    plan = _plan(table)
    costs = list(node_costs(plan))
    kernel, movable = sum(cost.kernel for cost in costs), sum(cost.movable for cost in costs)
    return " ".join(warnings(plan, nodes, kernel, movable))


def test_a_movable_node_keeps_nothing_for_the_kernel() -> None:
    """Its memory map is on the node that has kernel memory."""
    plan = _plan(srat(cpu(0, 0), mem(0, 0, 6 * GIB), mem(1, 6 * GIB, 14 * GIB, hot=True)))
    first, second = node_costs(plan)
    assert (first.movable, second.kernel, second.movable) == (0, 0, 8 * GIB)
    assert second.remote >= 8 * GIB // 64
    assert bytes_by_node(plan, movable=False)[0] == first.kernel


def test_nodes_without_memory_and_others_that_move_along_are_warned_of() -> None:
    """A node of hot-add ranges only is removable, and depends on how memory is brought online."""
    table = srat(
        cpu(0, 0), mem(0, 0, 6 * GIB), mem(1, 6 * GIB, 14 * GIB, hot=True),
        mem(2, 20 * GIB, 24 * GIB, hot=True),
    )  # fmt: skip
    found = _warnings(table, 2)
    assert "no memory yet" in found
    assert "memory of node 1 becomes movable as well" in found


def test_a_lopsided_machine_is_warned_of() -> None:
    """More than three times as much movable as kernel memory."""
    table = srat(mem(0, 0, 4 * GIB), mem(1, 4 * GIB, 14 * GIB, hot=True))
    assert "3:1" in _warnings(table, 1)
