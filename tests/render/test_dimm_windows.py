"""Ranges for planned DIMMs as text."""

from __future__ import annotations

from srat_tool.base.units import GIB
from srat_tool.plan.dimm_text import PlannedDimms
from srat_tool.plan.dimm_windows import dimm_windows
from srat_tool.render.dimm_windows import dimm_windows_lines
from srat_tool.render.paper.console import Paper, paint
from tests.hotplug import TABLE
from tests.plan.support import machine

PAPER = Paper(width=140)


def _text(*dimms: PlannedDimms) -> str:
    return paint(dimm_windows_lines(dimm_windows(machine(TABLE), dimms), PAPER), PAPER)


def test_the_entry_to_add_is_one_that_build_takes() -> None:
    """With its domain, range and mark."""
    text = _text(PlannedDimms(2 * GIB, 4, 2))
    assert text.startswith("yes: 4 DIMMs can be added with 1 new range of the SRAT")
    assert "  mem 2 0x400000000+4G hotplug" in text
    assert "2 x 2G" in text


def test_nothing_to_add_is_said() -> None:
    """No entry follows."""
    text = _text(PlannedDimms(2 * GIB, 1, 2))
    assert text.startswith("yes: 1 DIMM can be added in the ranges that are there")
    assert "entries to add" not in text


def test_no_has_its_reason() -> None:
    """Before the table."""
    text = _text(PlannedDimms(1000, 1, 2))
    assert text.startswith("no: these DIMMs cannot all be added")
    assert "because Linux refuses 1 DIMM of domain 2" in text
