"""What Xen refuses."""

from __future__ import annotations

import pytest

from srat_tool.lint.systems.xen import refusals
from tests.lint.lab import machine, srat_spec


def _first(text: str, more: str = "") -> str:
    found = machine(srat_spec(text) + more)
    return next((hit.message for hit in refusals(found)), "")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("apic 0 0\nmem 0 0+4G length=44 extra=00000000", "length of 40"),
        ("apic 0 0\nmem 0 0+4G\nmem 1 3G+4G", "Xen accepts no overlap"),
        ("apic 0 0\nmem 0 0+4G\nmem 0 3G+4G hotplug", "hot-pluggable"),
        ("apic 0 0\nmem 0 0+1G\nmem 1 1G+1G\nmem 0 2G+1G", "interleaved"),
        ("\n".join(f"mem {n} {n}G+1G" for n in range(65)), "64 nodes"),
        ("\n".join(f"mem 0 {2 * n}G+1G" for n in range(129)), "room for 128"),
    ],
)
def test_reasons(text: str, reason: str) -> None:
    """Each in Xen's order, the first one counts."""
    assert reason in _first(text)


def test_what_xen_accepts() -> None:
    """Nodes that follow each other; a node whose other range comes before all."""
    assert _first("apic 0 0\nmem 0 0+1G\nmem 0 1G+1G\nmem 1 2G+1G") == ""
    assert _first("apic 0 0\nmem 0 0+1G\nmem 0 2G+1G\nmem 1 1G+1G") == ""


def test_no_gap_is_tolerated() -> None:
    """RAM that no node with memory covers; a hot-pluggable range gives none."""
    ram = '[memory]\nram = ["0+4G"]\n'
    assert "tolerates no gap" in _first("apic 0 0\nmem 0 0+3G", ram)
    assert "tolerates no gap" in _first("apic 0 0\nmem 0 0+4G hotplug", ram)
    assert _first("apic 0 0\nmem 0 0+4G", ram) == ""
