"""One maker's row: what it leaves out, and what its builds were made from."""

from __future__ import annotations

import re

import pytest

from srat_tool.base.architecture import X86_64
from srat_tool.kernel.profiles import choose_profile, profile_for
from srat_tool.kernel.vendor import UNKNOWN_MAKER, Vendor, doubt_of_maker


@pytest.mark.parametrize(
    ("release", "doubted"),
    [
        ("6.12.41", False),
        ("v6.12", False),
        ("6.12.0-rc3", False),
        ("6.12.41-custom", True),
        ("6.12.41_1", True),
    ],
)
def test_a_name_that_no_maker_is_known_for_is_doubted(release: str, doubted: bool) -> None:
    """Only the names of mainline's own releases leave no doubt."""
    doubt = choose_profile(release, X86_64).doubt
    assert (doubt is not None and UNKNOWN_MAKER in doubt) is doubted


def test_options_that_are_left_out_are_applied_and_named() -> None:
    """As a configuration does, on top of what is carried back."""
    vendor = Vendor("me", re.compile("6"), without=("ZONE_DMA", "NUMA_EMU"), carries=("more",))
    profile = vendor.profile_of(profile_for("6.12"))
    assert [zone.name for zone in profile.arch.zones] == ["DMA32", "Normal"]
    assert not profile.emulates_nodes
    assert vendor.changes == ("more", "built without CONFIG_ZONE_DMA and CONFIG_NUMA_EMU")
    assert doubt_of_maker(vendor, "6.12") is None


def test_the_stable_release_of_a_build() -> None:
    """A number in the release, the first release of the series, or unknown."""
    named = Vendor("me", re.compile(r"6\.12\.0-\d+\.(?P<point>\d{1,4})"))
    assert named.point_of("6.12.0-1.23.3") == 23
    assert named._replace(release=re.compile("6"), keeps_base=True).point_of("6.12.0-1.23.3") == 0
    assert named._replace(release=re.compile("6")).point_of("6.12.0-1.23.3") is None
