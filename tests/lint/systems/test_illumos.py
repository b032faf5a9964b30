"""What illumos refuses."""

from __future__ import annotations

from srat_tool.lint.systems.illumos import refusals
from tests.lint.lab import machine, srat_spec, table_spec


def _first(text: str, more: str = "") -> str:
    return next((hit.message for hit in refusals(machine(srat_spec(text) + more))), "")


def test_reasons() -> None:
    """Nine nodes, a processor without an entry, a structure of length 0."""
    assert "8 nodes" in _first("apic 0..8 0..8\nmem 0 0+4G")
    assert "1 of 2" in _first("apic 0 0\nmem 0 0+4G", table_spec("madt", "lapic 0..1 0..1"))
    assert "never gets past" in _first("apic 0 0\nbytes 0000000000000000\nmem 0 0+4G")
    assert _first("apic 0 0\nmem 0 0+4G") == ""
