"""Odd machines are those that were planted; the difference is in the words of diff."""

from __future__ import annotations

from pathlib import Path

import pytest

from srat_tool.fleet.reports.odd import is_odd
from tests.fleet.asked import asked, cells
from tests.fleet.fleets import make_fleet
from tests.fleet.tables import Shape, srat

WORDS = {
    "memory": "grew to",
    "distance": "was 21, is 31",
    "hot-plug": "no longer hot-pluggable",
    "processors": "added",
}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_they_are_those_of_the_seed(tmp_path: Path, seed: int) -> None:
    """All of them and no other, each with what was changed."""
    truth = make_fleet(tmp_path, seed=seed, machines=60, configurations=4, drifts=4)
    found = asked("odd", tmp_path)
    assert {path for (path,) in cells(found, "path")} == set(truth.odd)
    for path, by, other, differences in cells(found, "path", "by", "compared_with", "differences"):
        assert by == "topology"
        assert truth.products[str(other)] == truth.products[str(path)]
        assert str(other) not in truth.odd
        assert WORDS[truth.odd[str(path)]] in str(differences)
    assert found.status == 1


def test_a_fleet_without_drifts_has_none(tmp_path: Path) -> None:
    """Status 0; several configurations of one product are no oddity."""
    make_fleet(tmp_path, machines=48, configurations=24, drifts=0, broken=0)
    found = asked("odd", tmp_path)
    assert (found.rows, found.status) == ((), 0)


def test_makers_are_parted_by_their_tables(tmp_path: Path) -> None:
    """Without a product, machines of another maker are no oddity of this one."""
    for number in range(9):
        home = tmp_path / f"h{number}"
        home.mkdir()
        data = srat(Shape(nodes=3 if number == 8 else 2))
        (home / "SRAT").write_bytes(data.replace(b"SRATTL", b"OTHERS") if number == 8 else data)
    assert not cells(asked("odd", tmp_path), "path")


def test_a_bad_checksum_is_odd_among_good_ones(tmp_path: Path) -> None:
    """The topology is the same; lint sees it."""
    for number in range(6):
        home = tmp_path / f"h{number}"
        home.mkdir()
        data = bytearray(srat(Shape()))
        data[9] ^= number == 3
        (home / "SRAT").write_bytes(data)
    found = asked("odd", tmp_path)
    ((path, by, words),) = cells(found, "path", "by", "differences")
    assert (path, by) == (f"{tmp_path}/h3", "lint")
    assert "lint has errors" in str(words)


@pytest.mark.parametrize(
    ("count", "largest", "odd"),
    [(1, 2, False), (1, 3, True), (2, 6, True), (3, 59, False), (3, 60, True), (60, 60, False)],
)
def test_what_is_odd(count: int, largest: int, odd: bool) -> None:
    """A few next to three times as many, or one in twenty."""
    assert is_odd(count, largest) is odd


def test_a_machine_that_has_changed_since_says_so(tmp_path: Path) -> None:
    """Its row is of another time than its files: that is no difference, but an error."""
    from srat_tool.fleet.reports.catalogue import report
    from tests.fleet.asked import question

    truth = make_fleet(tmp_path, machines=12, configurations=1, drifts=1, broken=0)
    with question(tmp_path) as one:
        (Path(next(iter(truth.odd))) / "SRAT").write_bytes(srat(Shape(nodes=5)))
        found = report("odd", one)
    assert found.status == 2
    assert "has changed since it was read" in found.errors[0]
