"""The rows of x86."""

from __future__ import annotations

from srat_tool.kernel.history_x86 import MAINLINE, SERIES
from srat_tool.kernel.profile import HotplugMark


def test_the_history_reads_from_old_to_new() -> None:
    """Rows stand in the order of their releases, named by them."""
    assert [p.since for p in MAINLINE] == sorted(p.since for p in MAINLINE)
    assert [p.name for p in MAINLINE][:2] == ["2.6.18", "2.6.19"]


def test_hot_pluggable_memory_is_marked_from_3_14_on() -> None:
    """Mainline took movable_node then; the series of 2013 reserves instead, one release earlier."""
    marked = [p.since for p in MAINLINE if p.hotplug_mark is HotplugMark.FLAGGED]
    assert marked[0] == (3, 14)
    assert {p.hotplug_mark for p in SERIES} == {HotplugMark.RESERVED}
