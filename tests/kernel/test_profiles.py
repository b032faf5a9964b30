import pytest

from srat_tool.base.errors import BootOptionError
from srat_tool.kernel.profile import SetupLines
from srat_tool.kernel.profiles import (
    ARM64,
    MAINLINE,
    NEWEST,
    profile_by_wording,
    profile_for,
    profile_names,
)


@pytest.mark.parametrize(
    ("release", "name"),
    [
        ("6.1.0-56-cloud-amd64", "6.1"),
        ("6.12.107+deb13-cloud-amd64", "6.12"),
        ("5.10", "5.10"),
        ("v6.6.72", "6.1"),
        ("6.11", "6.8"),
        ("9.0", "7.2"),
        ("2.6.18-274.el5", "2.6.18"),
        ("2.6.26-2-amd64", "2.6.23"),
        ("2.6.32", "2.6.32"),
        ("2.6.39-bpo.2-amd64", "2.6.34"),
        ("2.6", "2.6.34"),
        ("3.2.0-4-amd64", "3.0"),
        ("3.10", "3.10"),
    ],
)
def test_a_release_picks_the_nearest_profile_that_is_not_newer(release: str, name: str) -> None:
    """Between two known kernels the older one speaks."""
    assert profile_for(release).name == name


def test_the_history_reads_from_old_to_new() -> None:
    """Rows stand in the order of their releases, and no name stands twice."""
    for history in (MAINLINE, ARM64):
        assert [p.since for p in history] == sorted(p.since for p in history)
    assert len(set(profile_names())) == len(profile_names())


def test_the_architecture_comes_from_the_machine_or_the_release() -> None:
    """arm64 kernels have a history of their own."""
    assert profile_for("6.12.107+deb13-cloud-arm64").arch.name == "aarch64"
    assert profile_for("6.1", "aarch64").arch.name == "aarch64"
    assert profile_for("6.1", "arm64").max_nodes == 16
    assert profile_for("6.1").arch.name == "x86_64"


def test_nothing_asked_for_is_the_newest() -> None:
    """Without a release the newest kernel is mirrored."""
    assert profile_for(None) is NEWEST


def test_what_is_no_release_is_refused_with_the_names_that_are() -> None:
    """The message lists what can be typed."""
    with pytest.raises(BootOptionError, match=r"'latest'.*6\.12"):
        profile_for("latest")


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
    ("lines", "name"),
    [
        ([], "5.10"),
        (["last_pfn = 0x801f000 max_arch_pfn = 0x400000000"], "5.10"),
        (["e820: last_pfn = 0x28e0000 max_arch_pfn = 0x400000000"], "4.8"),
        ([" BIOS-e820: 0000000000000000 - 000000000006c000 (usable)"], "3.0"),
        (["BIOS-e820: [mem 0x0000000000000000-0x000000000009fbff]  System RAM"], "7.2"),
    ],
)
def test_a_kernel_without_a_name_is_known_by_its_words(lines: list[str], name: str) -> None:
    """The middle of the 5.x where the wording leaves a choice, else the nearest to it."""
    assert profile_by_wording(lines).name == name


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


def test_late_5_10_has_one_dma_zone_on_arm64() -> None:
    """The change is in 5.10.y; sections became small in 5.12 only."""
    arch = profile_for("5.10.0-32-cloud-arm64").arch
    assert [zone.name for zone in arch.zones] == ["DMA", "DMA32", "Normal"]
    assert arch.section_bytes == 1 << 30


def test_red_hat_trims_the_bios_area_before_mainline_does() -> None:
    """2.6.32 keeps the first page where nothing says otherwise."""
    assert profile_for("2.6.32-754.el6.x86_64").hides_first_page
    assert not profile_for("2.6.32-21-generic").hides_first_page
    assert profile_for("2.6.34").hides_first_page
