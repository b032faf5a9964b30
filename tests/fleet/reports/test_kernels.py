"""What another kernel changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from srat_tool.base.errors import BootOptionError
from tests.fleet.asked import asked, cells
from tests.fleet.fleets import make_fleet


def test_machines_with_equal_differences_are_one_row(tmp_path: Path) -> None:
    """The old kernel has no tiers; each machine is counted once."""
    make_fleet(tmp_path, machines=20, configurations=2, drifts=0, broken=0)
    found = asked("kernels", tmp_path, "5.10", "7.2")
    rows = cells(found, "machines", "before", "after", "differences")
    assert sum(int(str(row[0])) for row in rows) == 20
    assert all(row[1:3] == ("5.10", "7.2") for row in rows)
    assert all("tiers was none" in str(row[3]) for row in rows)
    assert found.status == 1


def test_the_same_kernel_changes_nothing(tmp_path: Path) -> None:
    """Status 0."""
    make_fleet(tmp_path, machines=2, configurations=1, drifts=0, broken=0)
    assert asked("kernels", tmp_path, "6.1", "6.1").status == 0


def test_a_kernel_that_is_not_known(tmp_path: Path) -> None:
    """It is an error at once, not one for each machine."""
    make_fleet(tmp_path, machines=1, configurations=1, drifts=0, broken=0)
    with pytest.raises(BootOptionError, match="no such kernel"):
        asked("kernels", tmp_path, "6.1", "no such kernel")
