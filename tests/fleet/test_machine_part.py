"""The part of a page that shows one machine."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from srat_tool.fleet.machine_part import machine_part
from srat_tool.fleet.rows import fleet
from tests.fleet.asked import ALONE
from tests.fleet.fleets import make_fleet


def test_it_has_what_the_row_has(tmp_path: Path) -> None:
    """Nodes, windows, rules, verify, digests; errors alone for a broken one."""
    make_fleet(tmp_path, machines=2, configurations=2, drifts=0, broken=1, reports=2)
    broken, *rows = fleet(tmp_path, ALONE)
    for row in rows:
        part = machine_part(row, "m-1")
        assert row.plan is not None
        assert row.lint is not None
        assert part.startswith('<div class="machine" id="m-1">')
        assert all(table.sha256 in part for table in row.tables)
        assert all(hex(window.start) in part for window in row.plan.windows)
        assert all(rule in part for rule in row.lint.rules)
        assert "verify: equal" in part
        assert f"{len(row.plan.assumptions)} assumptions" in part
    assert "ends too early" in machine_part(broken, "m-2")


def test_names_are_data(tmp_path: Path) -> None:
    """No tag of a file name reaches the page."""
    make_fleet(tmp_path, machines=1, configurations=1, drifts=0, broken=0)
    (row,) = fleet(tmp_path, ALONE)
    evil = "<script>alert(1)</script>"
    part = machine_part(replace(row, path=evil, errors=(evil,)), "m-1")
    assert evil not in part
    assert "&lt;script&gt;" in part
