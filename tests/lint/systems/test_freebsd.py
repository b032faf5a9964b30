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
