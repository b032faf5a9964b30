"""Roles and machines by path."""

from __future__ import annotations

import pytest

from srat_tool.sources.found import Role
from srat_tool.sources.place import claims_table, is_boot_log, machine_of, role_of


@pytest.mark.parametrize(
    ("path", "role", "machine"),
    [
        ("sosreport-h/proc/zoneinfo", Role.ZONEINFO, "sosreport-h"),
        ("proc/iomem", Role.IOMEM, ""),
        ("a/b/proc/cmdline", Role.COMMAND_LINE, "a/b"),
        ("h/boot/config-6.1.0-18-amd64", Role.KERNEL_CONFIG, "h"),
        ("h/sys/devices/system/node/node0/distance", Role.NODE_FILE, "h"),
        ("h/sos_commands/kernel/dmesg", Role.BOOT_LOG, "h"),
        ("h/sos_commands/logs/journalctl_--no-pager_--boot", Role.BOOT_LOG, "h"),
        ("h/var/log/dmesg", Role.BOOT_LOG, "h"),
        ("dmesg.txt", Role.BOOT_LOG, ""),
        ("h/var/log/messages-20260101", Role.BOOT_LOG, "h"),
        ("h/sos_strings/logs/var.log.messages.tailed", Role.BOOT_LOG, "h"),
        ("h/sos_commands/kernel/uname_-a", Role.RELEASE, "h"),
        ("h/uname", Role.RELEASE, "h"),
        ("h/proc/sys/kernel/osrelease", Role.RELEASE, "h"),
        ("h/sos_commands/memory/lsmem_-a_-o_RANGE_SIZE_STATE", Role.MEMORY_BLOCKS, "h"),
        ("lsmem.txt", Role.MEMORY_BLOCKS, ""),
        ("h/sos_commands/numa/numactl_--hardware", Role.NODES, "h"),
    ],
)
def test_roles(path: str, role: Role, machine: str) -> None:
    """Paths of sos and of copies made by hand have a role, and a machine before the root."""
    assert role_of(path) == (role, machine)


def test_names_of_tables() -> None:
    """Instances and the usual suffixes; a note about a table claims nothing."""
    assert all(claims_table(name) for name in ("a/SRAT", "srat2.dat", "MADT.bin", "b/PPTT.aml"))
    assert not any(claims_table(name) for name in ("SRAT.txt", "SRAT-old.bin", "SSDT", "a/SRAT/b"))


@pytest.mark.parametrize(
    "path",
    ["proc/zoneinfo.txt", "myproc/zoneinfo", "SRAT", "h/sos_commands/logs/journalctl_--list-boots"],
)
def test_other_files_have_no_role(path: str) -> None:
    """A name that only looks alike has none."""
    assert role_of(path) is None


@pytest.mark.parametrize(
    ("path", "machine"),
    [
        ("SRAT", ""),
        ("dynamic/SSDT1", ""),
        ("host1/SRAT.bin", "host1"),
        ("h/sys/firmware/acpi/tables/SRAT", "h"),
        ("sys/firmware/acpi/tables/dynamic/SSDT1", ""),
    ],
)
def test_machine_of_a_table(path: str, machine: str) -> None:
    """A folder is a machine; a copy of the system's tree is one, too."""
    assert machine_of(path) == machine


def test_boot_log_by_content() -> None:
    """A log begins with the kernel's version, with or without a time stamp."""
    assert is_boot_log(b"[    0.000000] Linux version 6.1.0 (gcc)\n")
    assert is_boot_log(b"Nov 22 h kernel: Linux version 6.1.0\n")
    assert is_boot_log(b"[    0.000000] Booting Linux on physical CPU 0x0\n")
    assert not is_boot_log(b"Linux is nice\n")
    assert not is_boot_log(b"\x7fELF\0\nLinux version 6.1.0\n")


def test_no_path_is_longer_than_linux_opens() -> None:
    """A name of 64 KiB in an archive has no role; it is not compared with each pattern."""
    part = "sos_commands/logs/journalctl_"
    assert role_of(f"{part}-k") == (Role.BOOT_LOG, "")
    assert role_of(part * 2000 + "-k") is None
