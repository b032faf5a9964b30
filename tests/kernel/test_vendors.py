"""Makers' kernels: what they carry back, and what they leave out."""

from __future__ import annotations

import pytest

from srat_tool.base.architecture import AARCH64
from srat_tool.kernel.profile import SetupLines
from srat_tool.kernel.profiles import profile_for
from srat_tool.kernel.vendors import vendor_of


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
    """Since 4.3; not in release candidates without the mark of a package in their release."""
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


@pytest.mark.parametrize(
    ("release", "emulates"),
    [
        ("5.10.0-46-cloud-amd64", False),
        ("6.12.107+deb13-cloud-amd64", False),
        ("7.1.13+deb13-cloud-amd64", False),
        ("7.1.13+deb13-amd64", True),
        ("6.1.0-0.deb11.25-amd64", True),
    ],
)
def test_debian_leaves_fake_nodes_out_for_clouds(release: str, emulates: bool) -> None:
    """Its other kernels read numa=fake=."""
    assert profile_for(release).emulates_nodes is emulates


def test_red_hat_trims_the_bios_area_before_mainline_does() -> None:
    """2.6.32 keeps the first page unless the release is Red Hat's."""
    assert profile_for("2.6.32-754.el6.x86_64").hides_first_page
    assert not profile_for("2.6.32-21-generic").hides_first_page
    assert profile_for("2.6.34").hides_first_page


def test_azure_linux_has_neither_zone_dma_nor_fake_nodes() -> None:
    """On x86_64, whose configuration was read; that for arm64 was not."""
    assert _zones("6.6.96.1-1.azl3") == ["DMA32", "Normal"]
    assert not profile_for("6.6.96.1-1.azl3").emulates_nodes
    other = profile_for("6.6.96.1-1.azl3", AARCH64)
    assert other.arch.zones == profile_for("6.6.96", AARCH64).arch.zones


@pytest.mark.parametrize(
    ("release", "name"),
    [
        ("4.18.0-553.el8_10.x86_64", "Red Hat Enterprise Linux 8"),
        ("5.14.0-503.11.1.el9_5.x86_64", "Red Hat Enterprise Linux 9"),
        ("6.12.0-55.9.1.el10_0.x86_64", "Red Hat Enterprise Linux 10"),
        ("5.14.21-150500.55.7-default", "SUSE Linux Enterprise"),
        ("6.4.0-150600.8.5-azure", "SUSE Linux Enterprise"),
        ("6.14.0-1012-azure", "Ubuntu"),
        ("6.8.0-51-generic", "Ubuntu"),
        ("2.6.24-19-server", "Ubuntu"),
        ("5.15.0-1041.48-realtime", "Ubuntu"),
        ("5.10.230-223.885.amzn2.x86_64", "Amazon Linux"),
        ("6.1.119-129.201.amzn2023.x86_64", "Amazon Linux"),
        ("5.15.0-300.163.18.el9uek.x86_64", "Oracle Unbreakable Enterprise Kernel 7 and 8"),
        ("5.4.17-2136.330.7.1.el8uek.x86_64", "Oracle Unbreakable Enterprise Kernel"),
        ("2.6.18-419.el5", "Red Hat Enterprise Linux 5"),
        ("2.6.32-042stab145.3", "Virtuozzo 6 (OpenVZ)"),
        ("3.10.0-1160.90.1.vz7.200.7", "Virtuozzo 7 (OpenVZ)"),
        ("4.18.0-553.5.1.vz8.7.1", "Virtuozzo 8 (OpenVZ)"),
        ("5.14.0-427.44.1.vz9.80.33", "Virtuozzo 9 (OpenVZ)"),
        ("2.6.32.12-0.7-default", "SUSE Linux Enterprise"),
        ("6.12.0-160000.5-default", "SUSE Linux Enterprise"),
        ("6.15.8-1-default", "openSUSE"),
        ("6.8.12-4-pve", "Proxmox"),
        ("6.6.96.1-1.azl3", "Azure Linux 3"),
        ("5.15.186.1-1.cm2", "Azure Linux and CBL-Mariner"),
        ("6.16.3-200.fc42.x86_64", "Fedora"),
        ("6.16.3-arch1-1", "Arch Linux"),
        ("6.12.41-1-lts", "Arch Linux"),
        ("6.6.30-android15-8-g1234567", "Android"),
        ("5.10.134-18.al8.x86_64", "Alibaba Cloud Linux and Anolis OS"),
        ("6.6.88-4.2.oc9.x86_64", "TencentOS and OpenCloudOS"),
        ("4.19.0+1", "XenServer and XCP-ng"),
        ("6.6.0-72.0.0.76.oe2403sp1.x86_64", "openEuler"),
    ],
)
def test_distributions_are_told_by_their_releases(release: str, name: str) -> None:
    """Each is named, and what of its backports is not modelled."""
    vendor = vendor_of(release)
    assert vendor is not None
    assert vendor.name == name
    assert vendor.limit or vendor.changes
