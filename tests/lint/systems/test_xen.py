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


def test_without_a_map_hot_pluggable_ranges_are_ram() -> None:
    """As everywhere; those of a guest above its memory are windows."""
    text = "apic 0 0\napic 1 1\nmem 0 0+4G\nmem 1 4G+4G hotplug"
    assert "hot-pluggable range, taken to be RAM, at [mem 0x100000000" in _first(text)
    assert _first(text.replace("mem 1", "mem 0")) == ""


def test_the_node_map_must_fit() -> None:
    """A page-aligned border, and a range far above: a byte for each page up to there."""
    far = "apic 0 0\nmem 0 0+0x10001000\nmem 1 0x10001000+0xffff000\nmem 2 0x200000000000+1G"
    ram = '[memory]\nram = ["0+512M"]\n'
    assert "0x10001000" in _first(far, ram)
    assert "it stops" in _first(far, ram)
    near = "apic 0 0\nmem 0 0+256M\nmem 1 256M+256M\nmem 2 0x10000001000+4K"
    assert _first(near, ram) == ""
    assert _first("apic 0 0\nmem 0 0+0x10001000\nmem 0 0x10001000+0xffff000", ram) == ""
