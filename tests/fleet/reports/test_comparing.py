"""Two machines in the words of diff."""

from __future__ import annotations

from srat_tool.api.planning import diff
from srat_tool.fleet.options import FleetOptions
from srat_tool.fleet.reports.comparing import MAX_SENTENCES, capped, compare_inputs
from srat_tool.plan.machine import Machine
from srat_tool.sources.found import Found
from tests.fleet.tables import Shape, raw_tables


def test_it_is_what_diff_says() -> None:
    """Changes of the tables and effects."""
    before, after = (raw_tables(shape) for shape in (Shape(), Shape(far=40, hot=False)))
    found = compare_inputs(Found(tables=before), Found(tables=after), FleetOptions())
    told = diff(Machine(tables=tuple(before)), Machine(tables=tuple(after)))
    assert found.changes == tuple(f"{c.table}: {c.text}" for c in told.changes)
    assert told.effects is not None
    assert found.effects == tuple(effect.text for effect in told.effects)


def test_what_cannot_be_planned_is_still_compared() -> None:
    """The reason is in the place of effects."""
    slit = raw_tables(Shape())[1:]
    found = compare_inputs(Found(tables=slit), Found(tables=[]), FleetOptions())
    assert found.changes == ("SLIT: the table is gone",)
    assert "effects are unknown" in found.effects[0]


def test_many_sentences_are_counted() -> None:
    """The first ones, and how many more."""
    assert len(capped(map(str, range(100)))) == MAX_SENTENCES + 1
    assert capped(map(str, range(100)))[-1] == f"{100 - MAX_SENTENCES} more"
