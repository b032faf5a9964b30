"""The soak notices what differs from the seed."""

from __future__ import annotations

from pathlib import Path

from srat_tool.fleet.rows import opened_fleet
from tests.fleet.asked import ALONE
from tests.fleet.fleets import make_fleet
from tests.fleet.soak import check_reports, check_rollout


def test_a_difference_from_the_seed_is_noticed(tmp_path: Path) -> None:
    """There is none in what was made; a machine that was not made is one."""
    truth = make_fleet(tmp_path / "f", machines=20, configurations=2, drifts=5, broken=1)
    database = tmp_path / "f.sqlite"
    with opened_fleet([str(tmp_path / "f")], ALONE, output=str(database)):
        pass
    assert check_reports(database, truth) == []
    truth.odd.clear()
    truth.broken.clear()
    for path, shape in truth.shapes.items():
        truth.shapes[path] = shape._replace(hot=False, clash=False)
    wrong = check_reports(database, truth)
    names = {line.partition(":")[0] for line in wrong}
    assert {"clusters", "odd", "broken", "lost", "removable", "kernels"} <= names


def test_a_rollout_equals_its_seed(tmp_path: Path) -> None:
    """Machines are counted by product, and by whether their topology changed."""
    assert check_rollout(tmp_path, 24) == []
