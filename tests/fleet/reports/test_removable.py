"""Nodes that can be removed, as `advise` reports them."""

from __future__ import annotations

from pathlib import Path

from srat_tool.api.machine import load
from srat_tool.api.planning import overview
from srat_tool.base.words import runs
from tests.fleet.asked import asked, cells
from tests.fleet.fleets import make_fleet


def test_it_is_what_advise_says(tmp_path: Path) -> None:
    """For each machine, whichever was read for all equal ones."""
    truth = make_fleet(tmp_path, machines=20, configurations=2, drifts=4, broken=0)
    found = asked("removable", tmp_path)
    rows = cells(found, "path", "nodes", "when", "removable_bytes")
    assert {row[0] for row in rows} <= set(truth.shapes)
    for path in truth.shapes:
        nodes = [n for n in overview(load(path)).nodes if n.options and n.never is None]
        with_options = [n for n in nodes if not n.edits]
        if with_options:
            named, total = runs(n.nid for n in with_options), sum(n.bytes for n in with_options)
            assert (path, named, "with boot options", total) in rows
        if any(n.edits for n in nodes):
            assert any(row[0] == path and row[2] == "with a changed SRAT" for row in rows)
    assert found.status == 0
