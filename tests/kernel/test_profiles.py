import pytest

from srat_tool.base.errors import BootOptionError
from srat_tool.kernel.profiles import NEWEST, profile_by_wording, profile_for, profile_names


@pytest.mark.parametrize(
    ("release", "name"),
    [
        ("6.1.0-56-cloud-amd64", "6.1"),
        ("6.12.107+deb13-cloud-amd64", "6.12"),
        ("5.10", "5.10"),
        ("6.12.5", "6.12.5"),
        ("6.12.66", "6.12.5"),
        ("6.1.0-rc3", "6.1.0"),
        ("v6.6.72", "6.6"),
        ("6.10", "6.8"),
        ("6.15.2", "6.14"),
        ("9.0", "7.3"),
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


def test_no_name_stands_twice() -> None:
    """Each can be asked for."""
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


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        ([], "5.10"),
        (["last_pfn = 0x801f000 max_arch_pfn = 0x400000000"], "5.10"),
        (["e820: last_pfn = 0x28e0000 max_arch_pfn = 0x400000000"], "4.8"),
        ([" BIOS-e820: 0000000000000000 - 000000000006c000 (usable)"], "3.0"),
        (["BIOS-e820: [mem 0x0000000000000000-0x000000000009fbff]  System RAM"], "7.0"),
    ],
)
def test_a_kernel_without_a_name_is_known_by_its_words(lines: list[str], name: str) -> None:
    """The middle of the 5.x where the wording leaves a choice, else the nearest to it."""
    assert profile_by_wording(lines).name == name
