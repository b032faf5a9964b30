"""What rules know of an MSCT."""

from __future__ import annotations

from srat_tool.lint.msct_view import MsctView
from tests.lint.lab import machine, table_spec


def _view(entries: str) -> MsctView:
    view = machine(table_spec("msct", entries)).msct
    assert view is not None
    return view


def test_first_structure_that_covers_counts() -> None:
    """A domain is looked up in table order."""
    view = _view("domains 0 1 4 4G\ndomains 1 2 8 8G")
    covering = view.covering(1)
    assert covering is not None
    assert covering.maximum_processors == 4
    assert view.covering(3) is None


def test_zeros_behind_the_first_are_unused() -> None:
    """X99 boards carry copies that were never filled in."""
    view = _view("domains 0 3 4 4G\ndomains 0 0 0 0")
    assert [view.is_unused(entry) for entry in view.structures] == [False, True]


def test_fixed_part_has_places() -> None:
    """A hit on the maximum address is eight bytes at 48."""
    hit = _view("domains 0 0 4 4G").fixed("maximum_address", "is odd")
    assert (hit.offset, hit.size) == (48, 8)
