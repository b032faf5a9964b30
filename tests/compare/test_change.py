"""A change is a value."""

from __future__ import annotations

from srat_tool.compare.change import ChangeKind, TableChange


def test_places_are_optional() -> None:
    """A change of a whole table has no offset in it."""
    change = TableChange("SRAT", ChangeKind.TABLE, "the table is new")
    assert (change.before, change.after) == (None, None)
