"""Findings as workflow commands."""

from __future__ import annotations

from srat_tool.base.rawtable import Origin
from srat_tool.lint.hit import Severity
from srat_tool.render.lint.as_github import github
from srat_tool.render.look import Look
from srat_tool.sources.found import Refusal
from tests.lint.lab import report, srat_spec

REPORT = report(srat_spec("apic 0 0\nmem 0 0+4G\nmem 3 0+0"))


def test_one_command_a_finding() -> None:
    """Severity, file, title, text."""
    lines = list(github(REPORT, Look(severity=Severity.WARNING)))
    assert any(
        line.startswith("::warning file=example,title=SRAT104 zero-length-range::SRAT at 0x0078")
        for line in lines
    )


def test_refusals_are_errors() -> None:
    """What could not be checked must be seen."""
    result = REPORT._replace(findings=(), not_checked=(Refusal(label="x!y", reason="empty"),))
    assert list(github(result)) == ["::error file=x,title=not checked::x!y: empty\n"]


def test_names_cannot_end_the_command() -> None:
    """Newlines, colons, commas and percent signs of a path are written out."""
    raw = REPORT.findings[0].raw._replace(origin=Origin(path="a,b:\n%::error::"))
    result = REPORT._replace(findings=(REPORT.findings[0]._replace(raw=raw),))
    (line,) = github(result)
    assert line.count("\n") == 1
    assert "file=a%2Cb%3A\\x0a%25%3A%3Aerror%3A%3A,title=" in line
