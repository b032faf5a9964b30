"""The rows of the 2013 series."""

from __future__ import annotations

from srat_tool.kernel.history_series2013 import ACPI2013, ACPI2013_V2_POSTED, SERIES


def test_both_versions_know_the_option() -> None:
    """Each version has `movablecore=acpi`; only the intended one finds the movable zone."""
    assert all(profile.knows_movablecore_acpi for profile in SERIES)
    assert ACPI2013.finds_movable_zone
    assert not ACPI2013_V2_POSTED.finds_movable_zone
