"""Which profile a kernel has: by its name, by its release, or by how it words its lines.

Only the rows that are looked up here know about releases.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import import_module
from typing import NamedTuple, cast

from srat_tool.base.architecture import ARCHITECTURES, Architecture, ArchitectureError
from srat_tool.base.errors import BootOptionError
from srat_tool.kernel.evidence import Grade
from srat_tool.kernel.history_series2013 import SERIES
from srat_tool.kernel.history_x86 import HISTORY as MAINLINE
from srat_tool.kernel.profile import KernelProfile
from srat_tool.kernel.stable_bases import is_counted, logged_base, stable_range
from srat_tool.kernel.vendor import Vendor, doubt_of_maker
from srat_tool.kernel.vendors import vendor_of

NEWEST = MAINLINE[-1]
_RELEASE = re.compile(r"v?(\d{1,4})\.(\d{1,4})(?:\.(\d{1,9}))?(?:-rc\d{1,4})?(-(?:kali)?\d)?")
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


def choose_profile(
    wanted: str | None, arch: Architecture, version_text: str | None = None
) -> Choice:
    """Return the profile of a name or a release string, and whether it replaces a newer one.

    Args:
        wanted: as for `profile_for`.
        arch: the architecture of the kernel.
        version_text: the first line of its boot log, where there is one.

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
    vendor = vendor_of(wanted.strip())
    span = _releases(match, wanted, vendor, version_text)
    profile = _not_newer(history, span[-1], wanted, arch)
    doubts = [*_doubts(history, span, profile, wanted), doubt_of_maker(vendor, wanted.strip())]
    own = profile if vendor is None else vendor.profile_of(profile)
    return Choice(own, "; ".join(filter(None, doubts)) or None, vendor)


def _doubts(
    history: Sequence[KernelProfile],
    span: tuple[tuple[int, ...], tuple[int, ...]],
    profile: KernelProfile,
    wanted: str,
) -> Iterator[str]:
    """Yield why a profile may not be right for the releases that a string can mean."""
    earliest = _nearest(history, span[0])
    if earliest is not profile and earliest is not None:
        yield _other_base(span, earliest, profile)
    if span[-1][:2] > history[-1].since[:2]:
        yield f"{wanted} is newer than every known release; this is the newest profile"
        return
    weak = _weak_evidence(profile)
    if weak is not None:
        yield weak


def _weak_evidence(profile: KernelProfile) -> str | None:
    """Return what a profile takes for granted, or that only its neighbours are known; or None."""
    for place, evidence in enumerate(profile.rests_on):
        weak = evidence.grade is Grade.NEIGHBOURS and not place
        if evidence.grade is Grade.ASSUMED or weak:
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


def releases_of(wanted: str) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
    """Return the first and the last release that a string can mean; None when it is none.

    Each is three numbers; the last point release of a series is 9999.
    """
    match = _RELEASE.match(wanted.strip())
    return None if match is None else _releases(match, wanted, vendor_of(wanted.strip()), None)


def _releases(
    match: re.Match[str], wanted: str, vendor: Vendor | None, version_text: str | None
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the first and the last release that a release string can mean, as three numbers.

    A release without a point release means the last one. Distributions count builds of `6.1.0`, as
    in `6.1.0-56-amd64`, whatever point release is in it.
    """
    major, minor = int(match[1]), int(match[2])
    if major == _OLD:
        return _only(major, minor, int(match[3] or _LAST_OF_2_6))
    point = None if vendor is None else vendor.point_of(wanted.strip())
    if point is not None:
        return _only(major, minor, point)
    if match[3] == "0" and match[4] is not None:
        base = _RELEASE.match(logged_base(version_text or "") or "")
        if base is not None and base[3] is not None and (base[1], base[2]) == (match[1], match[2]):
            return _only(major, minor, int(base[3]))
        if is_counted(wanted):
            first, last = stable_range(wanted, {} if vendor is None else vendor.builds)
            return (major, minor, first), (major, minor, _LATEST if last is None else last)
    return _only(major, minor, _LATEST if match[3] is None else int(match[3]))


def _only(*release: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    return release, release


def _other_base(
    span: tuple[tuple[int, ...], tuple[int, ...]], earliest: KernelProfile, profile: KernelProfile
) -> str:
    """Return what is not known about the stable release that a counted build was made from."""
    first, last = span
    series = ".".join(map(str, first[:2]))
    low = f"{series}.{first[2]}" if first[2] else series
    high = f"the last {series}.y" if last[2] == _LATEST else f"{series}.{last[2]}"
    return (
        f"its number counts builds, made from a stable release from {low} to {high}; "
        f"{profile.name} is assumed, {earliest.name} is the oldest that it can be"
    )


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
