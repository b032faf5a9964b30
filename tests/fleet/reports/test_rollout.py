"""A roll-out of firmware: what changed is what the seed changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from srat_tool.base.errors import SourceError
from srat_tool.fleet.options import FleetOptions
from srat_tool.fleet.rows import opened_fleet
from tests.fleet.asked import asked, cells
from tests.fleet.fleets import NEW, OLD, Truth, make_rollout


def _check(found: list[tuple[object, ...]], truth: Truth) -> None:
    """Six machines of each product; the tables of one mean something else."""
    assert len(found) == 4
    for product, before, after, machines, topology, differences in found:
        assert (before, after, machines) == (OLD, NEW, 6)
        changed = product in truth.changed
        assert topology == ("changed" if changed else "same")
        assert ("no longer hot-pluggable" in str(differences)) is changed
        assert "OEM revision was 1, is 2" in str(differences)


COLUMNS = ("product", "bios_before", "bios_after", "machines", "topology", "differences")


def test_two_folders(tmp_path: Path) -> None:
    """Machines are paired by their host names."""
    truth = make_rollout(tmp_path)
    words = (str(tmp_path / "before"), str(tmp_path / "after"))
    found = asked("rollout", tmp_path, *words)
    _check(cells(found, *COLUMNS), truth)
    assert found.status == 1


def test_two_versions(tmp_path: Path) -> None:
    """The same machines, chosen by their firmware."""
    truth = make_rollout(tmp_path)
    _check(cells(asked("rollout", tmp_path, OLD, NEW), *COLUMNS), truth)


def test_two_databases(tmp_path: Path) -> None:
    """Of the same folder at two times, for example; without host names the paths identify them."""
    truth = make_rollout(tmp_path / "f")
    words = []
    for part in ("before", "after"):
        for name in (tmp_path / "f" / part).glob("*/hostname"):
            name.unlink()
        words.append(str(tmp_path / f"{part}.sqlite"))
        with opened_fleet([str(tmp_path / "f" / part)], FleetOptions(jobs=1), output=words[-1]):
            pass
    found = asked("rollout", tmp_path / "f" / "after", *words)
    _check([row for row in cells(found, *COLUMNS) if row[3] == 6], truth)


def test_machines_without_a_partner(tmp_path: Path) -> None:
    """With no pair at all, products are compared; else the rest is counted."""
    truth = make_rollout(tmp_path)
    for name in tmp_path.glob("*/*/hostname"):
        name.unlink()
    versions = asked("rollout", tmp_path, OLD, NEW)
    _check(cells(versions, *COLUMNS), truth)
    for file in (tmp_path / "after" / "host0000").iterdir():
        file.unlink()
    words = (str(tmp_path / "before"), str(tmp_path / "after"))
    found = cells(asked("rollout", tmp_path, *words), "product", "machines", "differences")
    assert ("Model 0", 1, ("there before only",)) in found


def test_equal_sides_have_no_difference(tmp_path: Path) -> None:
    """Status 0."""
    make_rollout(tmp_path)
    word = str(tmp_path / "before")
    assert asked("rollout", tmp_path, word, word).status == 0


def test_a_word_that_names_nothing(tmp_path: Path) -> None:
    """The versions that there are are listed."""
    make_rollout(tmp_path, machines=2)
    with pytest.raises(SourceError, match=r"one of: 1\.0\.0, 2\.0\.0"):
        asked("rollout", tmp_path, OLD, "9.9")
