"""Which profile a kernel has: by its name, by its release, or by how it words its lines.

Only the rows that are looked up here know about releases.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from srat_tool.base.errors import BootOptionError
from srat_tool.kernel.history_arm64 import ARM64
from srat_tool.kernel.history_x86 import MAINLINE
from srat_tool.kernel.history_x86_2_to_4 import SERIES
from srat_tool.kernel.profile import KernelProfile
from srat_tool.kernel.vendors import VENDORS
from srat_tool.kernel.vintage import TYPICAL, vintage

NEWEST = MAINLINE[-1]
_BY_MACHINE = {"x86_64": MAINLINE, "aarch64": ARM64}
_ALIASES = {"amd64": "x86_64", "x86-64": "x86_64", "arm64": "aarch64"}
_RELEASE = re.compile(r"v?(\d+)\.(\d+)(?:\.(\d+))?(?:-rc\d+)?(-\d)?")
_LATEST = 9999
_OLD, _LAST_OF_2_6 = 2, 39


def profile_names() -> tuple[str, ...]:
    """Return what `--kernel` takes by name, oldest first."""
    return (*(profile.name for profile in MAINLINE), *(profile.name for profile in SERIES))


def profile_for(wanted: str | None, machine: str | None = None) -> KernelProfile:
    """Return the profile of a name or a release string: the nearest known one that is not newer.

    Args:
        wanted: `6.1`, `acpi2013`, `6.1.0-56-cloud-amd64`; None for the newest.
        machine: as `uname -m` says it; None means x86_64 unless the release names another.

    Raises:
        BootOptionError: when it is neither a name nor a release.
    """
    for profile in SERIES:
        if wanted == profile.name:
            return profile
    history = _BY_MACHINE[_machine(wanted or "", machine)]
    if wanted is None:
        return history[-1]
    match = _RELEASE.match(wanted.strip())
    if match is None:
        raise BootOptionError(
            "no such kernel profile",
            where="--kernel",
            got=repr(wanted),
            expected=f"a release such as 6.1.0-56-amd64 or one of {', '.join(profile_names())}",
        )
    profile = _nearest(history, _release(match))
    for vendor in VENDORS:
        if vendor.release.match(wanted):
            return vendor.differ(profile)
    return profile


def profile_by_wording(lines: Iterable[str], machine: str | None = None) -> KernelProfile:
    """Return the likeliest profile of a kernel that printed these lines and not its release."""
    since, before = vintage(lines)
    history = _BY_MACHINE[_machine("", machine)]
    fitting = [profile for profile in history if profile.since < before]
    likely = max(since, TYPICAL)
    return _nearest(fitting or history, likely if likely[0] == _OLD else (*likely, _LATEST))


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


def _nearest(history: Sequence[KernelProfile], release: tuple[int, ...]) -> KernelProfile:
    return max(
        (profile for profile in history if profile.since <= release),
        key=lambda profile: profile.since,
        default=history[0],
    )


def _machine(release: str, machine: str | None) -> str:
    name = machine or ("aarch64" if re.search(r"arm64|aarch64", release) else "x86_64")
    return name if (name := _ALIASES.get(name, name)) in _BY_MACHINE else "x86_64"
