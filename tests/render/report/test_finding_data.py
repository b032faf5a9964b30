"""Findings as the values of a page."""

from __future__ import annotations

from srat_tool.api.checking import lint
from srat_tool.api.options import LintOptions
from srat_tool.api.tables import inspect
from srat_tool.render.report.finding_data import findings_value


def test_findings_know_their_tables() -> None:
    """The worst first; each with the number of its table and the offset of its field."""
    path = "fixtures/bin/slit-bad-diagonal"
    value = findings_value(lint(path, LintOptions(jobs=1)), inspect(path).tables)
    assert value["rows"][0][:2] == ["error", "SLIT005"]
    number, offset = value["rows"][0][4:6]
    assert inspect(path).tables[number].raw.signature == b"SLIT"
    assert offset == 0x30


def test_a_table_that_is_not_shown_has_no_number() -> None:
    """The finding is there without a link."""
    report = lint("fixtures/bin/slit-bad-diagonal", LintOptions(jobs=1))
    assert all(row[4] is None for row in findings_value(report, ())["rows"])
