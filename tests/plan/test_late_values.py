"""Values of the time after the zones."""

from __future__ import annotations

from srat_tool.kernel.access import Coordinate
from srat_tool.plan.late_values import NodeAccess


def test_access_sorts_by_node_and_class() -> None:
    """That is the order of every view."""
    second = NodeAccess(1, 0, (0,), Coordinate(1, 1, 1, 1))
    assert sorted([second, NodeAccess(0, 1, (), Coordinate())])[1] is second
