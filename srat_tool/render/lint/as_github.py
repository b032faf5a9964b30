"""Findings as workflow commands: GitHub turns them into annotations of a change."""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.text import printable
from srat_tool.lint.finding import Report
from srat_tool.lint.hit import Severity
from srat_tool.render.lint.repository_path import repository_path
from srat_tool.render.look import DEFAULT, Look

_COMMANDS = {Severity.INFO: "notice", Severity.WARNING: "warning", Severity.ERROR: "error"}


def github(report: Report, look: Look = DEFAULT) -> Iterator[str]:
    """Yield a line `::error file=...,title=...::message` for each finding, and for each refusal."""
    for finding in report.findings:
        if look.shows(finding.severity):
            place = "" if finding.offset is None else f" at {finding.offset:#06x}"
            if finding.place is not None and finding.place != finding.offset:
                place += f" (byte {finding.place:#x} of the file)"
            text = f"{finding.table}{place}: {finding.message}. {finding.why}"
            file = finding.raw.origin.file
            yield _line(_COMMANDS[finding.severity], file, f"{finding.id} {finding.name}", text)
    for refusal in report.not_checked:
        file = refusal.label.partition("!")[0]
        yield _line("error", file, "not checked", f"{refusal.label}: {refusal.reason}")


def _line(command: str, file: str, title: str, text: str) -> str:
    place = _property(repository_path(file))
    return f"::{command} file={place},title={_property(title)}::{_data(text)}\n"


def _data(text: str) -> str:
    return printable(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
