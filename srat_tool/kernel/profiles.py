"""Which profile a kernel has: by its name, by its release, or by how it words its lines.

Only the rows that are looked up here know about releases.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from typing import NamedTuple, cast

from srat_tool.base.architecture import ARCHITECTURES, Architecture, ArchitectureError
from srat_tool.base.errors import BootOptionError
from srat_tool.kernel.evidence import Grade
from srat_tool.kernel.history_series2013 import SERIES
from srat_tool.kernel.history_x86 import HISTORY as MAINLINE
from srat_tool.kernel.profile import KernelProfile
from srat_tool.kernel.vendors import Vendor, vendor_of

NEWEST = MAINLINE[-1]
_RELEASE = re.compile(r"v?(\d{1,4})\.(\d{1,4})(?:\.(\d{1,9}))?(?:-rc\d{1,4})?(-\d)?")
_LATEST = 9999
_OLD, _LAST_OF_2_6 = 2, 39
# The most common release in published logs: the default where nothing narrows the 5.x series.
_TYPICAL = (5, 10)


class Choice(NamedTuple):
    """The profile that was chosen.

    Attributes:
        profile: the profile.
        doubt: why it may not be right for the kernel that was asked for; None when it is.
        vendor: the vendor of that kernel, where its release string shows it.
    """

    profile: KernelProfile
    doubt: str | None = None
    vendor: Vendor | None = None


@cache
def history_of(arch: Architecture) -> tuple[KernelProfile, ...]:
    """Return the profiles of an architecture, oldest first, from its module `history_*`."""
    module = import_module(f"srat_tool.kernel.history_{arch.history}")
    return cast("tuple[KernelProfile, ...]", module.HISTORY)


def profile_names() -> tuple[str, ...]:
    """Return what `--kernel` takes by name, oldest first."""
    return (*(profile.name for profile in MAINLINE), *(profile.name for profile in SERIES))


def profile_for(wanted: str | None, arch: Architecture = ARCHITECTURES[0]) -> KernelProfile:
    """Return the profile of a name or a release string: the nearest known one that is not newer.

    Args:
        wanted: `6.1`, `acpi2013`, `6.1.0-56-cloud-amd64`; None for the newest.
        arch: the architecture of the kernel.

    Raises:
        BootOptionError: when it is neither a name nor a release, or older than every profile.
        ArchitectureError: when no kernel of that name exists for the architecture.
    """
    return choose_profile(wanted, arch).profile


def choose_profile(wanted: str | None, arch: Architecture) -> Choice:
    """Return the profile of a name or a release string, and whether it replaces a newer one.

    Raises:
        BootOptionError: when it is neither a name nor a release, or older than every profile.
        ArchitectureError: when no kernel of that name exists for the architecture.
    """
    for profile in SERIES:
        if wanted == profile.name:
            _check_series(profile, arch)
            return Choice(profile)
    history = history_of(arch)
    if wanted is None:
        return Choice(history[-1])
    match = _RELEASE.match(wanted.strip())
    if match is None:
        names = " or ".join(profile.name for profile in SERIES)
        raise BootOptionError(
            "no such kernel profile",
            where="--kernel",
            got=repr(wanted),
            expected=f"a release such as 6.12 or 6.1.0-56-amd64, or {names}",
            hint="srattool kernels for the list",
        )
    release = _release(match)
    profile = _not_newer(history, release, wanted, arch)
    vendor = vendor_of(wanted)
    doubts = []
    if release[:2] > history[-1].since[:2]:
        doubts.append(f"{wanted} is newer than every known release; this is the newest profile")
    elif weak := _weak_evidence(profile):
        doubts.append(weak)
    if vendor is not None and vendor.limit is not None:
        doubts.append(f"{vendor.limit}, which is modelled only in part")
    differ = profile if vendor is None else vendor.differ(profile)
    return Choice(differ, "; ".join(doubts) or None, vendor)


def _weak_evidence(profile: KernelProfile) -> str | None:
    """Return what a profile takes for granted; None where all was booted, logged or read."""
    for place, evidence in enumerate(profile.rests_on):
        if evidence.grade is Grade.ASSUMED:
            much = "part of the profile" if place else "the profile"
            return f"{much} was not booted or read: it rests on {evidence.what}"
    return None


def profile_by_age(
    since: tuple[int, ...], before: tuple[int, ...], arch: Architecture = ARCHITECTURES[0]
) -> KernelProfile:
    """Return the likeliest profile of a kernel from these releases on, and older than those."""
    history = history_of(arch)
    fitting = [profile for profile in history if profile.since < before]
    likely = max(since, _TYPICAL)
    likely = likely if likely[0] == _OLD else (*likely, _LATEST)
    return _nearest(fitting or history, likely) or history[0]


def _check_series(profile: KernelProfile, arch: Architecture) -> None:
    if arch.name != profile.arch.name:
        raise ArchitectureError(
            f"the 2013 series (movablecore=acpi) exists for {profile.arch.title} only",
            got=arch.title,
            hint="--movable-node, or --arch if the machine is another",
        )


def _release(match: re.Match[str]) -> tuple[int, ...]:
    """Return a release as three numbers, the last point release where it does not name one.

    Distributions count builds of `6.1.0`, as in `6.1.0-56-amd64`, whatever point release is in it.
    """
    major, minor = int(match[1]), int(match[2])
    if major == _OLD:
        return major, minor, int(match[3] or _LAST_OF_2_6)
    is_counted = match[3] == "0" and match[4] is not None
    patch = _LATEST if match[3] is None or is_counted else int(match[3])
    return major, minor, patch


def _not_newer(
    history: Sequence[KernelProfile], release: tuple[int, ...], wanted: str, arch: Architecture
) -> KernelProfile:
    profile = _nearest(history, release)
    if profile is None:
        raise BootOptionError(
            f"this kernel is older than the first profile for {arch.title}",
            where="--kernel",
            got=wanted,
            expected=f"{history[0].name} or newer",
        )
    return profile


def _nearest(history: Sequence[KernelProfile], release: tuple[int, ...]) -> KernelProfile | None:
    return max(
        (profile for profile in history if profile.since <= release),
        key=lambda profile: profile.since,
        default=None,
    )
