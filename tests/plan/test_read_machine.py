"""What a machine is read into, and what is assumed on the way."""

from __future__ import annotations

import pytest

from srat_tool.base.errors import BootOptionError
from srat_tool.base.units import GIB
from srat_tool.observe.bootlog import parse_boot_log
from srat_tool.plan.machine import Machine
from srat_tool.plan.read_machine import read_machine
from tests.machines import mem, srat
from tests.plan.support import machine, raw

LOG = """\
[    0.000000] Linux version 5.10.0-32-amd64 (x) #1 SMP
[    0.000000] Command line: quiet movable_node
[    0.000000] DMI: QEMU Standard PC (Q35 + ICH9, 2009), BIOS 1.16.2-debian-1.16.2-1 04/01/2014
[    0.000000] x2apic enabled
[    0.000000] ACPI: SLIT 0x000000007FFE2010 00003C (v01 BOCHS  BXPC     00000001 BXPC 00000001)
[    0.010000] SRAT: PXM 1 -> APIC 0x00 -> Node 0
[    0.010000] ACPI: SRAT: Node 1 PXM 0 [mem 0x00000000-0x7fffffff]
"""


def test_the_log_tells_kernel_options_and_srat() -> None:
    """And which domain is which node."""
    inputs = read_machine(Machine(boot_log=parse_boot_log(LOG), extra_options=("kernelcore=1G",)))
    assert inputs.profile.name == "5.10.202"
    assert inputs.options.movable_node
    assert inputs.options.kernelcore == GIB >> 12
    assert inputs.from_log
    assert inputs.tables.known_nodes == {1: 0, 0: 1}
    assert inputs.tables.unread_slit
    assert inputs.x2apic
    assert inputs.is_virtual
    assert [guess.what for guess in inputs.assumptions] == ["SLIT"]


def test_a_table_beats_the_lines_of_a_log() -> None:
    """And the first table of a signature beats the others."""
    table = raw(srat(mem(7, 0, GIB)))
    log = parse_boot_log(LOG)
    inputs = read_machine(Machine(tables=(table, raw(srat(mem(8, 0, GIB)))), boot_log=log))
    assert not inputs.from_log
    assert [inputs.domain_of(entry) for entry in inputs.srat_memory] == [7]


def test_what_is_missing_is_named() -> None:
    """The newest kernel and an empty command line."""
    inputs = read_machine(Machine())
    assert [assumption.what for assumption in inputs.assumptions] == [
        "architecture",
        "kernel",
        "command line",
    ]
    assert not inputs.is_virtual
    assert not inputs.x2apic


def test_an_unknown_kernel_is_an_error() -> None:
    """Nothing is guessed."""
    with pytest.raises(BootOptionError):
        read_machine(machine(None, profile="linux"))


CONSOLE = """\
Linux version {release} (x@y)
BIOS-e820: [mem 0x0000000000000000-0x000000000009fbff] usable
{edit}last_pfn = 0x9f max_arch_pfn = 0x400000000
"""
EDIT = "e820: update [mem 0x00000000-0x00000fff] usable ==> reserved\n"


def test_what_a_console_showed_lacks_debug_messages() -> None:
    """Every kernel edits the map at level debug: without that line no such message is there."""
    for release, edit, debug in (("6.1.0", "", False), ("6.1.0", EDIT, True), ("2.6.27", "", True)):
        log = parse_boot_log(CONSOLE.format(release=release, edit=edit))
        assert read_machine(Machine(boot_log=log)).profile.printk.debug is debug
    assert read_machine(Machine()).profile.printk.debug


def test_paravirtualized_domains_have_no_numa() -> None:
    """Xen's own map marks such a domain; kernels before 3.7 look for tables nevertheless."""
    for release, off in (("4.9.0", True), ("3.2.0", False)):
        text = f"Linux version {release}\nXen: [mem 0x0000000000000000-0x000000000009ffff] usable\n"
        options = read_machine(Machine(boot_log=parse_boot_log(text))).options
        assert ("off" in options.numa) is off


@pytest.mark.parametrize(
    ("release", "stamp", "options", "shown"),
    [
        ("5.11.0-rc4-00015-g45dfb8a5659a", "", "root=/dev/sda1", False),
        ("5.11.0-rc4-00015-g45dfb8a5659a", "[    0.000000][    T0] ", "root=/dev/sda1", True),
        ("5.19.0-rc2+", "", "root=/dev/mapper/vg-root rd.lvm.lv=vg/root", True),
        ("3.14.0-rc6", "", "root=/dev/mapper/vg-root rd.lvm.lv=vg/root", False),
        ("3.10.0-1160.el7.x86_64", "", "rd.lvm.lv=vg/root", False),
    ],
)
def test_signs_of_zone_device(release: str, stamp: str, options: str, shown: bool) -> None:
    """Nothing else shows how a release candidate was configured; other kernels are known."""
    text = f"{stamp}Linux version {release} (x@y)\n{stamp}Command line: {options}\n"
    inputs = read_machine(Machine(boot_log=parse_boot_log(text)))
    assert inputs.profile.printk.device_zone is shown
    given = Machine(boot_log=parse_boot_log(text), config={"ZONE_DEVICE": "y"})
    assert read_machine(given).profile.printk.device_zone


