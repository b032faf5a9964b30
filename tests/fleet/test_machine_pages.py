"""The pages of machines: one for equal inputs, linked, and nothing that the fleet's page lacks."""

from __future__ import annotations

from pathlib import Path

from srat_tool.fleet.machine_pages import machine_pages
from srat_tool.fleet.reports.answer import Question
from srat_tool.fleet.rows import opened_fleet
from tests.fleet.asked import ALONE
from tests.fleet.fleets import make_fleet


def test_there_is_a_page_for_each_set_of_equal_inputs(tmp_path: Path) -> None:
    """It is a report with a plan and tables, and names one of the machines."""
    make_fleet(tmp_path / "f", machines=12, configurations=2, drifts=1, broken=1)
    with opened_fleet([str(tmp_path / "f")], ALONE) as database:
        pages = list(machine_pages(Question(database, (), ALONE)))
    assert len({page.name for page in pages}) == len(pages) >= 3
    assert all(page.error is None and "hot-pluggable" in page.html for page in pages)
