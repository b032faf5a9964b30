"""What makes the kernels of one maker differ from mainline's of the same release."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import MappingProxyType
from typing import NamedTuple

from srat_tool.base.words import joined
from srat_tool.kernel.config import configure
from srat_tool.kernel.evidence import ProfileEvidence
from srat_tool.kernel.profile import KernelProfile
from srat_tool.kernel.stable_bases import Builds

_NAMES_NO_MAKER = re.compile(r"v?\d+\.\d+(?:\.\d+)?(?:-rc\d+)?$")
UNKNOWN_MAKER = "nothing is known of its maker: its changes and its configuration"


def _same(profile: KernelProfile) -> KernelProfile:
    return profile


class Vendor(NamedTuple):
    """Kernels of one maker: releases that match, and how they differ from mainline's.

    Attributes:
        name: the distribution.
        release: matches its releases from their beginning; a group `point` is the number of the
            stable release that a build was made from.
        differ: gives the profile of such a kernel from mainline's of the same release.
        without: configuration options that it leaves out, and that mainline's rows have.
        carries: what it carries back, in words.
        seen: what that rests on; empty where nothing is known to differ.
        limit: what of its changes is not modelled; None where they are those of stable releases.
        builds: from which stable release each of its counted builds was made.
        keeps_base: every build is made from the first release of its series.
    """

    name: str
    release: re.Pattern[str]
    differ: Callable[[KernelProfile], KernelProfile] = _same
    without: tuple[str, ...] = ()
    carries: tuple[str, ...] = ()
    seen: tuple[ProfileEvidence, ...] = ()
    limit: str | None = None
    builds: Builds = MappingProxyType({})
    keeps_base: bool = False

    @property
    def changes(self) -> tuple[str, ...]:
        """What differs from mainline, in words."""
        if not self.without:
            return self.carries
        options = joined([f"CONFIG_{option}" for option in self.without])
        return (*self.carries, f"built without {options}")

    def profile_of(self, profile: KernelProfile) -> KernelProfile:
        """Return the profile of its kernel from mainline's of the same release."""
        return configure(self.differ(profile), dict.fromkeys(self.without, "n"))

    def point_of(self, release: str) -> int | None:
        """Return the point release of a build; None where its name does not contain it."""
        match = self.release.match(release)
        point = None if match is None else match.groupdict().get("point")
        if point is not None:
            return int(point)
        return 0 if self.keeps_base else None


def doubt_of_maker(vendor: Vendor | None, release: str) -> str | None:
    """Return what of a kernel's changes is not modelled; None where that is nothing."""
    if vendor is None:
        unknown = None if _NAMES_NO_MAKER.match(release) else UNKNOWN_MAKER
        return unknown and f"{unknown} are not modelled"
    return vendor.limit and f"{vendor.limit}, which is modelled only in part"
