"""Kernels of Red Hat Enterprise Linux, and those that are built from its sources."""

from __future__ import annotations

import re
from dataclasses import replace

from srat_tool.kernel.evidence import ProfileEvidence, logged, read
from srat_tool.kernel.profile import HotplugMark, KaslrRange, KernelProfile, SetupLines, WindowRule
from srat_tool.kernel.vendor import Vendor

RED_HAT = "Red Hat carries memory management back from later releases"


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
        bottom_up_above_kernel=True,
        printk=replace(profile.printk, hot=" hotplug"),
    )


def _el7_late(profile: KernelProfile) -> KernelProfile:
    """From its fourth update on it reports nodes as 4.x does, in the narrow format of 3.x.

    Its release notes name KASLR for the same update; its range is taken to be that of 4.8.
    """
    kaslr = KaslrRange.ALL_RAM
    return replace(_el7(profile), setup_lines=SetupLines.WITH_ZONES, kaslr=kaslr)


def _el8(profile: KernelProfile) -> KernelProfile:
    """Red Hat's 4.18 carries generic initiators back from 5.10."""
    return replace(profile, initiators_stay_online=True)


def _el9(profile: KernelProfile) -> KernelProfile:
    """Red Hat's 5.14 carries nodes of CXL windows back from 5.16 and 6.7."""
    return replace(profile, windows=WindowRule.BLOCK, windows_fill=True, windows_are_parsed=True)


_UP_TO_THIRD_UPDATE = r"3\.10\.0-(?:[1-4]?\d{1,2}|50\d|51[0-3])\b"
_EL6 = Vendor(
    "Red Hat Enterprise Linux 6",
    re.compile(r"2\.6\.32-\d+\b.*\.el6"),
    _el6,
    carries=("the first page is no RAM, from 2.6.34",),
    seen=(logged("2.6.32-696.el6"),),
    limit=RED_HAT,
)
_EL7_FIRST = Vendor(
    "Red Hat Enterprise Linux 7, up to its third update",
    re.compile(rf"{_UP_TO_THIRD_UPDATE}.*\.el7"),
    _el7,
    carries=("movable_node, from 3.14",),
    seen=(logged("3.10.0-327.el7"),),
    limit=RED_HAT,
    keeps_base=True,
)
_EL7 = Vendor(
    "Red Hat Enterprise Linux 7",
    re.compile(r"3\.10\.0-\d+\b.*\.el7"),
    _el7_late,
    carries=("movable_node, from 3.14", "NODE_DATA lines of 4.0"),
    seen=(logged("3.10.0-693.el7 and 3.10.0-1062.el7"),),
    limit=RED_HAT,
    keeps_base=True,
)
_EL8 = Vendor(
    "Red Hat Enterprise Linux 8",
    re.compile(r"4\.18\.0-\d+\b.*\.el8"),
    _el8,
    carries=("generic initiators, from 5.10",),
    seen=(read("drivers/acpi/numa/srat.c and arch/x86/mm/numa.c of a 4.18.0 tree"),),
    limit=RED_HAT,
    keeps_base=True,
)
_EL9 = Vendor(
    "Red Hat Enterprise Linux 9",
    re.compile(r"5\.14\.0-\d+\b.*\.el9"),
    _el9,
    carries=("nodes of CXL windows, from 5.16, 6.1 and 6.7",),
    seen=(read("drivers/acpi/numa/srat.c of a 5.14.0 tree"),),
    limit=RED_HAT,
    keeps_base=True,
)


def _rebuilt(
    name: str, release: str, base: Vendor, *seen: ProfileEvidence, adds: str = "Virtuozzo"
) -> Vendor:
    """Return the row of a maker who builds from Red Hat's sources."""
    limit = f"{RED_HAT}, and {adds} adds its own"
    return base._replace(name=name, release=re.compile(release), seen=seen, limit=limit)


# The first row that matches counts.
VENDORS = (
    Vendor(
        "Oracle Unbreakable Enterprise Kernel 7 and 8",
        re.compile(r"(?:5\.15|6\.12)\.0-\d+\.(?P<point>\d{1,4})\..*\.el\d+uek\b"),
        seen=(read('the lists of changes of its builds, each with "LTS version: v5.15.163"'),),
        limit="Oracle adds changes to the stable release that its number names",
    ),
    Vendor(
        "Oracle Unbreakable Enterprise Kernel",
        re.compile(r"\d+\.\d+\.\d+-\d+\..*\.el\d+uek\b"),
        limit="Oracle carries memory management back from later releases",
    ),
    Vendor("Red Hat Enterprise Linux 4", re.compile(r"2\.6\.9-\d+.*\.EL"), limit=RED_HAT),
    Vendor(
        "Red Hat Enterprise Linux 5",
        re.compile(r"2\.6\.18-\d+\b.*\.el5"),
        seen=(read("arch/x86_64/mm/srat.c of 2.6.18 in it"),),
        limit=RED_HAT,
    ),
    _rebuilt("Virtuozzo 6 (OpenVZ)", r"2\.6\.32-(?:042stab|.*\.vz6)", _EL6),
    _rebuilt(
        "Virtuozzo 7 (OpenVZ), up to the third update of its base",
        rf"{_UP_TO_THIRD_UPDATE}.*\.vz7",
        _EL7_FIRST,
    ),
    _rebuilt(
        "Virtuozzo 7 (OpenVZ)", r"3\.10\.0-\d+\b.*\.vz7", _EL7, logged("3.10.0-693.21.1.vz7.46.6")
    ),
    _rebuilt("Virtuozzo 8 (OpenVZ)", r"4\.18\.0-\d+\b.*\.vz8", _EL8),
    _rebuilt("Virtuozzo 9 (OpenVZ)", r"5\.14\.0-\d+\b.*\.vz9", _EL9),
    _EL6,
    _EL7_FIRST,
    _EL7,
    _EL8,
    _EL9,
    Vendor(
        "Red Hat Enterprise Linux 10",
        re.compile(r"6\.12\.0-\d+\b.*\.el10"),
        limit=RED_HAT,
        keeps_base=True,
    ),
)
