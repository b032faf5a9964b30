"""Findings for programs that read lines: one finding a line, nothing folded, no colour."""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.text import printable
from srat_tool.lint.finding import Finding, Report
from srat_tool.lint.hit import Severity
from srat_tool.render.look import DEFAULT, Look


def finding_lines(report: Report, look: Look = DEFAULT) -> Iterator[str]:
    """Yield a line `path!inner:offset: severity ID message` for each finding that is shown."""
    for finding in report.findings:
        if look.shows(finding.severity):
            yield f"{finding_line(finding)}\n"


def finding_line(finding: Finding) -> str:
    """Return one finding; a finding about a whole table has no offset."""
    place = finding.path if finding.offset is None else f"{finding.path}:{finding.offset:#06x}"
    text = f"{place}: {finding.severity.label} {finding.id} {finding.table}: {finding.message}"
    return printable(text)


def summary_lines(report: Report, look: Look = DEFAULT) -> Iterator[str]:
    """Yield what a reader should know in addition to the findings; for standard error."""
    for refusal in report.not_checked:
        yield printable(f"{refusal.label}: not checked: {refusal.reason}")
    for entry in report.stale:
        yield printable(f"stale baseline entry: {entry}")
    yield counts(report)
    hidden = sum(not look.shows(finding.severity) for finding in report.findings)
    if hidden and look.severity is not None:
        yield f"{hidden} below {look.severity.label} not shown; --show info shows them"


def counts(report: Report) -> str:
    """Return one line of totals."""
    tally = [
        f"{sum(f.severity is severity for f in report.findings)} {severity.label}"
        for severity in reversed(Severity)
    ]
    known = f", {report.known} known to the baseline" if report.known else ""
    return f"{len(report.checked)} tables checked: {', '.join(tally)}{known}"
