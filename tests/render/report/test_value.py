"""What a report is made from."""

from __future__ import annotations

from srat_tool.render.report.value import MachineReport
from tests.render.samples import laptop


def test_it_says_what_it_has() -> None:
    """In a few words, whatever the size of the machine."""
    assert repr(MachineReport(title="x")) == "<MachineReport: no plan, 0 tables, 0 findings>"
    assert repr(MachineReport(title="x", plan=laptop())).startswith("<MachineReport: 1 node, ")
