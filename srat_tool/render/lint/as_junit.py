"""Findings as JUnit XML: a suite a table, a test case a finding, or one that passed."""

from __future__ import annotations

from collections import defaultdict
from xml.sax.saxutils import quoteattr

from srat_tool.base.rawtable import RawTable
from srat_tool.base.text import printable
from srat_tool.lint.finding import Finding, Report
from srat_tool.render.lint.repository_path import repository_path
from srat_tool.render.look import DEFAULT, Look


def junit(report: Report, look: Look = DEFAULT) -> str:
    """Return the whole document: what makes the status 1 is a failure, refusals are errors.

    Other findings are written as the output of a test case that passed; hidden ones are left out.
    """
    shown = [f for f in report.findings if look.shows(f.severity) or look.fails(f.severity)]
    failed = sum(look.fails(finding.severity) for finding in shown)
    by_table: dict[int, list[Finding]] = defaultdict(list)
    for finding in shown:
        by_table[id(finding.raw)].append(finding)
    suites = [_suite(raw, by_table[id(raw)], look) for raw in report.checked]
    suites += [_refused(refusal.label, refusal.reason) for refusal in report.not_checked]
    cases = len(shown) + sum(not by_table[id(raw)] for raw in report.checked)
    totals = f'tests="{cases + len(report.not_checked)}" failures="{failed}"'
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<testsuites name="srattool lint" {totals} errors="{len(report.not_checked)}">',
            *suites,
            "</testsuites>",
        ]
    )


def _suite(raw: RawTable, findings: list[Finding], look: Look) -> str:
    file = raw.origin.file
    where = f"{repository_path(file)}{raw.origin.label.removeprefix(file)}"
    name = _quoted(f"{where} {raw.signature.decode('latin-1')}")
    cases = [_case(finding, name, look) for finding in findings]
    failed = sum(look.fails(finding.severity) for finding in findings)
    passed = f'  <testcase classname={name} name="no findings"/>'
    head = f' <testsuite name={name} tests="{max(1, len(cases))}" failures="{failed}">'
    return "\n".join([head, *(cases or [passed]), " </testsuite>"])


def _case(finding: Finding, suite: str, look: Look) -> str:
    place = "" if finding.offset is None else f" at {finding.offset:#06x}"
    title = _quoted(f"{finding.id} {finding.name}{place}")
    kind = _quoted(finding.severity.label)
    text = _quoted(finding.message)
    body = _text(f"{finding.why}\n{finding.fix}")
    if look.fails(finding.severity):
        result = f"<failure type={kind} message={text}>{body}</failure>"
    else:
        summary = _text(f"{finding.severity.label}: {finding.message}")
        result = f"<system-out>{summary}\n{body}</system-out>"
    return f"  <testcase classname={suite} name={title}>\n   {result}\n  </testcase>"


def _refused(label: str, reason: str) -> str:
    name = _quoted(repository_path(label))
    return (
        f' <testsuite name={name} tests="1" failures="0" errors="1">\n'
        f'  <testcase classname={name} name="could not be checked">\n'
        f"   <error message={_quoted(reason)}/>\n"
        f"  </testcase>\n"
        f" </testsuite>"
    )


def _quoted(text: str) -> str:
    return quoteattr(printable(text))


def _text(text: str) -> str:
    lines = (printable(line) for line in text.split("\n"))
    return "\n".join(lines).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
