"""What rules know of an MSCT."""

from __future__ import annotations

from srat_tool.lint.msct_view import MsctView
from tests.lint.lab import findings, machine, table_spec


def _view(entries: str) -> MsctView:
    view = machine(table_spec("msct", entries)).msct
    assert view is not None
    return view


def test_first_structure_that_covers_counts() -> None:
    """A domain is looked up in table order."""
    found = _view("domains 0 1 4 4G\ndomains 1 2 8 8G").covering([0, 1, 2, 3])
    capacity = {domain: entry.maximum_processors for domain, entry in found.items()}
    assert capacity == {0: 4, 1: 4, 2: 8}


def test_zeros_behind_the_first_are_unused() -> None:
    """X99 boards carry copies that were never filled in."""
    view = _view("domains 0 3 4 4G\ndomains 0 0 0 0")
    assert [view.is_unused(entry) for entry in view.structures] == [False, True]


def test_fixed_part_has_places() -> None:
    """A hit on the maximum address is eight bytes at 48."""
    hit = _view("domains 0 0 4 4G").fixed("maximum_address", "is odd")
    assert (hit.offset, hit.size) == (48, 8)


def test_misread_structure_hides_what_is_covered() -> None:
    """A structure of a wrong length is one finding; its domains are not called uncovered too."""
    assert _view("domains 0 1 4 4G length=20").is_misread
    assert not _view("domains 0 1 4 4G\ndomains 0 0 0 0").is_misread
    found = findings(table_spec("msct", "domains 0 1 4 4G length=21"), "MSCT00")
    assert [finding.id for finding in found] == ["MSCT002"]
