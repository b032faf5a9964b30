"""Kernels that differ from mainline's of the same release: a row of data for each maker's."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

from srat_tool.kernel.evidence import ProfileEvidence, booted, logged, read
from srat_tool.kernel.profile import (
    HotplugMark,
    KernelProfile,
    NumaDriver,
    SetupLines,
    WindowRule,
)
from srat_tool.kernel.stable_bases import DEBIAN, UBUNTU, Builds


def _same(profile: KernelProfile) -> KernelProfile:
    return profile


class Vendor(NamedTuple):
    """Kernels of one maker: releases that match, and how they differ from mainline's.

    Attributes:
        name: the distribution.
        release: matches its releases from their beginning.
        differ: gives the profile of such a kernel from mainline's of the same release.
        changes: what differs, in words.
        seen: what that rests on; empty where nothing is known to differ.
        limit: what of its backports is not modelled; None where they are those of stable releases.
        builds: from which stable release each of its counted builds was made.
    """

    name: str
    release: re.Pattern[str]
    differ: Callable[[KernelProfile], KernelProfile] = _same
    changes: tuple[str, ...] = ()
    seen: tuple[ProfileEvidence, ...] = ()
    limit: str | None = None
    builds: Builds = MappingProxyType({})


def _el6(profile: KernelProfile) -> KernelProfile:
    """Red Hat's 2.6.32 carries the trimming of the BIOS area back from 2.6.34."""
    return replace(profile, hides_first_page=True)


def _el7(profile: KernelProfile) -> KernelProfile:
    """Red Hat's 3.10 carries movable_node and its flag back from 3.14."""
    return replace(
        profile,
        knows_movable_node=True,
        hotplug_mark=HotplugMark.FLAGGED,
        clears_kernel_nodes=True,
        printk=replace(profile.printk, hot=" hotplug"),
    )


def _el7_late(profile: KernelProfile) -> KernelProfile:
    """From its fourth update on it reports nodes as 4.x does, in the narrow format of 3.x.

    Its release notes name KASLR for the same update.
    """
    return replace(_el7(profile), setup_lines=SetupLines.WITH_ZONES, randomizes_base=True)


def _plain(profile: KernelProfile) -> KernelProfile:
    """Built from the sources' own defaults, which leave CONFIG_ZONE_DEVICE out."""
    return replace(profile, printk=replace(profile.printk, device_zone=False))


def _developers(profile: KernelProfile) -> KernelProfile:
    """The same, unless there is a sign of another configuration: release candidates."""
    return replace(_plain(profile), may_have_zone_device=profile.printk.device_zone)


def _wsl(profile: KernelProfile) -> KernelProfile:
    """Built without CONFIG_ZONE_DMA."""
    zones = tuple(zone for zone in profile.arch.zones if zone.name != "DMA")
    return replace(profile, arch=replace(profile.arch, zones=zones))


def _wsl_early(profile: KernelProfile) -> KernelProfile:
    """Built without CONFIG_NUMA: Microsoft's 4.19, 5.4, 5.10 and 5.15."""
    return replace(profile, numa_driver=NumaDriver.NONE)


def _el8(profile: KernelProfile) -> KernelProfile:
    """Red Hat's 4.18 carries generic initiators back from 5.10."""
    return replace(profile, initiators_stay_online=True)


def _el9(profile: KernelProfile) -> KernelProfile:
    """Red Hat's 5.14 carries nodes of CXL windows back from 5.16 and 6.7."""
    return replace(profile, windows=WindowRule.BLOCK, windows_fill=True, windows_are_parsed=True)


_RED_HAT = "Red Hat carries memory management back from later releases"
_SUSE = "SUSE carries drivers and memory management back from later releases"
_UBUNTU = "Ubuntu adds changes to the stable release that its number does not name"
_AMAZON = "Amazon adds changes to the stable release"

