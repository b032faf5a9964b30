import pytest

from srat_tool.base.errors import SratToolError
from srat_tool.base.span import Span
from srat_tool.base.units import GIB, MIB
from srat_tool.kernel.e820 import ram_of
from srat_tool.observe.bootlog import parse_boot_log
from srat_tool.plan.machine import Machine
from srat_tool.plan.memory_map import acpi_end, check_given_map, kernel_map
from srat_tool.plan.pipeline import plan_inputs
from srat_tool.plan.read_machine import read_machine
from srat_tool.tables.memmap import MapEntry, MemoryMap, MemoryType
from tests.machines import mem, srat
from tests.plan.support import raw

LOG = """\
Linux version 6.1.0
Command line: {cmdline}
BIOS-provided physical RAM map:
BIOS-e820: [mem 0x0000000000000000-0x000000000009fbff] usable
BIOS-e820: [mem 0x0000000000100000-0x000000007ffdefff] usable
BIOS-e820: [mem 0x0000000100000000-0x000000017fffffff] usable
"""


def ram(text: str) -> list[Span]:
    return ram_of(kernel_map(read_machine(Machine(boot_log=parse_boot_log(text)))))


def test_options_are_applied_where_the_log_does_not_show_it() -> None:
    """A log may end before the kernel prints their effect."""
    low = [Span(0x1000, 0x9FC00), Span(0x100000, 0x7FFDF000)]
    assert ram(LOG.format(cmdline="")) == [*low, Span(4 * GIB, 6 * GIB)]
    assert ram(LOG.format(cmdline="mem=5G")) == [*low, Span(4 * GIB, 5 * GIB)]


def test_the_last_page_is_believed() -> None:
    """MTRRs can cost memory that the map still shows."""
    text = LOG.format(cmdline="") + "last_pfn = 0x140000 max_arch_pfn = 0x400000000\n"
    assert ram(text)[-1] == Span(4 * GIB, 5 * GIB)


def test_a_later_map_is_used_as_it_stands() -> None:
    """What the kernel printed after its edits needs none of ours."""
    text = LOG.format(cmdline="mem=1G") + (
        "user-defined physical RAM map:\n"
        "user: [mem 0x0000000000001000-0x000000000009fbff] usable\n"
        "user: [mem 0x0000000000100000-0x000000003fffffff] usable\n"
    )
    assert ram(text) == [Span(0x1000, 0x9FC00), Span(0x100000, GIB)]


def test_room_for_tables_of_the_initrd_stays_ram() -> None:
    """To memblock, which was filled before."""
    text = LOG.format(cmdline="") + (
        "ACPI: SRAT ACPI table found in initrd [kernel/firmware/acpi/srat.aml][0x160]\n"
        "modified physical RAM map:\n"
        "modified: [mem 0x0000000000001000-0x000000000009fbff] usable\n"
        "modified: [mem 0x0000000000100000-0x000000000010019b] ACPI data\n"
        "modified: [mem 0x000000000010019c-0x000000007ffdefff] usable\n"
    )
    assert ram(text) == [Span(0x1000, 0x9FC00), Span(0x100000, 0x7FFDF000)]


def test_without_a_map_the_srat_is_filled_with_ram() -> None:
    """And that is reported."""
    inputs = read_machine(Machine(tables=(raw(srat(mem(0, 0, GIB), mem(1, GIB, 2 * GIB))),)))
    assert ram_of(kernel_map(inputs)) == [Span(0x1000, 0xA0000), Span(0x100000, 2 * GIB)]
    assert inputs.assumptions[-1].what == "memory map"


def test_a_size_fills_the_srat_from_below() -> None:
    """What is asked for is put where the SRAT has memory, lowest first."""
    tables = (raw(srat(mem(0, 0, GIB), mem(1, 4 * GIB, 8 * GIB))),)
    inputs = read_machine(Machine(tables=tables, assume_memory=3 * GIB))
    assert ram_of(kernel_map(inputs))[1:] == [Span(0x100000, GIB), Span(4 * GIB, 6 * GIB)]


OLD = """\
Linux version 2.6.{patch} (x@y)
BIOS-provided physical RAM map:
 BIOS-e820: 0000000000000000 - 000000000009fc00 (usable)
 BIOS-e820: 0000000000100000 - 0000000040000000 (usable)
"""


def test_old_kernels_use_the_first_page() -> None:
    """Until the BIOS area was trimmed, and where the log does not announce that it is."""
    high = Span(0x100000, GIB)
    assert ram(OLD.format(patch=27)) == [Span(0, 0x9FC00), high]
    assert ram(OLD.format(patch=35)) == [Span(0x1000, 0x9FC00), high]
    update = "e820 update range: 0000000000000000 - 0000000000010000 (usable) ==> (reserved)\n"
    assert ram(OLD.format(patch=31) + update) == [Span(0x10000, 0x9FC00), high]


def test_acpi_data_is_found_wherever_it_comes_from() -> None:
    """`memmap=#` adds some; the room for tables of the initrd is none."""
    text = LOG.format(cmdline="memmap=1M#0x200000000")
    assert acpi_end(read_machine(Machine(boot_log=parse_boot_log(text)))) == 8 * GIB + (1 << 20)
    assert acpi_end(read_machine(Machine())) == 0


