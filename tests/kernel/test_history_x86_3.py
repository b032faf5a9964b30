"""The rows of x86 of 3.x."""

from __future__ import annotations

import pytest

from srat_tool.kernel.profile import NumaDriver, SetupLines
from srat_tool.kernel.profiles import profile_for


@pytest.mark.parametrize(
    ("release", "driver"), [("2.6.39", NumaDriver.MEMNODE), ("3.0", NumaDriver.MEMINFO)]
)
def test_ranges_collect_from_3_0_on(release: str, driver: NumaDriver) -> None:
    """Before, they stay as the table has them."""
    assert profile_for(release).numa_driver is driver


def test_zones_end_where_ram_does_from_3_19_on() -> None:
    """Before, they are printed up to where they could end."""
    assert not profile_for("3.18.140").caps_zones
    assert profile_for("3.19").caps_zones


@pytest.mark.parametrize(
    ("release", "late", "lines"),
    [
        ("3.14.79", True, SetupLines.BEFORE_NODE_DATA),
        ("3.17.8", True, SetupLines.BEFORE_NODE_DATA),
        ("3.18", False, SetupLines.WITH_ZONES),
        ("4.4", False, SetupLines.WITH_ZONES),
    ],
)
def test_marks_are_cleared_before_node_data_from_3_18_on(
    release: str, *, late: bool, lines: SetupLines
) -> None:
    """In the same release nodes are reported after the node ranges."""
    profile = profile_for(release)
    assert (profile.clears_after_node_data, profile.setup_lines) == (late, lines)