# The first row that matches counts.
VENDORS = (
    Vendor(
        "Red Hat Enterprise Linux 6",
        re.compile(r"2\.6\.32-\d+\b.*\.(?:el6|vz6)"),
        _el6,
        ("the first page is no RAM, from 2.6.34",),
        (logged("2.6.32-696.el6"),),
        _RED_HAT,
    ),
    Vendor(
        "Red Hat Enterprise Linux 7, up to its third update",
        re.compile(r"3\.10\.0-(?:[1-4]?\d{1,2}|50\d|51[0-3])\b.*\.(?:el7|vz7)"),
        _el7,
        ("movable_node, from 3.14",),
        (logged("3.10.0-327.el7"),),
        _RED_HAT,
    ),
    Vendor(
        "Red Hat Enterprise Linux 7",
        re.compile(r"3\.10\.0-\d+\b.*\.(?:el7|vz7)"),
        _el7_late,
        ("movable_node, from 3.14", "NODE_DATA lines of 4.0"),
        (logged("3.10.0-693.el7 and 3.10.0-1062.el7"),),
        _RED_HAT,
    ),
    Vendor(
        "Red Hat Enterprise Linux 8",
        re.compile(r"4\.18\.0-\d+\b.*\.el8"),
        _el8,
        ("generic initiators, from 5.10",),
        (read("drivers/acpi/numa/srat.c and arch/x86/mm/numa.c of a 4.18.0 tree"),),
        _RED_HAT,
    ),
    Vendor(
        "Red Hat Enterprise Linux 9",
        re.compile(r"5\.14\.0-\d+\b.*\.el9"),
        _el9,
        ("nodes of CXL windows, from 5.16, 6.1 and 6.7",),
        (read("drivers/acpi/numa/srat.c of a 5.14.0 tree"),),
        _RED_HAT,
    ),
    Vendor("Red Hat Enterprise Linux 10", re.compile(r"6\.12\.0-\d+\b.*\.el10"), limit=_RED_HAT),
    Vendor(
        "SUSE Linux Enterprise",
        re.compile(r"\d+\.\d+\.\d+-(?:\d+(?:\.\d+)*-(?:default|64kb)|\d+(?:\.\d+)+-(?:azure|rt))$"),
        limit=_SUSE,
    ),
    Vendor(
        "Ubuntu",
        re.compile(r"\d+\.\d+\.0-\d+(?:\.\d+)?-(?:generic|lowlatency)"),
        seen=(logged("5.4.0-73-generic"),),
        limit=_UBUNTU,
        builds=UBUNTU,
    ),
    # Their builds are counted on their own.
    Vendor(
        "Ubuntu",
        re.compile(
            r"\d+\.\d+\.0-\d+(?:\.\d+)?-"
            r"(?:azure|aws|gcp|gke|gkeop|ibm|kvm|nvidia|oem|oracle|raspi|realtime|bluefield)"
        ),
        seen=(logged("5.15.0-1041-azure"),),
        limit=_UBUNTU,
    ),
    Vendor(
        "Oracle Unbreakable Enterprise Kernel",
        re.compile(r"\d+\.\d+\.\d+-\d+\..*\.el\d+uek\b"),
        limit="Oracle carries memory management back from later releases",
    ),
    Vendor(
        "openEuler",
        re.compile(r"\d+\.\d+\.\d+-.*\boe\d{4}"),
        limit="openEuler carries memory management back from later releases and adds its own",
    ),
    Vendor("Amazon Linux", re.compile(r"\d+\.\d+\.\d+-.*\.amzn(?:1|2|2023)\b"), limit=_AMAZON),
    Vendor(
        "WSL2, from 6.x",
        re.compile(r"(?:[6-9]|\d\d)\.\d+.*-microsoft-standard"),
        _wsl,
        ("built without CONFIG_ZONE_DMA",),
        (logged("6.6"),),
    ),
    Vendor(
        "WSL2, 4.x",
        re.compile(r"4\..*-microsoft-standard"),
        lambda old: _wsl_early(_plain(old)),
        ("built without CONFIG_NUMA and CONFIG_ZONE_DEVICE",),
        (logged("4.19"),),
    ),
    Vendor(
        "WSL2, 5.x",
        re.compile(r"5\..*-microsoft-standard"),
        _wsl_early,
        ("built without CONFIG_NUMA",),
        (logged("5.10 and 5.15"),),
    ),
    # Debian switched CONFIG_ZONE_DEVICE on for arm64 between its releases 12 and 13.
    Vendor(
        "Debian up to 12, arm64",
        re.compile(r"(?:4\.\d+|5\.10|6\.1)\.0-.*\barm64$"),
        _plain,
        ("built without CONFIG_ZONE_DEVICE",),
        builds=DEBIAN,
    ),
    Vendor(
        "Debian",
        re.compile(r"\d+\.\d+\.(?:0-\d+|\d+\+deb\d+(?:\.\d+)?)(?:-cloud|-rt)?-(?:amd64|arm64)"),
        seen=(booted("kernels of Debian 11 to 14"),),
        builds=DEBIAN,
    ),
    Vendor(
        "a developer's build",
        re.compile(r"\d+\.\d+(?:\.\d+)?-rc\d+(?:-next-\d+|_\w+)?(?:(?:-\d+)?-g\w+)?\+?$"),
        _developers,
        ("built without CONFIG_ZONE_DEVICE, unless there are signs of it",),
        (logged("3.14-rc6, 4.8-rc8 and 5.16-rc8"),),
    ),
)


def vendor_of(release: str) -> Vendor | None:
    """Return the maker of a kernel, by its release; None for mainline's and for unknown ones."""
    return next((vendor for vendor in VENDORS if vendor.release.match(release)), None)
