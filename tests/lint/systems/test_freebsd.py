"""What FreeBSD refuses."""

from __future__ import annotations

import pytest

from srat_tool.lint.systems.freebsd import refusals
from tests.lint.lab import machine, srat_spec, table_spec


def _first(text: str, more: str = "") -> str:
    return next((hit.message for hit in refusals(machine(srat_spec(text) + more))), "")


@pytest.mark.parametrize(
    ("text", "more", "reason"),
    [
        ("apic 0 0 x2\nmem 0 0+4G", "", "Duplicate local APIC ID"),
        ("apic 0 0\nmem 0 0+4G\nmem 0 3G+4G", "", "Overlapping memory entries"),
        ("apic 0 0\nx2apic 0 0\nmem 0 0+4G\nmem 0 3G+4G", "", "Overlapping memory entries"),
        ("x2apic 0 0\napic 0 0\nmem 0 0+4G", "", "Duplicate local APIC ID"),
        ("apic 0 0\nmem 0 0+4G\nmem 0 2G+0", "", "Overlapping memory entries"),
        ("apic 0 0\nmem 0 0+2G\nmem 1 4G+4G", "[memory]\nram = ['0+4G']", "No memory region"),
        ("apic 0 0\nmem 0 8G+2G\nmem 0 4G+2G\nmem 0 0+2G", "", "out of order"),
        ("apic 0 0\nmem 0 0+4G\nmem 1 4G+4G", "", "No CPU found for memory domain 1"),
        ("apic 0..8 0..8\nmem 0 0+4G", "", "Too many memory domains"),
        ("apic 0 0\nmem 0 0+4G", table_spec("madt", "lapic 0 0\nlapic 1 5"), "panics"),
    ],
)
def test_reasons(text: str, more: str, reason: str) -> None:
    """The first one counts."""
    assert reason in _first(text, more)


def test_what_freebsd_accepts() -> None:
    """A node without memory, and a hot-add window without RAM."""
    window = "apic 0 0\napic 1 1\nmem 0 0+4G\nmem 3 4G+4G hotplug"
    ram = '[memory]\nram = ["0+4G"]\n'
    assert _first(window, ram) == ""


def test_the_walk_ends_at_a_structure_of_length_0() -> None:
    """What follows it is not read, without a message; zeros at the end are no loss."""
    reason = _first("apic 0 0\nmem 0 0+2G\nbytes 00*8\nmem 0 4G+2G")
    assert "No memory region" in reason
    assert "reads nothing after entry 2" in reason
    assert _first("apic 0 0\nmem 0 0+2G\nbytes 00*8") == ""
    assert "nothing" not in _first("apic 0 0\nmem 0 0+2G\nmem 0 1G+2G\nbytes 00*8")


def test_more_ranges_than_there_is_room_for() -> None:
    """Ranges that touch within a domain are one, until the list is full."""
    apart = "\n".join(f"mem {n % 2} {n}G+512M" for n in range(64))
    assert "room for 63 ranges" in _first(f"apic 0 0\napic 1 1\n{apart}")
    touching = "\n".join(f"mem 0 {n}G+1G" for n in range(64))
    assert _first(f"apic 0 0\n{touching}") == ""


def test_a_check_runs_only_after_those_before_it_passed() -> None:
    """A processor without an entry is no panic where the SRAT is not used."""
    found = refusals(
        machine(srat_spec("apic 0 0\nmem 0 0+4G\nmem 1 4G+4G") + table_spec("madt", "lapic 5 5"))
    )
    assert [hit.message.rpartition(": ")[2] for hit in found] == [
        "No CPU found for memory domain 1"
    ]


def test_order_matters_only_with_two_ranges_above() -> None:
    """FreeBSD puts a range before the last of those above it."""
    assert _first("apic 0 0\nmem 0 4G+2G\nmem 0 0+2G") == ""
