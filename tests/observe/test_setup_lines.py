"""What a kernel prints about itself and its reservations."""

from __future__ import annotations

import pytest

from srat_tool.base.span import Span
from srat_tool.observe.bootlog import TableLine, parse_boot_log


def test_identity() -> None:
    """Release, machine, command line, board and hypervisor."""
    log = parse_boot_log(
        "Linux version 6.1.0-56-cloud-amd64 (debian-kernel@lists.debian.org) (gcc-12) #1 SMP\n"
        "Command line: root=/dev/sda1 movable_node\n"
        "DMI: SMBIOS 2.8 present.\n"
        "DMI: QEMU Standard PC (Q35 + ICH9, 2009), BIOS 1.16.2 04/01/2014\n"
        "Hypervisor detected: KVM\n"
        "Kernel command line: root=/dev/sda1 movable_node\n"
        "Booting paravirtualized kernel on KVM\n"
        "SLUB: HWalign=64, Order=0-3, MinObjects=0, CPUs=2, Nodes=1024\n"
        "x86/mm: Memory block size: 128MB\n"
    )
    assert (log.release, log.machine) == ("6.1.0-56-cloud-amd64", "x86_64")
    assert log.command_line == "root=/dev/sda1 movable_node"
    assert log.dmi == "QEMU Standard PC (Q35 + ICH9, 2009), BIOS 1.16.2 04/01/2014"
    assert (log.hypervisor, log.max_nodes, log.memory_block_bytes) == ("KVM", 1024, 128 << 20)


def test_what_was_built_in_stands_in_the_later_line() -> None:
    """The first line is what the boot loader gave; the kernel follows the second."""
    text = "Command line: quiet\nKernel command line: numa=fake=2 quiet\n"
    assert parse_boot_log(text).command_line == "numa=fake=2 quiet"
    assert parse_boot_log("Command line: quiet\n").command_line == "quiet"


def test_the_oldest_command_line() -> None:
    """x86-64 before 2.6.20 prints it before everything else."""
    text = "Bootdata ok (command line is ro numa=off)\nLinux version 2.6.18-8.el5 (x@y)\n"
    assert parse_boot_log(text).command_line == "ro numa=off"


def test_bare_hardware_is_no_hypervisor() -> None:
    """The paravirtualization line names one only when there is one."""
    assert parse_boot_log("Booting paravirtualized kernel on bare hardware\n").hypervisor is None


def test_arm64_is_known_by_its_first_line() -> None:
    """`Booting Linux on physical CPU` is arm64's."""
    text = "Booting Linux on physical CPU 0x0000000000 [0x000f0510]\nKASLR disabled due to x\n"
    log = parse_boot_log(text)
    assert log.machine == "aarch64"
    assert log.kaslr_disabled


@pytest.mark.parametrize(
    ("line", "span", "what"),
    [
        ("RAMDISK: [mem 0x7fee3000-0x7ffdffff]", (0x7FEE3000, 0x7FFE0000), "initrd"),
        ("RAMDISK: 639ba000 - 64fa7817", (0x639BA000, 0x64FA7817), "initrd"),
        (
            "ACPI: Reserving FACP table memory at [mem 0x7ffe20f0-0x7ffe21e3]",
            (0x7FFE20F0, 0x7FFE21E4),
            "ACPI table FACP",
        ),
        ("found SMP MP-table at [mem 0x000f5b90-0x000f5b9f]", (0xF5B90, 0xF5BA0), "MP table"),
        (
            "Base memory trampoline at [ffff880000097000] 97000 size 24576",
            (0x97000, 0x9D000),
            "real-mode trampoline",
        ),
        (
            "kernel direct mapping tables up to 0x7ffff000 @ [mem 0x1fffc000-0x1fffffff]",
            (0x1FFFC000, 0x20000000),
            "page tables",
        ),
        (
            "Reserving 768MB of memory at 192MB for crashkernel (System RAM: 327103MB)",
            (192 << 20, 960 << 20),
            "crash kernel",
        ),
        (
            "crashkernel reserved: 0x0000000040000000 - 0x0000000048000000 (128 MB)",
            (1 << 30, 0x48000000),
            "crash kernel",
        ),
        ("cma: Reserved 192 MiB at 0x0000000100000000", (1 << 32, 0x10C000000), "CMA area"),
        (
            "  #1 [0001000000 - 0001f2a5c4]    TEXT DATA BSS ==> [0001000000 - 0001f2a5c4]",
            (0x1000000, 0x1F2A5C4),
            "TEXT DATA BSS",
        ),
    ],
)
def test_reservations(line: str, span: tuple[int, int], what: str) -> None:
    """Each early reservation that a log names."""
    ((got, name, _),) = parse_boot_log(line).reservations
    assert (got, name) == (Span(*span), what)


@pytest.mark.parametrize(
    ("line", "table"),
    [
        (
            "ACPI: SRAT 0x000000007FFE27D9 0000C8 (v03 BOCHS  BXPC     00000100 ORCL 00000001)",
            TableLine("SRAT", 0x7FFE27D9, 0xC8),
        ),
        (
            "ACPI: SRAT 0000000069e2b000 003A8 (v03 IBM    SERMEGAL 00000001 MSFT 0100001A)",
            TableLine("SRAT", 0x69E2B000, 0x3A8),
        ),
        ("ACPI: FACS 0x000000007FFDFD80 000040", TableLine("FACS", 0x7FFDFD80, 0x40)),
    ],
)
def test_tables(line: str, table: TableLine) -> None:
    """Signature, address and length of each listed table."""
    assert parse_boot_log(line).tables == (table,)


def test_the_last_memory_limit_counts() -> None:
    """arm64 prints each `mem=`, and its command line much later."""
    log = parse_boot_log("Memory limited to 3072MB\nMemory limited to 1300MB\n")
    assert log.memory_limit == 1300 << 20
    assert parse_boot_log("Memory limited to nothing\n").memory_limit is None


def test_messages_that_the_console_lost() -> None:
    """Their sum; the kernel writes it without a stamp."""
    log = parse_boot_log(
        "[    0.000000] Linux version 6.12.0\n"
        "** 124 printk messages dropped **\n"
        "[    0.000000] Zone ranges:\n"
        "** 3 printk messages dropped **\n"
    )
    assert log.dropped == 127


@pytest.mark.parametrize("size", [973, 989, 1020, 1021])
def test_a_command_line_that_the_kernel_cut(size: int) -> None:
    """Its message has a limit, and the last word is a part of one; the later line may be whole."""
    words = " ".join(f"driver{n}.option=value" for n in range(90))
    text = f"Command line: movable_node {words} movablecore=16G"
    log = parse_boot_log(text[:size] + "\n")
    assert log.command_line_cut
    shown = str(log.command_line)
    assert f"{text} ".startswith(f"Command line: {shown} ")
    assert not parse_boot_log(text[: size - 5] + "\n").command_line_cut
    whole = parse_boot_log(f"{text[:size]}\nKernel {text[0].lower()}{text[1:]}\n")
    assert (whole.command_line, whole.command_line_cut) == (text.partition(": ")[2], False)


def test_a_command_line_on_several_lines() -> None:
    """From 6.19 on the kernel breaks long ones, and marks all but the last line."""
    log = parse_boot_log(
        "Command line: root=/dev/sda1 quiet\n"
        "Kernel command line: root=/dev/sda1 quiet \\\n"
        "Kernel command line: movable_node mem=4G \\\n"
        "Kernel command line: movablecore=1G\n"
        "Kernel command line: numa=off\n"
    )
    assert log.command_line == "root=/dev/sda1 quiet movable_node mem=4G movablecore=1G"
