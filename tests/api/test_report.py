"""A report: plan, tables and findings of one machine."""

from __future__ import annotations

from pathlib import Path

import pytest

import srat_tool
from srat_tool.api.options import PlanOptions
from srat_tool.api.report import report


def test_everything_about_a_machine() -> None:
    """Under the options of a plan."""
    answer = report("fixtures/bin/cxl-window", PlanOptions(kernel="6.1"))
    assert answer.plan is not None
    assert answer.plan.kernel.profile == "6.1"
    assert len(answer.tables) == 4
    assert answer.findings is not None


def test_paths_may_come_one_by_one() -> None:
    """Plan, tables and findings are those of the paths, however often they can be gone through."""
    answer = report(path for path in ["fixtures/bin/cxl-window"])
    assert answer.plan is not None
    assert answer.title == "fixtures/bin/cxl-window"
    assert len(answer.tables) == 4
    assert answer.findings is not None


def test_what_cannot_be_planned_is_shown_even_so(tmp_path: Path) -> None:
    """The reason takes the place of the plan."""
    slit = Path("fixtures/bin/cxl-window/SLIT.bin").read_bytes()
    file = tmp_path / "SLIT"
    file.write_bytes(slit)
    answer = report(file)
    assert answer.plan is None
    assert "no memory to plan" in answer.no_plan
    assert len(answer.tables) == 1


def test_nothing_to_show_is_an_error(tmp_path: Path) -> None:
    """That of the input."""
    file = tmp_path / "nothing"
    file.write_bytes(b"nothing")
    with pytest.raises(srat_tool.SratToolError):
        report(file)
