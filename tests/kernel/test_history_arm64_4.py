"""The rows of arm64 from 4.8 to 5.9."""

from __future__ import annotations

import pytest

from srat_tool.base.architecture import AARCH64
from srat_tool.base.span import Span
from srat_tool.base.units import GIB
from srat_tool.kernel.profiles import profile_for
from srat_tool.kernel.zones import zone_limits


@pytest.mark.parametrize(
    ("release", "zones"),
    [
        ("4.15", ["DMA", "Normal"]),
        ("4.16", ["DMA32", "Normal"]),
        ("5.4.302", ["DMA32", "Normal"]),
        ("5.5", ["DMA", "DMA32", "Normal"]),
    ],
)
def test_the_zones_of_arm64(release: str, zones: list[str]) -> None:
    """ZONE_DMA was renamed in 4.16, and came back in 5.5."""
    assert [zone.name for zone in profile_for(release, AARCH64).arch.zones] == zones


@pytest.mark.parametrize(
    ("release", "ends"),
    [
        ("4.19", [132, 140]),
        ("5.8", [129, 132, 140]),
        ("5.10.21", [129, 132, 140]),
        ("5.10.22", [132, 132, 140]),
        ("5.10.47", [140, 140, 140]),
        ("6.1", [140, 140, 140]),
    ],
)
def test_limits_count_from_ram_up_to_5_10_46(release: str, ends: list[int]) -> None:
    """RAM from 128 GiB on: its first GiB, or 4 GiB, are the low zones; later all is ZONE_DMA."""
    arch = profile_for(release, AARCH64).arch
    found = zone_limits(arch, Span(128 * GIB, 140 * GIB)).spans
    assert [(span.end << 12) // GIB for span in found] == ends


def test_the_first_gib_of_low_ram() -> None:
    """RAM from 1 GiB on: the limit of 1 GiB counts from there."""
    arch = profile_for("5.8", AARCH64).arch
    found = zone_limits(arch, Span(GIB, 9 * GIB)).spans
    assert [(span.start << 12, span.end << 12) for span in found] == [
        (GIB, 2 * GIB),
        (2 * GIB, 4 * GIB),
        (4 * GIB, 9 * GIB),
    ]
