"""The rows of x86 from 6.1 to 6.11."""

from __future__ import annotations

import pytest

from srat_tool.base.units import MIB, U64
from srat_tool.kernel.profiles import profile_for


def test_acpi_data_ends_ram_from_6_11_on() -> None:
    """No older series carries that change."""
    assert not profile_for("6.10").acpi_ends_ram
    assert not profile_for("6.1.0-56-amd64").acpi_ends_ram
    assert profile_for("6.11").acpi_ends_ram


@pytest.mark.parametrize(
    ("release", "fills", "roughly"),
    [
        ("6.1.62", False, False),
        ("6.1.63", True, True),
        ("6.1.80", True, False),
        ("6.5.11", False, False),
        ("6.5.12", True, True),
        ("6.6.1", False, False),
        ("6.6.2", True, True),
        ("6.6.19", True, False),
        ("6.7.6", True, True),
        ("6.7.7", True, False),
        ("6.8", True, False),
    ],
)
def test_windows_stretch_ranges_from_late_2023_on(
    release: str, *, fills: bool, roughly: bool
) -> None:
    """In 6.7 and the point releases of those weeks; mended three months later."""
    profile = profile_for(release)
    assert (profile.windows_fill, profile.windows_fill_roughly) == (fills, roughly)


@pytest.mark.parametrize(
    ("release", "slack", "no_node"),
    [
        ("6.6.69", MIB, 1024),
        ("6.6.70", U64, 1024),
        ("6.6.72", MIB, -1),
        ("6.6.145", MIB, -1),
        ("6.7.12", MIB, 1024),
        ("6.8.12", U64, 1024),
        ("6.9.5", U64, 1024),
        ("6.9.6", MIB - 4096, -1),
        ("6.10", MIB - 4096, -1),
        ("6.12.4", MIB - 4096, -1),
        ("6.12.5", MIB, -1),
    ],
)
def test_ram_without_a_node_went_unnoticed_for_a_time(
    release: str, slack: int, no_node: int
) -> None:
    """In 6.8 to 6.9.5, and in 6.6.70 and 6.6.71, the check looked for another number."""
    profile = profile_for(release)
    assert (profile.coverage_slack, profile.no_node) == (slack, no_node)
