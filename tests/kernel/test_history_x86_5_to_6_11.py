"""The rows of x86 from 5.x to 6.11."""

from __future__ import annotations

import pytest

from srat_tool.base.units import MIB
from srat_tool.kernel.profiles import profile_for


@pytest.mark.parametrize(
    ("release", "least"),
    [
        ("4.14.330", 4 * MIB),
        ("4.14.331", 0),
        ("4.15.18", 4 * MIB),
        ("4.19.299", 4 * MIB),
        ("4.19.300", 0),
        ("4.20.17", 4 * MIB),
        ("5.3.18", 4 * MIB),
        ("5.4.261", 4 * MIB),
        ("5.4.262", 0),
        ("5.5.1", 4 * MIB),
        ("5.10.201", 4 * MIB),
        ("5.10.202", 0),
        ("5.11.3", 4 * MIB),
        ("6.1.63", 4 * MIB),
        ("6.1.64", 0),
        ("6.4.7", 4 * MIB),
        ("6.5.12", 4 * MIB),
        ("6.5.13", 0),
        ("6.6.2", 4 * MIB),
        ("6.6.3", 0),
        ("6.7", 0),
    ],
)
def test_small_nodes_count_from_late_2023_on(release: str, least: int) -> None:
    """The limit of 4 MiB went in 6.7, and in the point releases of the same week."""
    assert profile_for(release).min_node_bytes == least


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
