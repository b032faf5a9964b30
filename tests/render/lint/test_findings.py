"""Findings as text."""

from __future__ import annotations

from srat_tool.lint.hit import Severity
from srat_tool.render.lint.findings import MAX_FINDINGS, findings_text
from srat_tool.render.look import Look
from tests.lint.lab import report, srat_spec

REPORT = report(srat_spec("apic 0 0\nmem 0 0+4G\nmem 3 0+0"))


def test_field_is_underlined_below_its_bytes() -> None:
    """The row shows the entry's bytes; the marks are below the field."""
    lines = findings_text(REPORT, Look(width=100, severity=Severity.WARNING)).splitlines()
    at = next(number for number, line in enumerate(lines) if "^^" in line)
    marked = lines[at - 1][lines[at].index("^") : len(lines[at])]
    assert marked == "00 00 00 00 00 00 00 00"


def test_reason_and_remedy_are_there() -> None:
    """What the kernel does and what to do follow each finding."""
    text = findings_text(REPORT, Look(width=100, severity=Severity.WARNING))
    assert "why: Linux prints a range that ends below its start" in text
    assert "fix: Clear the Enabled flag." in text


def test_brackets_survive() -> None:
    """Kernel-style ranges are not markup."""
    text = findings_text(REPORT, Look(width=60, severity=Severity.WARNING))
    assert "[mem" in text


def test_many_findings_are_counted() -> None:
    """The text shows a limited number, and how many more there are."""
    # Of one value in many entries there is one finding.
    entries = "\n".join(f"apic 0 {uid} flags={2 * uid + 3}" for uid in range(151))
    flood = report(srat_spec(f"{entries}\nmem 0 0+4G"))
    text = findings_text(flood, Look(width=100, severity=Severity.WARNING))
    assert f"{151 - MAX_FINDINGS} findings more in this input" in text
