"""Patch 9: page tables by page size, and what is not put on its node."""

from __future__ import annotations

from srat_tool.plan.series2013.walk_local import LOCAL
from tests.plan.series import series_run


def test_page_tables_for_three_page_sizes() -> None:
    """None with 1G pages, a page a GiB with 2M, two megabytes a GiB with 4K."""
    section = LOCAL[0](series_run())
    node_1 = {row[0]: row[2] for row in section.rows if row[1].startswith("node 1")}
    assert node_1 == {"4K": "8M", "2M": "12K", "1G": "none"}
    assert ("2M", "node 1 (hot-pluggable)", "12K", "0x27fffd000-0x27fffffff") in section.rows


def test_other_data_goes_where_memory_is_left() -> None:
    """Node 1 is hot everywhere: its structures lie on node 2."""
    section = LOCAL[1](series_run())
    rows = [row for row in section.rows if row[0] == "node 1"]
    assert [row[1] for row in rows] == ["pg_data_t", "vmemmap", "page_cgroup"]
    assert rows[0][3] == "node 2"
    assert all("node 1 has no free memory" in row[3] for row in rows[1:])
