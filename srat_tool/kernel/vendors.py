"""Kernels that differ from mainline's of the same release: a row of data for each maker's."""

from __future__ import annotations

import re
from dataclasses import replace

from srat_tool.base.architecture import X86_64
from srat_tool.kernel.evidence import ProfileEvidence, booted, logged, read
from srat_tool.kernel.profile import KernelProfile
from srat_tool.kernel.stable_bases import DEBIAN, UBUNTU
from srat_tool.kernel.vendor import Vendor
from srat_tool.kernel.vendors_red_hat import VENDORS as RED_HAT


def _developers(profile: KernelProfile) -> KernelProfile:
    """Release candidates: without ZONE_DEVICE, unless there is a sign of another configuration."""
    return replace(profile, may_have_zone_device=profile.printk.device_zone)


def _azure_linux(profile: KernelProfile) -> KernelProfile:
    """Its configuration for x86 has neither ZONE_DMA nor numa=fake=; that for arm64 is unread."""
    if profile.arch.name != X86_64.name:
        return profile
    zones = tuple(zone for zone in profile.arch.zones if zone.name != "DMA")
    return replace(profile, arch=replace(profile.arch, zones=zones), emulates_nodes=False)


_SUSE = "SUSE carries drivers and memory management back from later releases"
_UBUNTU = "Ubuntu adds changes to the stable release that its number does not name"
_MICROSOFT = "Microsoft adds changes to the stable release"
# What is between the release of mainline and the flavour in the names of builds.
_SUSE_BASES = (
    r"(?:2\.6\.(?:5|16|27|32)|3\.0\.\d+|3\.12\.\d+|4\.4\.\d+|4\.12\.14|5\.3\.18|5\.14\.21|6\.4\.0"
    r"|6\.12\.0)"
)
_SUSE_FLAVOURS = r"(?:default|64kb|azure|rt|coco|xen|bigsmp|smp|ec2)"

_DEBIAN = r"\d+\.\d+\.(?:0-(?:0\.(?:deb\d+|bpo)\.)?\d+|\d+\+(?:deb\d+(?:\.\d+)?|bpo))"
_DEBIAN_ARCHITECTURES = r"(?:amd64|arm64|riscv64|loong64)"


def _own(name: str, release: str, *seen: ProfileEvidence) -> Vendor:
    """Return the row of a maker of whom nothing is known to differ, and little is known."""
    limit = f"its maker ({name}) has changes and a configuration of its own"
    return Vendor(name, re.compile(release), seen=seen, limit=limit)


