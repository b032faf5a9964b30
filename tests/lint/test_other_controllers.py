"""Structures of the MADT that name no processor, read field by field."""

from __future__ import annotations

import struct

import pytest

from srat_tool.lint.madt_view import MadtView
from srat_tool.lint.other_controllers import IO_APIC, SIZES, controller, flags_problem
from tests.lint.lab import machine, table_spec


def _view(entries: str) -> MadtView:
    view = machine(table_spec("madt", entries)).madt
    assert view is not None
    return view


def test_fields_have_their_values_and_places() -> None:
    """An I/O APIC is read by the offsets of the specification."""
    (one,) = _view("lapic 0 0\nraw 1 04000000c0fe18000000").controllers
    assert (one["id"], one["address"], one["GSI base"]) == (4, 0xFEC00000, 0x18)
    assert one.text("address") == "address 0xfec00000"
    assert one.fields["GSI base"] == (0x18, 8, 4)


def test_short_and_cut_structures_are_left_out() -> None:
    """A field is never read from the structure that follows, nor past the end."""
    view = _view("lapic 0 0\nraw 1 0400\nlapic 1 1")
    assert view.controllers == []
    (entry,) = _view("lapic 0 0\nraw 1 04000000c0fe18000000").others
    assert controller(entry, b"\0" * (entry.offset + SIZES[IO_APIC] - 1)) is None


@pytest.mark.parametrize(
    ("flags", "problem"),
    [
        (0x0, None),
        (0xD, None),
        (0x2, "polarity 2 is reserved"),
        (0x8, "trigger mode 2 is reserved"),
        (0x10, "reserved bits 0x10 of the flags are set"),
    ],
)
def test_flags_of_interrupts(flags: int, problem: str | None) -> None:
    """Two bits are the polarity and two the trigger mode; 2 means nothing in either."""
    assert flags_problem(flags) == problem


def test_controllers_stand_by_place() -> None:
    """Structures that the grammar decodes and those that it stores whole are in one list."""
    gicd = struct.pack("<HIQIB3x", 0, 0, 0x8000000, 0, 3).hex()
    view = _view(f"its 0 0x8080000\nraw 12 {gicd}\nits 1 0x90a0000")
    assert [one.entry.type for one in view.controllers] == [15, 12, 15]
