"""Structures that the grammar stores whole, as rules read them."""

from __future__ import annotations

from srat_tool.lint.madt_view import MadtView
from tests.lint.lab import machine, table_spec


def _view(entries: str) -> MadtView:
    view = machine(table_spec("madt", entries)).madt
    assert view is not None
    return view


def test_hits_are_on_the_field() -> None:
    """A hit has the place and the size of the field that it is about."""
    view = _view("lapic 0 0\nraw 1 07000000c0fe00000000")
    (one,) = view.controllers
    hit = view.on(one, "address", "odd")
    assert (one["id"], one["address"]) == (7, 0xFEC00000)
    assert (hit.offset, hit.size, hit.entry) == (one.entry.offset + 4, 4, one.entry)


def test_kinds_without_a_layout_have_names() -> None:
    """Types that the grammar has no layout of are named all the same."""
    view = _view("lapic 0 0\nraw 1 07000000c0fe00000000")
    assert [view.kind(entry) for entry in view.entries] == ["local APIC", "I/O APIC"]
