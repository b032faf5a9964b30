"""What rules know of a CEDT."""

from __future__ import annotations

from srat_tool.lint.cedt_view import CedtView
from tests.lint.lab import findings, machine, table_spec


def _view(entries: str) -> CedtView:
    view = machine(table_spec("cedt", entries)).cedt
    assert view is not None
    return view


def test_windows_that_share_a_byte() -> None:
    """A window is paired with the one below that reaches furthest, whatever the order."""
    view = _view("window 6G+1G 0\nwindow 4G+4G 0\nwindow 8G+1G 0")
    ((low, high),) = view.overlaps
    assert (low.base_hpa, high.base_hpa) == (4 << 30, 6 << 30)


def test_length_follows_the_counts() -> None:
    """A window of two ways has two targets; for a reserved code the number is unknown."""
    view = _view("window 4G+4G 0,1\nwindow 8G+4G 0 encoded_ways=7\nxor 0 1,2")
    assert [view.wanted_length(entry) for entry in view.entries] == [44, None, 24]


def test_unique_ids_of_bridges() -> None:
    """Windows name bridges by these."""
    assert _view("bridge 3 0x1000000+64K").bridge_uids == {3}


def test_bridge_of_a_wrong_length_is_still_a_bridge() -> None:
    """Its length is one finding; the windows' target is not reported as missing."""
    found = findings(
        table_spec("cedt", "window 4G+4G 0\nbridge 0 0x90000000+64K length=40"), "CEDT00"
    )
    assert [finding.id for finding in found] == ["CEDT001"]


def test_unknown_target_has_its_place() -> None:
    """The finding is on the target's four bytes."""
    found = findings(table_spec("cedt", "bridge 0 0x90000000+64K\nwindow 4G+4G 0,5"), "CEDT008")
    assert [(finding.offset, finding.size) for finding in found] == [(36 + 32 + 40, 4)]
