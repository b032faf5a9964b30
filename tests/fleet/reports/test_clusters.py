"""Clusters are those of the seed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fleet.asked import asked, cells
from tests.fleet.fleets import make_fleet


@pytest.mark.parametrize("seed", [1, 2])
def test_they_are_those_of_the_seed(tmp_path: Path, seed: int) -> None:
    """Products, sizes, and one machine of each; processors in another order do not matter."""
    truth = make_fleet(tmp_path, seed=seed, machines=50, configurations=5, drifts=3, reports=4)
    found = asked("clusters", tmp_path)
    expected = {
        (product, len(paths), shape.nodes, min(paths))
        for (product, shape), paths in truth.clusters().items()
    }
    assert set(cells(found, "product", "machines", "nodes", "example")) == expected
    assert found.status == 0
    assert ("Model 0", ("1.0.0",)) in cells(found, "product", "bios_versions")
