"""Findings as lines."""

from __future__ import annotations

import pytest

from srat_tool.base.rawtable import Origin
from srat_tool.lint.hit import Severity
from srat_tool.render.lint.finding_lines import finding_line, finding_lines, summary_lines
from srat_tool.render.look import Look
from srat_tool.sources.found import Refusal
from tests.lint.lab import report, srat_spec

REPORT = report(srat_spec("apic 0 0\nmem 0 0+4G\nmem 3 0+0\nmem 0 0+0 off"))


def test_one_finding_one_line() -> None:
    """Path, offset, severity, code, message; what is below the level is left out."""
    found = [finding for finding in REPORT.findings if finding.id == "SRAT104"]
    line = finding_line(found[0])
    assert line.startswith("example!SRAT:0x0078: warning SRAT104 SRAT: entry 2")
    assert f"{line}\n" in list(finding_lines(REPORT, Look(severity=Severity.WARNING)))
    assert all(
        ": info " not in line for line in finding_lines(REPORT, Look(severity=Severity.WARNING))
    )


def test_paths_cannot_fool_a_terminal() -> None:
    """An escape sequence in a file name is written out."""
    raw = REPORT.findings[0].raw._replace(origin=Origin(path="a\x1b[31m"))
    assert "\x1b" not in finding_line(REPORT.findings[0]._replace(raw=raw))


def test_summary_says_what_is_missing() -> None:
    """Refusals, totals, and how to see the rest."""
    result = REPORT._replace(not_checked=(Refusal(label="x", reason="empty file"),))
    lines = list(summary_lines(result, Look(severity=Severity.WARNING)))
    assert lines[0] == "x: not checked: empty file"
    assert any("--show info" in line for line in lines)


def test_the_worst_comes_first() -> None:
    """Whatever the place in the table."""
    text = "apic 0 0\nmem 0 0+4G flags=0x11\nmem 1 3G+4G"
    lines = [line.split(": ")[1] for line in finding_lines(report(srat_spec(text)), Look())]
    assert lines[0].startswith("error")
    assert lines == sorted(lines, key=lambda line: "error warning info".index(line.split()[0]))


def test_a_line_is_never_a_workflow_command() -> None:
    """A file may be named `::error::`."""
    finding = report(srat_spec("apic 0 0\nmem 3 0+4G")).findings[0]
    origin = finding.raw.origin._replace(path="::error::x")
    assert finding_line(finding._replace(raw=finding.raw._replace(origin=origin)))[:3] == "./:"


@pytest.mark.parametrize("name", ["::error::x", "##[error]x", "##vso[task.complete]x"])
def test_no_name_is_a_command_of_a_ci_service(name: str) -> None:
    """They execute lines that begin so; a finding names the file from the folder on."""
    finding = REPORT.findings[0]
    raw = finding.raw._replace(origin=Origin(name))
    assert finding_line(finding._replace(raw=raw)).startswith(f"./{name}")
