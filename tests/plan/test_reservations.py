from srat_tool.base.span import Span
from srat_tool.base.units import MIB
from srat_tool.kernel.memblock import Memblock
from srat_tool.observe.bootlog import Reservation, parse_boot_log
from srat_tool.plan.early_memory import early_memory
from srat_tool.plan.machine import Machine
from srat_tool.plan.read_machine import read_machine
from srat_tool.plan.reservations import reservations, what_is_in

LOG = """\
Linux version 6.1.0
RAMDISK: [mem 0x7fed3000-0x7ffcffff]
memblock_reserve: [0x0000000000900000-0x00000000014fffff] efi_reserve_boot_services+0x81/0xe0
ACPI: Reserving FACP table memory at [mem 0x7ffe1f1c-0x7ffe200f]
"""


def test_a_log_names_what_it_shows() -> None:
    """The initrd, ACPI tables, and the function that made a reservation."""
    inputs = read_machine(Machine(boot_log=parse_boot_log(LOG)))
    taken = reservations(inputs, Memblock(), witnessed=True)
    names = {one.what for one in taken.named}
    assert {"initrd", "EFI boot services"} <= names
    assert any(name.startswith("ACPI table") for name in names)


def test_tables_without_an_e820_map_are_reserved_whatever_the_kernel() -> None:
    """EFI keeps them in memory that arm64 reserves."""
    log = parse_boot_log(
        "Linux version 6.12.0 (x@y)\nACPI: FACP 0x00000001BC43FA98 000114 (v06 A)\n"
    )
    inputs = read_machine(Machine(boot_log=log, arch="arm64"))
    (table,) = reservations(inputs, Memblock(), witnessed=False).named
    assert table[:2] == (Span(0x1BC43FA98, 0x1BC43FBAC), "ACPI table FACP")


def test_a_kernel_that_nobody_saw_is_assumed() -> None:
    """At 16 MiB, and the assumption is named; so is what the user gave, by its name."""
    inputs = read_machine(Machine(initrd=Span(MIB, 2 * MIB)))
    memblock = Memblock()
    memblock.add(0, 64 * MIB)
    taken = reservations(inputs, memblock, witnessed=False)
    assert [one.what for one in taken.named] == ["initrd"]
    assert taken.assumed[-1].span.start == 16 * MIB
    assert inputs.assumptions[-1].what == "kernel image"


def test_no_kernel_lies_where_no_ram_is() -> None:
    """A crash kernel runs in the RAM that it was given; without room the image is left out."""
    for base, size, start in ((49 * MIB + 0x9000, 127 * MIB, 50 * MIB), (49 * MIB, MIB, None)):
        inputs = read_machine(Machine())
        memblock = Memblock()
        memblock.add(base, size)
        taken = reservations(inputs, memblock, witnessed=False)
        found = [one.span.start for one in taken.assumed if one.what == "kernel image"]
        assert found == ([] if start is None else [start])


def test_a_user_who_knows_better_is_believed() -> None:
    """His initrd replaces that of the log."""
    inputs = read_machine(Machine(boot_log=parse_boot_log(LOG), initrd=Span(MIB, 2 * MIB)))
    taken = reservations(inputs, Memblock(), witnessed=True)
    assert [one.span for one in taken.named if one.what == "initrd"] == [Span(MIB, 2 * MIB)]


def test_names_of_a_range() -> None:
    """Each once, in order of address."""
    named = (
        Reservation(Span(20, 30), "b"),
        Reservation(Span(0, 10), "a"),
        Reservation(Span(40, 50), "a"),
    )
    assert what_is_in(Span(5, 45), named) == "a, b"
    assert what_is_in(Span(10, 20), named) == ""


def test_loongarch64_takes_page_tables_from_the_top_of_ram_first() -> None:
    """Two pages, before memblock=debug shows a call; `mem=` gives them back."""
    efi = "Node0: mem_type:7, mem_start:0x0, mem_size:0x80000000 Bytes\n"
    log = parse_boot_log("Linux version 7.2.13-loong64\n" + efi)
    for line, taken in (("quiet", [(0x7FFF8000, 0x80000000)]), ("mem=1G", [])):
        early = early_memory(read_machine(Machine(boot_log=log, command_line=line)))
        tables = [label.span for label in early.labels if label.what == "page tables"]
        assert tables == taken


def test_firmware_that_decides_puts_the_kernel_below_the_end_of_ram() -> None:
    """On arm64 nothing but firmware decides; where it makes no difference nothing is assumed."""
    memblock = Memblock()
    memblock.add(1 << 30, 1 << 30)
    for release, start in (("6.12", 0x73000000), ("6.1", None)):
        inputs = read_machine(Machine(arch="arm64", profile=release))
        taken = reservations(inputs, memblock, witnessed=False)
        found = [one.span.start for one in taken.assumed if one.what == "kernel image"]
        assert found == ([] if start is None else [start])
        assert any(one.what == "kernel image" for one in inputs.assumptions) is bool(found)
