import pytest

from srat_tool.base.errors import BootOptionError
from srat_tool.kernel.profiles import ARM64, MAINLINE, NEWEST, profile_for, profile_names


@pytest.mark.parametrize(
    ("release", "name"),
    [
        ("6.1.0-56-cloud-amd64", "6.1"),
        ("6.12.107+deb13-cloud-amd64", "6.12"),
        ("5.10", "5.10"),
        ("v6.6.72", "6.1"),
        ("6.11", "6.8"),
        ("9.0", "7.2"),
        ("2.6.32", "3.10"),
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
