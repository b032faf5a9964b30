"""The rows of x86."""

from __future__ import annotations

from srat_tool.kernel.history_series2013 import SERIES
from srat_tool.kernel.history_x86 import HISTORY
from srat_tool.kernel.profile import BlockSizeRule, HotplugMark, WindowRule


def test_the_history_reads_from_old_to_new() -> None:
    """Rows are in the order of their releases, and named after them."""
    assert [p.since for p in HISTORY] == sorted(p.since for p in HISTORY)
    assert [p.name for p in HISTORY][:2] == ["2.6.18", "2.6.19"]


def test_hot_pluggable_memory_is_marked_from_3_14_on() -> None:
    """Mainline took movable_node then; the series of 2013 reserves instead, one release earlier."""
    marked = [p.since for p in HISTORY if p.hotplug_mark is HotplugMark.FLAGGED]
    assert marked[0] == (3, 14)
    assert {p.hotplug_mark for p in SERIES} == {HotplugMark.RESERVED}


def test_a_row_without_point_release_follows_the_first_of_the_last_series() -> None:
    """What a stable series took over late is not in the release that follows it."""
    rows = {p.name: p for p in HISTORY}
    assert rows["6.12"].fake_maps_domains
    assert not rows["6.13"].fake_maps_domains
    assert rows["6.14"].fake_maps_domains
    assert rows["6.18"].window_first
    assert not rows["6.19.0"].window_first
    assert rows["7.0"].window_first


def test_windows_only_reserve_from_6_16_on() -> None:
    """And they advise about the size of memory blocks."""
    reserving = [p.since for p in HISTORY if p.windows is WindowRule.RESERVED_LIST]
    advising = [p.since for p in HISTORY if p.block_size is BlockSizeRule.WINDOW_ADVICE]
    assert reserving[0] == advising[0] == (6, 16)
