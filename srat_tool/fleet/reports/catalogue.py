"""The reports by name."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from srat_tool.fleet.reports.answer import FleetReport, Question


class ReportEntry(NamedTuple):
    """A report.

    Attributes:
        words: names of its arguments.
        summary: what it answers.
    """

    words: tuple[str, ...]
    summary: str


REPORTS: Mapping[str, ReportEntry] = {
    "clusters": ReportEntry((), "machines of one product and topology"),
    "odd": ReportEntry((), "machines that differ from the others of their product, and by what"),
    "rollout": ReportEntry(
        ("BEFORE", "AFTER"), "what changed between two folders, databases or firmware versions"
    ),
    "removable": ReportEntry((), "nodes that can be removed"),
    "lost": ReportEntry((), "machines that lose NUMA, tiers or the boot"),
    "kernels": ReportEntry(("A", "B"), "what B changes"),
}


def report(name: str, question: Question) -> FleetReport:
    """Return the answer of a report.

    Raises:
        SratToolError: when an argument fits nothing.
    """
    answer: FleetReport = import_module(f"srat_tool.fleet.reports.{name}").answer(question)
    return answer
