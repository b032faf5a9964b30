"""Findings and their fingerprints."""

from __future__ import annotations

from srat_tool.lint.hit import Severity
from tests.lint.lab import TWO_NODES, findings, report, srat_spec


def test_fingerprint_does_not_depend_on_offsets() -> None:
    """An entry that is inserted in front moves a finding, and does not change its name."""
    here = findings(srat_spec("apic 0 0\nmem 0 0+4G\nmem 3 0x1000+0"), "SRAT104")
    there = findings(srat_spec("apic 0 0\napic 0 1\nmem 0 0+4G\nmem 3 0x1000+0"), "SRAT104")
    assert here[0].offset != there[0].offset
    assert here[0].fingerprint == there[0].fingerprint


def test_fingerprint_depends_on_facts() -> None:
    """Another domain is another finding."""
    one = findings(srat_spec("apic 0 0\nmem 0 0+4G\nmem 3 0+0"), "SRAT104")
    other = findings(srat_spec("apic 0 0\nmem 0 0+4G\nmem 4 0+0"), "SRAT104")
    assert one[0].fingerprint != other[0].fingerprint


def test_counts_by_severity() -> None:
    """A report counts what is at least so bad."""
    result = report(srat_spec(TWO_NODES + "mem 0 7G+4G\nmem 0 0+0 off"))
    assert result.at_least(Severity.ERROR) == 1
    assert result.at_least(Severity.INFO) > 1
