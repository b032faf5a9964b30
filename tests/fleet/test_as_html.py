"""A fleet as a page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from srat_tool.fleet import as_html
from srat_tool.fleet.as_html import fleet_html
from tests.fleet.asked import question
from tests.fleet.fleets import Truth, make_fleet


def _page(folder: Path) -> tuple[Truth, str]:
    truth = make_fleet(folder, machines=40, configurations=2, drifts=2, broken=1, reports=1)
    with question(folder) as one:
        return truth, "".join(fleet_html(one, "the sums"))


def test_every_link_leads_to_a_part(tmp_path: Path) -> None:
    """Each machine can be clicked on; equal ones share a part, and no part comes twice."""
    truth, page = _page(tmp_path)
    parts = re.findall(r'<div class="machine" id="([\w-]+)">', page)
    links = set(re.findall(r'href="#(m-[0-9a-f]+)"', page))
    assert len(parts) == len(set(parts))
    assert set(parts) == links
    assert all(f">{path}</a>" in page for path in truth.shapes)
    assert "the sums" in page


def test_odd_and_broken_machines_are_on_it(tmp_path: Path) -> None:
    """With what differs, and why they could not be read."""
    truth, page = _page(tmp_path)
    odd = page[page.index("<h2>Odd machines") : page.index("<h2>Losses")]
    assert set(re.findall(r"<h3><a[^>]*>([^<]*)</a></h3>", odd)) == set(truth.odd)
    assert all(path in page[page.index("<h2>Errors") :] for path in truth.broken)


def test_a_large_cluster_is_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And how many are not listed is shown."""
    monkeypatch.setattr(as_html, "MAX_MEMBERS", 3)
    _, page = _page(tmp_path)
    assert re.search(r"<p>1[5-7] more</p>", page)
