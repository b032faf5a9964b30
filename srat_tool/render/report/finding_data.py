"""Findings as the values that the report's script reads, linked to tables by number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from srat_tool.base.text import printable
from srat_tool.lint.finding import Finding, Report
from srat_tool.render.inspect.record import Inspected
from srat_tool.render.lint.finding_lines import by_severity, counts

MAX_FINDINGS = 2000


def findings_value(report: Report, tables: Sequence[Inspected]) -> dict[str, Any]:
    """Return the counts, and each finding with the number of its table, or None."""
    numbers = {(one.raw.origin.label, one.raw.data): number for number, one in enumerate(tables)}
    found = by_severity(report.findings)
    rest = len(found) - MAX_FINDINGS
    return {
        "counts": counts(report),
        "rows": [_row(one, numbers) for one in found[:MAX_FINDINGS]],
        "more": f"{rest} more; srattool lint shows them all" if rest > 0 else "",
        "unchecked": [[printable(no.label), printable(no.reason)] for no in report.not_checked],
    }


def _row(finding: Finding, numbers: dict[tuple[str, bytes], int]) -> list[Any]:
    return [
        finding.severity.label,
        finding.id,
        finding.name,
        printable(finding.table),
        numbers.get((finding.path, finding.raw.data)),
        finding.offset,
        finding.size,
        finding.entry,
        printable(finding.message),
        printable(finding.why),
        printable(finding.fix),
        list(finding.also),
    ]
