"""Makers' kernels: what they carry back, and what they leave out."""

from __future__ import annotations

import pytest

from srat_tool.kernel.profile import SetupLines
from srat_tool.kernel.profiles import profile_for


def _zones(release: str) -> list[str]:
    return [zone.name for zone in profile_for(release).arch.zones]


def test_makers_carry_changes_back_or_leave_things_out() -> None:
    """A release names its maker, whose kernels differ from mainline of the same number."""
    early = profile_for("3.10.0-327.28.3.el7.x86_64")
    late = profile_for("3.10.0-1062.1.1.el7.x86_64")
    assert early.printk.hot == late.printk.hot == " hotplug"
    assert early.setup_lines is SetupLines.BEFORE_NODE_DATA
    assert late.setup_lines is SetupLines.WITH_ZONES
    assert profile_for("3.10.0-1062.elrepo").printk.hot == ""
    assert _zones("6.6.36.3-microsoft-standard-WSL2") == ["DMA32", "Normal"]
    assert _zones("5.15.167.4-microsoft-standard-WSL2") == ["DMA", "DMA32", "Normal"]


@pytest.mark.parametrize(
    ("release", "shown"),
    [
        ("4.2.0-rc1", False),
        ("4.19.84-microsoft-standard", False),
        ("4.11.0-rc1-00123-gdeadbeef+", False),
        ("5.16.0-rc8-amd64", True),
        ("5.18.0-rc3-next-20220419", False),
        ("6.16.0-rc1_of_mine", False),
    ],
)
def test_zone_device_is_built_in(release: str, shown: bool) -> None:
    """Since 4.3; not in release candidates that nobody packaged, as far as the release tells."""
    assert profile_for(release).printk.device_zone is shown


@pytest.mark.parametrize(
    ("release", "shown"),
    [
        ("5.10.0-32-cloud-arm64", False),
        ("6.1.0-56-arm64", False),
        ("6.12.107+deb13-arm64", True),
        ("6.1.0-56-amd64", True),
    ],
)
def test_debian_for_arm64_was_late_with_zone_device(release: str, shown: bool) -> None:
    """Its configuration has it from release 13 on."""
    assert profile_for(release).printk.device_zone is shown


def test_red_hat_trims_the_bios_area_before_mainline_does() -> None:
    """2.6.32 keeps the first page where nothing says otherwise."""
    assert profile_for("2.6.32-754.el6.x86_64").hides_first_page
    assert not profile_for("2.6.32-21-generic").hides_first_page
    assert profile_for("2.6.34").hides_first_page
