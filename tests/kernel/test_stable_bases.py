"""Builds that a release only counts, and the stable releases that they were made from."""

from __future__ import annotations

import pytest

from srat_tool.base.architecture import X86_64
from srat_tool.kernel.profiles import choose_profile, profile_for
from srat_tool.kernel.stable_bases import DEBIAN, UBUNTU, StableRange, logged_base, stable_range


@pytest.mark.parametrize(
    ("release", "found"),
    [
        ("5.4.0-26-generic", StableRange(30, 30)),
        ("5.4.0-73-generic", StableRange(30, 124)),
        ("5.4.0-2-generic", StableRange(0, 8)),
        ("5.4.0-900-generic", StableRange(284, None)),
        ("4.15.0-29-generic", StableRange(0, None)),
        ("5.4.26-generic", StableRange(0, None)),
    ],
)
def test_a_build_between_known_ones(release: str, found: StableRange) -> None:
    """A known build has one base; others have what its neighbours leave."""
    assert stable_range(release, UBUNTU) == found


def test_builds_only_grow() -> None:
    """A later build is never made from an earlier point release."""
    for series in (*DEBIAN.values(), *UBUNTU.values()):
        patches = [series[build] for build in sorted(series)]
        assert patches == sorted(patches)


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("5.4.0-91-generic (gcc) #102-Ubuntu SMP (Ubuntu 5.4.0-91.102-generic 5.4.151)", "5.4.151"),
        ("5.15.0-94-generic (gcc) #104 (Ubuntu 5.15.0-94.104-generic 5.15.136+)", "5.15.136"),
        ("6.1.0-50-amd64 (gcc-12) #1 SMP Debian 6.1.176-1 (2026-07-01)", "6.1.176"),
        ("6.1.0 (me@here) #1 SMP", None),
    ],
)
def test_a_boot_log_names_the_base(text: str, base: str | None) -> None:
    """Ubuntu prints it last, Debian where the build has its number."""
    assert logged_base(text) == base


@pytest.mark.parametrize(
    ("release", "name", "oldest"),
    [
        ("5.4.0-26-generic", "5.1", None),
        ("5.4.0-73-generic", "5.4.117", "5.1"),
        ("5.4.0-91-generic", "5.4.117", None),
        ("5.4.0-205-generic", "5.4", None),
        ("5.15.0-25-generic", "5.15.0", None),
        ("5.10.0-3-amd64", "5.10.0", None),
        ("5.10.0-8-amd64", "5.10.28", None),
        ("6.1.0-51-cloud-amd64", "6.1.80", None),
        ("6.1.0-52-cloud-amd64", "6.1", None),
        ("6.6.0-1-lowlatency", "6.6", "6.6.0"),
    ],
)
def test_a_counted_build_gets_the_profile_of_its_base(
    release: str, name: str, oldest: str | None
) -> None:
    """Where the base can be on either side of a change, the other profile is named."""
    choice = choose_profile(release, X86_64)
    assert choice.profile.name == name
    assert (f"{oldest} is the oldest that it can be" in str(choice.doubt)) == (oldest is not None)


def test_the_log_of_a_counted_build_decides() -> None:
    """Whatever is known about builds with lower and higher numbers."""
    text = "5.4.0-73-generic (buildd@lcy01) #82-Ubuntu SMP (Ubuntu 5.4.0-73.82-generic 5.4.106)"
    choice = choose_profile("5.4.0-73-generic", X86_64, text)
    assert choice.profile is profile_for("5.4.106")
    assert "counts builds" not in str(choice.doubt)
