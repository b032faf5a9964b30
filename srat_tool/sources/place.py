"""What a file's path inside a folder or an archive shows: its role, and its machine.

The paths are those of a running Linux, as sos and copies made by hand have them.
"""

from __future__ import annotations

import re

from srat_tool.sources.found import Role
from srat_tool.sources.plain import is_text
from srat_tool.tables.kinds import NAMES

# A path's tail and its role; first match wins. sos copies /proc and /sys, and keeps command output.
_TAILS = (
    (r"proc/zoneinfo", Role.ZONEINFO),
    (r"proc/iomem", Role.IOMEM),
    (r"proc/cmdline", Role.COMMAND_LINE),
    (r"proc/(?:version|sys/kernel/osrelease)", Role.RELEASE),
    (r"(?:sos_commands/(?:kernel|general|host)/)?uname(?:_-[ar])?(?:\.txt)?", Role.RELEASE),
    (r"(?:sos_commands/memory/)?lsmem(?:_[^/]*)?(?:\.txt)?", Role.MEMORY_BLOCKS),
    (r"(?:sos_commands/numa/)?numactl_(?:--hardware|-H)(?:\.txt)?", Role.NODES),
    (r"(?:etc/hostname|(?:sos_commands/host/)?hostname)(?:\.txt)?", Role.HOST_NAME),
    (r"(?:sos_commands/hardware/)?dmidecode(?:\.txt)?", Role.DMI),
    (r"sys/(?:class|devices/virtual)/dmi/id/[a-z_]+", Role.DMI),
    (r"boot/config-[^/]+", Role.KERNEL_CONFIG),
    (r"sys/devices/system/(?:node|memory)/.+", Role.NODE_FILE),
    (r"sys/devices/virtual/memory_tiering/.+", Role.NODE_FILE),
    (r"sys/kernel/mm/mempolicy/weighted_interleave/.+", Role.NODE_FILE),
    (r"sys/firmware/memmap/.+", Role.FIRMWARE_MAP),
    (
        r"sos_commands/(?:kernel|boot|general)/(?:dmesg(?:_-T|_now)?|journalctl_-k.*)",
        Role.BOOT_LOG,
    ),
    # Where sos puts the end of a log that is longer than its limit.
    (
        r"sos_strings/\w+/(?:var\.log\.(?:dmesg|kern\.log|messages|syslog)|journalctl_).*\.tailed",
        Role.BOOT_LOG,
    ),
    (r"sos_commands/logs/journalctl_(?!.*(?:--list|--disk)).*", Role.BOOT_LOG),
    (r"var/log/(?:dmesg|boot\.msg|kern\.log|messages|syslog)(?:[.-]\d{1,8})?", Role.BOOT_LOG),
    (r"dmesg(?:\.txt|\.log)?", Role.BOOT_LOG),
)
# Compiled when the first path is looked at.
_ROLES = tuple((rf"(?:(?P<root>.*?)/)?(?:{tail})", role) for tail, role in _TAILS)
# Most files of an archive have no role; asking once for all is a tenth of asking for each.
_ANY_ROLE = rf"(?:.*?/)?(?:{'|'.join(f'(?:{tail})' for tail, _ in _TAILS)})"
_PATH_MAX = 4096
"""Linux opens no longer path, so a longer one in an archive was no file of a machine. Comparing it
with the patterns takes time that grows with the square of its length."""
OF_MANY_FILES = frozenset({Role.NODE_FILE, Role.FIRMWARE_MAP})
"""Roles of which a machine has many files: one that is missing, or a link, is nothing unusual."""
_LINKS = r"(?:.*/)?(?:node/node\d+/(?:memory|access[01]/initiators/node)|memory/memory\d+/node)\d+"
"""Links of sysfs that are facts in themselves: of nodes, memory blocks and initiators."""
# Names of files that claim to contain one of the tables that this program reads.
_TABLE_NAME = (
    rf"(?i)(?:{'|'.join(NAMES)})\d*(?:\.(?:bin|dat|aml|raw))?(?:\.(?:gz|bz2|xz|lzma|zst))?"
)
_TABLES = r"(?:(?P<root>.*?)/)?sys/firmware/acpi/tables(?:/.*)?"
# Only text that a kernel printed from its first line on shows what the machine gave it.
_FIRST_LINE = (
    rb"(?m)^[^\n]{0,120}?Linux version \d+\.\d+|^[^\n]{0,120}?Booting Linux on physical CPU"
)


def role_of(path: str) -> tuple[Role, str] | None:
    """Return the role of a file of this path, and the machine it belongs to."""
    if len(path) > _PATH_MAX or re.fullmatch(_ANY_ROLE, path) is None:
        return None
    for pattern, role in _ROLES:
        match = re.fullmatch(pattern, path)
        if match is not None:
            return role, match["root"] or ""
    return None


def link_is_fact(path: str) -> bool:
    """Return whether a link of this path is a fact in itself, whatever it leads to."""
    role = role_of(path)
    is_role = role is not None and role[0] is Role.NODE_FILE
    return is_role and re.fullmatch(_LINKS, path) is not None


def machine_of(path: str) -> str:
    """Return the machine whose table a file of this path is: the folder, or the root it copies."""
    folder, _, name = path.rpartition("/")
    match = re.fullmatch(_TABLES, folder)
    if match is not None:
        return match["root"] or ""
    return folder.removesuffix("dynamic").rstrip("/") if name else folder


def claims_table(path: str) -> bool:
    """Return whether a file is named as a table: when there is none in it, something is missing."""
    return re.fullmatch(_TABLE_NAME, path.rpartition("/")[2]) is not None


def is_boot_log(head: bytes) -> bool:
    """Return whether text is a kernel's log from its first line on."""
    return is_text(head[:4096]) and re.search(_FIRST_LINE, head) is not None
