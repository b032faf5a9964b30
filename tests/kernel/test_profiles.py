import pytest

from srat_tool.base.architecture import (
    AARCH64,
    ARCHITECTURES,
    X86_64,
    Architecture,
    ArchitectureError,
)
from srat_tool.base.errors import BootOptionError
from srat_tool.kernel.profiles import (
    NEWEST,
    choose_profile,
    history_of,
    profile_by_age,
    profile_for,
    profile_names,
)
from srat_tool.observe.vintage import vintage


@pytest.mark.parametrize(
    ("release", "name"),
    [
        ("6.1.0-56-cloud-amd64", "6.1"),
        ("6.12.107+deb13-cloud-amd64", "6.12"),
        ("5.10", "5.10"),
        ("6.12.5", "6.12.5"),
        ("6.12.66", "6.12.5"),
        ("6.1.0-rc3", "6.1.0"),
        ("v6.6.72", "6.6.72"),
        ("6.10", "6.10"),
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


def test_each_architecture_has_its_own_history() -> None:
    """The same release is another profile on another architecture."""
    assert profile_for("6.1", AARCH64).arch.name == "aarch64"
    assert profile_for("6.1", AARCH64).max_nodes == 16
    assert profile_for("6.1").arch.name == "x86_64"


@pytest.mark.parametrize("arch", ARCHITECTURES, ids=lambda arch: arch.name)
def test_a_history_reads_from_old_to_new(arch: Architecture) -> None:
    """Rows are in the order of their releases, all of one architecture."""
    profiles = history_of(arch)
    assert [profile.since for profile in profiles] == sorted(p.since for p in profiles)
    assert {profile.arch.name for profile in profiles} == {arch.name}


def test_a_kernel_newer_than_every_known_one_is_a_stated_assumption() -> None:
    """The newest profile replaces it, and the choice names the missing release."""
    choice = choose_profile("9.9", X86_64)
    assert choice.profile is NEWEST
    assert choice.doubt is not None
    assert choice.doubt.startswith("9.9 is newer")
    assert choose_profile("6.12", X86_64).doubt is None
    assert "was not booted" in str(choose_profile("5.5", X86_64).doubt)


@pytest.mark.parametrize(("release", "arch"), [("1.0", X86_64), ("2.4", X86_64), ("3.10", AARCH64)])
def test_a_kernel_older_than_the_first_profile_is_refused(release: str, arch: Architecture) -> None:
    """Nothing that is modelled resembles it; the first profile is named."""
    with pytest.raises(BootOptionError, match=f"{arch.title}, got {release}, expected .* or newer"):
        profile_for(release, arch)


def test_the_2013_series_exists_for_one_architecture() -> None:
    """Asked for on another it is refused, and both are named."""
    with pytest.raises(ArchitectureError, match=r"x86-64 only, got arm64"):
        profile_for("acpi2013", AARCH64)


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
        (["e820: last_pfn = 0x28e0000 max_arch_pfn = 0x400000000"], "4.15"),
        (["BIOS-e820: 0000000000000000 - 000000000006c000 (usable)"], "3.0"),
        (["BIOS-e820: [mem 0x0000000000000000-0x000000000009fbff]  System RAM"], "7.0"),
    ],
)
def test_a_kernel_without_a_name_is_known_by_its_words(lines: list[str], name: str) -> None:
    """The middle of the 5.x where the wording leaves a choice, else the nearest to it."""
    assert profile_by_age(*vintage(lines)).name == name
