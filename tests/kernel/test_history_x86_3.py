"""The rows of x86 of 3.x."""

from __future__ import annotations

import pytest

from srat_tool.kernel.profile import NumaDriver
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
