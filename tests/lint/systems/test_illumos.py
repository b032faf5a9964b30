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


def test_the_msct_sets_the_nodes() -> None:
    """With one stated domain the SRAT is not read; with too few it is refused; more are ignored."""
    two = "apic 0 0\napic 1 1\nmem 0 0+4G\nmem 1 4G+4G"
    domains = "domains 0 7 64 1T"
    assert "one domain" in _first(two, table_spec("msct", "domains 0 0 64 1T"))
    three = f"{two}\nmem 2 8G+4G"
    assert "2 nodes of the MSCT" in _first(three, table_spec("msct", "domains 0 1 64 1T"))
    assert _first(three, table_spec("msct", domains)) == ""
    many = table_spec("msct", domains, "maximum_domains_minus_one = 8")
    assert _first(two, many) == ""


def test_a_node_has_one_span() -> None:
    """RAM between two ranges of a domain is in its node; RAM above all is in none."""
    ram = '[memory]\nram = ["0+6G"]\n'
    assert _first("apic 0 0\nmem 0 0+1G\nmem 0 5G+1G", ram) == ""
    assert "panics" in _first("apic 0 0\nmem 0 0+1G\nmem 0 4G+1G", ram)
