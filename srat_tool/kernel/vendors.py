"""Kernels that differ from mainline's of the same release: a row of data for each maker's."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from srat_tool.kernel.profile import HotplugMark, KernelProfile, NumaDriver, SetupLines


class Vendor(NamedTuple):
    """Kernels of one maker: releases that match, and how they differ from mainline's."""

    release: re.Pattern[str]
    differ: Callable[[KernelProfile], KernelProfile]


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


# The first row that matches counts.
VENDORS = (
    Vendor(re.compile(r"2\.6\.32-\d+\b.*\.(?:el6|vz6)"), _el6),
    Vendor(re.compile(r"3\.10\.0-(?:[1-4]?\d{1,2}|50\d|51[0-3])\b.*\.(?:el7|vz7)"), _el7),
    Vendor(re.compile(r"3\.10\.0-\d+\b.*\.(?:el7|vz7)"), _el7_late),
    Vendor(re.compile(r"(?:[6-9]|\d\d)\.\d+.*-microsoft-standard"), _wsl),
    Vendor(re.compile(r"4\..*-microsoft-standard"), lambda old: _wsl_early(_plain(old))),
    Vendor(re.compile(r"5\..*-microsoft-standard"), _wsl_early),
    # Debian switched CONFIG_ZONE_DEVICE on for arm64 between its releases 12 and 13.
    Vendor(re.compile(r"(?:4\.\d+|5\.10|6\.1)\.0-.*\barm64$"), _plain),
    Vendor(
        re.compile(r"\d+\.\d+(?:\.\d+)?-rc\d+(?:-next-\d+|_\w+)?(?:(?:-\d+)?-g\w+)?\+?$"),
        _developers,
    ),
)