def test_an_arm64_log_that_ends_early_is_not_to_blame() -> None:
    """Its command line follows the zones."""
    log = parse_boot_log("Linux version 6.12.0-arm64\nBooting Linux on physical CPU 0x0\n")
    inputs = read_machine(Machine(boot_log=log))
    why = next(a.why for a in inputs.assumptions if a.what == "command line")
    assert why.startswith("arm64 prints it after the zones")


def test_a_command_line_that_the_kernel_cut_is_an_assumption() -> None:
    """What came after it is not known, unless the user gives all of it."""
    text = f"Command line: movable_node {'x' * 950} movablecore=16G"[:989]
    logged = Machine(boot_log=parse_boot_log(f"Linux version 5.10.0-32-amd64 (x)\n{text}\n"))
    inputs = read_machine(logged)
    guesses = [one for one in inputs.assumptions if one.what == "command line"]
    assert [guess.value for guess in guesses] == ["its first 963 characters"]
    assert "movablecore" not in [param.name for param in inputs.options.params]
    given = read_machine(Machine(boot_log=logged.boot_log, command_line="quiet"))
    assert not [one for one in given.assumptions if one.what == "command line"]


@pytest.mark.parametrize("options", ["quiet", "numa=noacpi", "numa=fake=2", "-- numa=off"])
def test_a_log_that_turned_numa_off_is_believed(options: str) -> None:
    """Its command line does not show the option: it was cut, or the kernel has one built in."""
    text = LOG.replace("quiet movable_node", options) + "[    0.020000] NUMA turned off\n"
    for whose in (
        Machine(boot_log=parse_boot_log(text)),
        Machine(boot_log=parse_boot_log(text), of_logged_boot=True, command_line="quiet"),
    ):
        inputs = read_machine(whose)
        assert "off" in inputs.options.numa
        said = [guess for guess in inputs.assumptions if guess.what == "command line"]
        assert [(guess.value, guess.why.partition(";")[0]) for guess in said] == [
            ("with numa=off", "the log reports that NUMA is turned off")
        ]


def test_numa_off_is_said_where_nobody_gave_it_only() -> None:
    """Neither where the command line has it, nor where another one is planned."""
    text = LOG.replace("quiet movable_node", "numa=off") + "[    0.020000] NUMA turned off\n"
    log = parse_boot_log(text)
    own = read_machine(Machine(boot_log=log))
    assert "off" in own.options.numa
    other = read_machine(Machine(boot_log=log, command_line="quiet"))
    assert "off" not in other.options.numa
    for inputs in (own, other):
        assert not any(guess.what == "command line" for guess in inputs.assumptions)


@pytest.mark.parametrize(
    ("arch", "kernel", "size"),
    [
        ("x86_64", "6.12", 2048),
        ("x86_64", "3.10", 2048),
        ("aarch64", "6.12", 2048),
        ("riscv64", "6.12", 1024),
        ("riscv64", "7.2", 2048),
        ("loongarch64", "7.2", 4096),
    ],
)
def test_a_command_line_is_cut_as_the_kernel_cuts_it(arch: str, kernel: str, size: int) -> None:
    """COMMAND_LINE_SIZE counts the final zero; what is lost is stated, also a word that is cut."""
    words = "movablecore=10G"

    def read(room: int, *extra: str) -> tuple[tuple[str, ...], list[str]]:
        line = "a" * (size - 1 - room - 1) + " " + words
        given = Machine(command_line=line, arch=arch, profile=kernel, extra_options=extra)
        inputs = read_machine(given)
        said = [one.why for one in inputs.assumptions if one.what == "long command line"]
        return tuple(param.text for param in inputs.options.params[1:]), said

    assert read(len(words)) == ((words,), [])
    options, said = read(len(words), "movable_node")
    assert options == (words,)
    assert f"COMMAND_LINE_SIZE of {size}; this kernel never gets movable_node" in said[0]
    options, said = read(len(words) - 2)
    assert options == ("movablecore=1",)
    assert "movablecore=10G becomes movablecore=1" in said[0]


def test_a_long_command_line_of_a_log_is_what_its_kernel_had() -> None:
    """With bootconfig it is longer than what is copied from the boot loader."""
    long = LOG.replace("quiet movable_node", "a" * 2100 + " movable_node")
    log = parse_boot_log(long)
    assert read_machine(Machine(boot_log=log)).options.movable_node
    assert read_machine(Machine(boot_log=log, of_logged_boot=True)).options.movable_node


@pytest.mark.parametrize(
    "text", ["é" * 1500 + " movable_node", " " * 3000 + "movable_node", '"' + "a" * 3000]
)
def test_bytes_of_any_text_are_counted(text: str) -> None:
    """Characters of several bytes are never split, and blanks or quotes alone do no harm."""
    inputs = read_machine(Machine(command_line=text, profile="6.12", arch="x86_64"))
    assert not inputs.options.movable_node
    assert [one.value for one in inputs.assumptions if one.what == "long command line"] == [
        "its first 2047 bytes"
    ]
