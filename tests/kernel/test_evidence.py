"""What rows of the history rest on."""

from __future__ import annotations

import pytest

from srat_tool.base.architecture import ARCHITECTURES
from srat_tool.kernel.evidence import Grade, assumed, between, booted, logged, read
from srat_tool.kernel.history_series2013 import SERIES
from srat_tool.kernel.profile import KernelProfile
from srat_tool.kernel.profiles import history_of

ROWS = (*(row for arch in ARCHITECTURES for row in history_of(arch)), *SERIES)


def test_each_kind_of_evidence_has_its_grade() -> None:
    """The strongest is a boot, the weakest an assumption."""
    kinds = [booted("a"), logged("b"), read("c"), between("d", "e"), assumed("f")]
    assert [kind.grade for kind in kinds] == list(Grade)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.arch.name}-{row.name}")
def test_every_row_says_what_it_rests_on(row: KernelProfile) -> None:
    """And its evidence is listed the strongest first."""
    grades = [list(Grade).index(evidence.grade) for evidence in row.rests_on]
    assert grades
    assert grades == sorted(grades)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.arch.name}-{row.name}")
def test_no_row_was_seen_first_somewhere(row: KernelProfile) -> None:
    """A change is dated by the release that brought it, not by the first one that was looked at."""
    assert not any("seen" in change.what + change.source for change in row.changes)
