"""The reports by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from srat_tool.fleet.reports.catalogue import REPORTS
from tests.fleet.asked import asked
from tests.fleet.fleets import make_rollout
from tests.support import ROOT

WORDS = {"kernels": ("5.10", "7.2"), "rollout": ("1.0.0", "2.0.0")}


@pytest.mark.parametrize("name", REPORTS)
def test_every_report_answers(name: str, tmp_path: Path) -> None:
    """Each row has a cell for each column."""
    make_rollout(tmp_path, machines=4, configurations=2)
    found = asked(name, tmp_path, *WORDS.get(name, ()))
    assert found.name == name
    assert all(len(row) == len(found.columns) for row in found.rows)
    assert found.errors == ()


def test_the_page_knows_them() -> None:
    """With the words that follow them."""
    page = (ROOT / "docs" / "fleet.md").read_text()
    for name, entry in REPORTS.items():
        assert f"| `{' '.join((name, *entry.words))}` |" in page
