"""Machines of a database, read again."""

from __future__ import annotations

from pathlib import Path

import pytest

from srat_tool.base.errors import SourceError
from srat_tool.fleet.reports.subjects import distinct, inputs_of, subject
from tests.fleet.asked import ALONE, question
from tests.fleet.fleets import make_dump, make_fleet
from tests.fleet.tables import Shape, srat


def test_each_set_of_equal_inputs_comes_once(tmp_path: Path) -> None:
    """With how many machines have it."""
    make_fleet(tmp_path, machines=30, configurations=2, drifts=0, broken=1)
    with question(tmp_path) as one:
        found = distinct(one.database)
    assert sum(each.machines for each in found) == 30
    assert len(found) == len({each.judgement for each in found}) <= 4


def test_one_of_several_machines_in_a_file(tmp_path: Path) -> None:
    """It is the one that was asked for."""
    make_dump(tmp_path / "all.txt", [Shape(), Shape(nodes=3)])
    with question(tmp_path) as one:
        found = inputs_of(subject(one.database, f"{tmp_path}/all.txt!#2"), ALONE)
    assert found.tables[0].data == srat(Shape(nodes=3))


def test_files_that_have_changed_are_not_compared(tmp_path: Path) -> None:
    """Nor those that are gone."""
    truth = make_fleet(tmp_path, machines=1, configurations=1, drifts=0, broken=0)
    (path,) = truth.shapes
    with question(tmp_path) as one:
        known = subject(one.database, path)
    (Path(path) / "SRAT").unlink()
    with pytest.raises(SourceError, match="has changed"):
        inputs_of(known, ALONE)