# The first row that matches counts.
VENDORS = (
    *RED_HAT,
    Vendor(
        "SUSE Linux Enterprise",
        re.compile(rf"{_SUSE_BASES}(?:\.\d+)?-\d+(?:[.-]\w+)*-{_SUSE_FLAVOURS}$"),
        limit=_SUSE,
    ),
    _own(
        "openSUSE",
        r"\d+\.\d+\.\d+-\d+(?:\.\w+)*-(?:default|desktop|pae|vanilla|64kb)$",
        logged("5.9.14-1-default"),
    ),
    Vendor(
        "Ubuntu",
        re.compile(
            r"(?:\d+\.\d+\.0|2\.6\.\d+)-\d+(?:\.\d+)?-(?:generic|lowlatency|server|virtual)"
        ),
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
        "Proxmox",
        re.compile(r"\d+\.\d+\.\d+-\d+-pve"),
        seen=(logged("5.15.39-4-pve"),),
        limit="Proxmox builds Ubuntu's kernel with changes of its own",
    ),
    Vendor(
        "openEuler",
        re.compile(r"\d+\.\d+\.\d+-.*\boe\d{4}"),
        limit="openEuler carries memory management back from later releases and adds its own",
    ),
    Vendor(
        "Amazon Linux",
        re.compile(r"\d+\.\d+\.\d+-.*\.amzn(?:1|2|2023)\b"),
        limit="Amazon adds changes to the stable release",
    ),
    Vendor(
        "Azure Linux 3",
        re.compile(r"\d+\.\d+\.\d+\.\d+-\d+\.azl3\b"),
        _azure_linux,
        carries=("on x86_64 built without CONFIG_ZONE_DMA and CONFIG_NUMA_EMU",),
        seen=(read("SPECS/kernel/config of its 6.6"),),
        limit=_MICROSOFT,
    ),
    Vendor(
        "Azure Linux and CBL-Mariner",
        re.compile(r"\d+\.\d+\.\d+\.\d+-\S*\.(?:azl|cm)\d+\b"),
        limit=f"{_MICROSOFT} and has a configuration of its own",
    ),
    Vendor(
        "WSL2, from 6.x",
        re.compile(r"(?:[6-9]|\d\d)\.\d+.*-microsoft-standard"),
        without=("ZONE_DMA",),
        seen=(logged("6.6"),),
    ),
    Vendor(
        "WSL2, 4.x",
        re.compile(r"4\..*-microsoft-standard"),
        without=("NUMA", "ZONE_DEVICE"),
        seen=(logged("4.19"),),
    ),
    Vendor(
        "WSL2, 5.x",
        re.compile(r"5\..*-microsoft-standard"),
        without=("NUMA",),
        seen=(logged("5.10 and 5.15"),),
    ),
    # Debian switched CONFIG_ZONE_DEVICE on for arm64 between its releases 12 and 13.
    Vendor(
        "Debian up to 12, arm64",
        re.compile(r"(?:4\.\d+|5\.10|6\.1)\.0-.*\barm64$"),
        without=("ZONE_DEVICE",),
        builds=DEBIAN,
    ),
    Vendor(
        "Debian, for clouds",
        re.compile(rf"{_DEBIAN}-cloud-{_DEBIAN_ARCHITECTURES}"),
        without=("NUMA_EMU",),
        seen=(
            booted("kernels of Debian 11 to 14"),
            read("the configurations of 5.10, 6.1, 6.12 and 6.16 to 7.1"),
        ),
        builds=DEBIAN,
    ),
    Vendor(
        "Debian",
        re.compile(rf"{_DEBIAN}(?:-rt)?-{_DEBIAN_ARCHITECTURES}"),
        seen=(booted("kernels of Debian 11 to 14"),),
        builds=DEBIAN,
    ),
    Vendor(
        "a developer's build",
        re.compile(r"\d+\.\d+(?:\.\d+)?-rc\d+(?:-next-\d+|_\w+)?(?:(?:-\d+)?-g\w+)?\+?$"),
        _developers,
        without=("ZONE_DEVICE",),
        carries=("a configuration with more is recognized by its signs",),
        seen=(logged("3.14-rc6, 4.8-rc8 and 5.16-rc8"),),
    ),
    _own("Fedora", r".*\.fc\d+\b", logged("3.6.11-4.fc16 and 3.17.4-301.fc21")),
    _own("CachyOS", r".*-cachyos", logged("6.4.7-1-cachyos-lto")),
    _own("Android", r".*-android\d+-"),
    _own("Arch Linux", r".*(?:-arch\d+-\d+|-\d+-(?:lts|hardened|zen))$"),
    _own("Alpine Linux", r".*-\d+-(?:lts|virt|edge|stable)$"),
    _own("Gentoo", r".*-gentoo"),
    _own("Kali", r".*[-+]kali"),
    _own("ELRepo", r".*\.elrepo"),
    _own("Photon OS", r".*\.ph\d+"),
    _own("Alibaba Cloud Linux and Anolis OS", r".*\.(?:al\d|alnx|alios|an\d)"),
    _own("TencentOS and OpenCloudOS", r".*\.(?:tl\d|oc\d)"),
    _own("Kylin", r".*\.ky\d+"),
    _own("XenServer and XCP-ng", r"4\.19\.0\+1$"),
)


def vendor_of(release: str) -> Vendor | None:
    """Return the maker of a kernel, by its release; None for mainline's and for unknown ones."""
    return next((vendor for vendor in VENDORS if vendor.release.match(release)), None)
