"""Findings for programs that read lines: one finding a line, nothing folded, no colour."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from srat_tool.base.text import printable
from srat_tool.base.words import plural
from srat_tool.lint.finding import Finding, Report
from srat_tool.lint.hit import Severity
from srat_tool.render.look import DEFAULT, Look


def finding_lines(report: Report, look: Look = DEFAULT) -> Iterator[str]:
    """Yield a line `path!inner:offset: severity ID message` for each finding that is shown.

    The most severe come first. The full form appends the consequence and the remedy.
    """
    for finding in by_severity(report.findings):
        if look.shows(finding.severity):
            yield f"{finding_line(finding)}{'' if look.full else _also(finding)}\n"
            if look.full:
                yield from _details(finding)


def by_severity(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings with the most severe first, otherwise in their order."""
    return sorted(findings, key=lambda finding: -finding.severity)


def finding_line(finding: Finding) -> str:
    """Return one finding; a finding about a whole table has no offset."""
    place = finding.path if finding.offset is None else f"{finding.path}:{finding.offset:#06x}"
    text = f"{place}: {finding.severity.label} {finding.id} {finding.table}: {finding.message}"
    return _no_command(printable(text))


def _also(finding: Finding) -> str:
    return f" (same cause: {', '.join(finding.also)})" if finding.also else ""


def _no_command(line: str) -> str:
    """Return a line that programs which read logs do not take for a command of theirs."""
    return f"./{line}" if line.startswith((":", "##")) else line


def _details(finding: Finding) -> Iterator[str]:
    also = ", ".join(finding.also)
    for label, text in (("why", finding.why), ("fix", finding.fix), ("same cause", also)):
        if text:
            yield f"    {label}: {printable(text)}\n"


def statistics_lines(report: Report, look: Look = DEFAULT) -> Iterator[str]:
    """Yield a line `count severity ID name` for each rule that found something, worst first."""
    shown = [finding for finding in report.findings if look.shows(finding.severity)]
    tally = Counter((-f.severity, f.severity.label, f.id, f.name) for f in shown)
    for (_, label, code, name), count in sorted(tally.items()):
        yield f"{count:5} {label:7} {code:8} {name}\n"


def summary_lines(report: Report, look: Look = DEFAULT) -> Iterator[str]:
    """Yield what a reader should know in addition to the findings; for standard error."""
    for refusal in report.not_checked:
        yield _no_command(printable(f"{refusal.label}: not checked: {refusal.reason}"))
    for entry in report.stale:
        yield printable(f"stale baseline entry: {entry}")
    yield counts(report)
    hidden = sum(not look.shows(finding.severity) for finding in report.findings)
    if hidden and look.severity is not None:
        yield f"{hidden} below {look.severity.label} not shown; --show info shows them"


def counts(report: Report) -> str:
    """Return one line of totals."""
    tally = []
    for severity in reversed(Severity):
        count = sum(finding.severity is severity for finding in report.findings)
        word = severity.label if severity is Severity.INFO else None
        tally.append(f"{count} {word}" if word else plural(count, severity.label))
    known = f", {report.known} known to the baseline" if report.known else ""
    return f"{plural(len(report.checked), 'table')} checked: {', '.join(tally)}{known}"
