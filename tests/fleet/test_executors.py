"""Who does the work."""

from __future__ import annotations

from pathlib import Path

from srat_tool.fleet.executors import results
from srat_tool.fleet.options import FleetOptions
from srat_tool.fleet.unit import Unit
from srat_tool.fleet.walk import find_units
from srat_tool.fleet.work import FleetTask
from tests.fleet.fleets import make_fleet


def test_processes_give_what_one_gives(tmp_path: Path) -> None:
    """In the same order."""
    make_fleet(tmp_path, machines=8, configurations=2, drifts=0, broken=1)
    units = [unit for unit in find_units([str(tmp_path)]) if isinstance(unit, Unit)]

    def surveyed(jobs: int) -> list[object]:
        options = FleetOptions(jobs=jobs)
        tasks = (FleetTask((unit,), (), options) for unit in units)
        return [result.units for result in results(tasks, options)]

    assert surveyed(2) == surveyed(1)
