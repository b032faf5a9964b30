"""Rows: sums and the status."""

from __future__ import annotations

from pathlib import Path

from srat_tool.base.units import GIB
from srat_tool.fleet.rows import fleet
from tests.fleet.fleets import make_fleet
from tests.fleet.tables import Shape, slit


def test_tables_without_a_plan_are_incomplete(tmp_path: Path) -> None:
    """Nothing shows how much RAM there is: that is no machine that could not be read."""
    (tmp_path / "SLIT").write_bytes(slit(Shape()))
    (row,) = fleet(tmp_path)
    assert (row.plan, row.status) == (None, "incomplete")
    assert "no memory to plan" in row.errors[0]


def test_sums_and_status(tmp_path: Path) -> None:
    """Sums are those of the nodes; a broken archive has errors and no plan."""
    truth = make_fleet(tmp_path, machines=4, configurations=2, drifts=0, broken=1)
    for row in fleet(tmp_path):
        assert row.status == ("error" if row.path in truth.broken else "ok")
        if row.plan is not None and not truth.shapes[row.path].window:
            shape = truth.shapes[row.path]
            assert len(row.plan.nodes) == shape.nodes
            assert round(row.plan.ram_bytes / GIB) == shape.nodes * shape.gib
            assert row.plan.removable_bytes == sum(n.removable_bytes for n in row.plan.nodes)
