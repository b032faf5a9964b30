"""Findings as text: grouped by input, the bytes shown, the field underlined."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from rich.text import Text

from srat_tool.base.words import plural
from srat_tool.lint.finding import Finding, Report
from srat_tool.lint.hit import Severity
from srat_tool.render.lint.finding_lines import by_severity, counts
from srat_tool.render.look import DEFAULT, Look
from srat_tool.render.paper.console import Paper, fitted, fold, paint, sentence
from srat_tool.render.paper.theme import DIM, ERROR, HEADING, NOTE, WARNING

MAX_FINDINGS = 100
ROW = 16
_STYLES = {Severity.INFO: NOTE, Severity.WARNING: WARNING, Severity.ERROR: ERROR}


def findings_text(report: Report, look: Look = DEFAULT) -> str:
    """Return the counts, then the findings to show, at most so many of one input."""
    paper = look.paper
    shown = [finding for finding in report.findings if look.shows(finding.severity)]
    lines = [*_verdict(report, shown, paper)]
    for path, group in groupby(shown, key=lambda finding: finding.path):
        members = list(group)
        lines += [Text(), *fold(sentence((path, HEADING)), paper, hanging=4)]
        for finding in by_severity(members)[:MAX_FINDINGS]:
            lines += _finding(finding, paper)
        if len(members) > MAX_FINDINGS:
            rest = plural(len(members) - MAX_FINDINGS, "finding")
            lines.append(sentence(f"  {rest} more in this input; --format json lists them all"))
    return paint(fitted(lines, paper), paper)


def _finding(finding: Finding, paper: Paper) -> Iterator[Text]:
    place = "" if finding.offset is None else f" +{finding.offset:#06x}"
    head = sentence(
        "  ",
        (finding.severity.label, _STYLES[finding.severity]),
        f" {finding.id} ",
        (f"{finding.name} in {finding.table}{place}", DIM),
    )
    yield head
    yield from fold(sentence("    ", finding.message), paper, hanging=4)
    yield from _bytes(finding)
    also = ", ".join(finding.also)
    for label, text in (("why", finding.why), ("fix", finding.fix), ("same cause", also)):
        if text:
            yield from fold(sentence("    ", (f"{label}: ", DIM), text), paper, hanging=9)


def _bytes(finding: Finding) -> Iterator[Text]:
    """Yield the row of the table that the field begins in, and a line that marks the field."""
    if finding.offset is None or finding.size < 1:
        return
    start = max(0, finding.offset - ROW // 4)
    data = finding.raw.data[start : start + ROW]
    first = finding.offset - start
    last = min(first + finding.size, len(data))
    if first >= last:
        return
    prefix = f"    {start:#06x}  "
    before, field = data[:first].hex(" "), data[first:last].hex(" ")
    after = data[last:].hex(" ")
    lead = f"{before} " if before else ""
    yield sentence(
        (prefix, DIM),
        f"{before} " if before else "",
        (field, HEADING),
        f" {after}" if after else "",
    )
    blanks = len(prefix) + len(lead)
    yield sentence(" " * blanks, ("^" * len(field), _STYLES[finding.severity]))


def _verdict(report: Report, shown: list[Finding], paper: Paper) -> Iterator[Text]:
    """Yield the counts, then what could not be answered."""
    yield from fold(sentence((counts(report), HEADING)), paper, hanging=2)
    for refusal in report.not_checked:
        yield sentence(("not checked: ", ERROR), f"{refusal.label}: {refusal.reason}")
    for entry in report.stale:
        yield sentence(("stale baseline entry: ", WARNING), entry)
    hidden = len(report.findings) - len(shown)
    if hidden:
        yield sentence((f"{plural(hidden, 'note')} not shown; --show info shows them", DIM))