def test_a_given_map_with_its_front_missing_is_noticed() -> None:
    """Every e820 map begins at address 0; one without room for a kernel is no map."""
    ram = MapEntry(MIB, 2 * GIB, MemoryType.RAM)
    cut = read_machine(Machine(memory_map=MemoryMap(entries=(ram,), missing=("no entry at 0",))))
    check_given_map(cut)
    assert ("memory map", "incomplete") in [a[:2] for a in cut.assumptions]
    low = MemoryMap(entries=(MapEntry(0, 0x9FC00, MemoryType.RAM),), what="map.txt", missing=("",))
    with pytest.raises(SratToolError, match=r"map\.txt: the memory map has no RAM for a kernel"):
        check_given_map(read_machine(Machine(memory_map=low)))


def test_a_log_that_ends_before_the_ram_of_a_kernel_gives_no_plan() -> None:
    """Its map has no room for a kernel yet; with more of it the plan reports what is missing."""
    text = LOG.format(cmdline="")
    low, *rest = text.partition("BIOS-e820: [mem 0x0000000000100000")
    with pytest.raises(SratToolError, match="the memory map has no RAM for a kernel"):
        check_given_map(read_machine(Machine(boot_log=parse_boot_log(low.rpartition("\n")[0]))))
    first = rest[0] + rest[1].partition("\n")[0]
    check_given_map(read_machine(Machine(boot_log=parse_boot_log(low + first))))


def test_lines_of_a_map_that_cannot_be_read_are_an_assumption() -> None:
    """Their content is not known."""
    text = LOG.format(cmdline="") + "BIOS-e820: [mem 0x0000000900000000-0x00000009\n"
    inputs = read_machine(Machine(boot_log=parse_boot_log(text)))
    kernel_map(inputs)
    assert ("memory map", "incomplete", "1 line of it in the log cannot be read") in [
        tuple(a) for a in inputs.assumptions
    ]


def test_a_given_limit_counts_where_the_log_shows_what_its_own_made() -> None:
    """The map that the kernel printed after its own mem= is that of another boot."""
    text = LOG.format(cmdline="mem=1G") + (
        "e820: remove [mem 0x40000000-0xfffffffffffffffe] usable\n"
        "user-defined physical RAM map:\n"
        "user: [mem 0x0000000000000000-0x000000000009fbff] usable\n"
        "user: [mem 0x0000000000100000-0x000000003fffffff] usable\n"
        "last_pfn = 0x40000 max_arch_pfn = 0x400000000\n"
    )
    log = parse_boot_log(text)
    ends = {
        given: ram_of(kernel_map(read_machine(Machine(boot_log=log, command_line=given))))[-1].end
        for given in ("mem=1G", "mem=5G", "quiet", None)
    }
    assert ends == {"mem=1G": GIB, "mem=5G": 5 * GIB, "quiet": 6 * GIB, None: GIB}


def test_a_log_that_ends_before_its_tables_leaves_the_srat_open() -> None:
    """That the machine has none is then an assumption; a log with its nodes leaves nothing open."""
    cut = LOG.format(cmdline="ro")
    whole = cut + "No NUMA configuration found\nFaking a node at [mem 0x0-0x17fffffff]\n"
    for text, open_ in ((cut, True), (whole, False)):
        inputs = read_machine(Machine(boot_log=parse_boot_log(text)))
        kernel_map(inputs)
        assert any(one.what == "SRAT" for one in inputs.assumptions) is open_


SRAT_LINE = "ACPI: SRAT: Node {} PXM {} [mem 0x{:08x}-0x{:08x}]\n"


def test_a_part_of_the_srat_is_no_machine() -> None:
    """Lines of one range are in many excerpts of logs: no x86-64 machine has that RAM alone."""
    low, high = SRAT_LINE.format(0, 0, 0, 0x9FFFF), SRAT_LINE.format(1, 1, 1 << 36, (1 << 37) - 1)
    with pytest.raises(SratToolError, match="the SRAT has no RAM for a kernel, got 640K of RAM"):
        ram(low)
    inputs = read_machine(Machine(boot_log=parse_boot_log(high)))
    assert ram_of(kernel_map(inputs))
    assert ("SRAT", "incomplete") in [(one.what, one.value) for one in inputs.assumptions]
    whole = read_machine(Machine(boot_log=parse_boot_log(low + high)))
    assert ram_of(kernel_map(whole))
    assert "incomplete" not in [one.value for one in whole.assumptions]


def test_what_an_efi_map_lacks_is_said() -> None:
    """RAM of the kernel's nodes that no line of the map has, and a log that ends with the map."""
    bars = "[Conventional|   |  |  |WB|  |  |  ]"
    low = f"efi:   0x000040000000-0x00007fffffff {bars}\n"
    ranges = "Early memory node ranges\n  node   0: [mem 0x0000000040000000-0x00000000bfffffff]\n"
    head = "Linux version 6.12.0-arm64 (x) #1 SMP\nefi: Processing EFI memory map:\n" + low
    for text, value in (
        (head + ranges + "Initmem setup node 0 [mem 0x40000000-0xbfffffff]\n", "completed"),
        (head, "incomplete"),
    ):
        plan = plan_inputs(read_machine(Machine(boot_log=parse_boot_log(text), arch="aarch64")))
        assert [one.value for one in plan.assumptions if one.what == "memory map"] == [value]
