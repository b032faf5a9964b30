from dataclasses import replace

import pytest

from srat_tool.base.rawtable import OriginKind
from srat_tool.base.span import Span
from srat_tool.base.units import GIB, MIB
from srat_tool.kernel.memblock import MemblockFlags
from srat_tool.observe.bootlog import Reservation, parse_boot_log
from srat_tool.plan.early_memory import early_memory
from srat_tool.plan.machine import Machine
from srat_tool.plan.read_machine import read_machine
from srat_tool.tables.memmap import MapEntry, MemoryMap, MemoryType
from tests.machines import KERNEL, mem, srat
from tests.plan.support import machine, plan, raw

LOG = """\
Linux version 6.1.0
Command line: movable_node
memblock_add: [0x0000000000001000-0x000000000009fbff] e820__memblock_setup+0x65/0x7d
memblock_add: [0x0000000000100000-0x000000007ffdefff] e820__memblock_setup+0x65/0x7d
MEMBLOCK configuration:
 memory size = 0x000000017ff7dc00 reserved size = 0x000000000230b000
 memory.cnt  = 0x2
 memory[0x0]\t[0x0000000000001000-0x000000000009efff], 0x000000000009e000 bytes flags: 0x40
 memory[0x1]\t[0x0000000000100000-0x000000007ffdefff], 0x000000007fedf000 bytes flags: 0x0
 reserved.cnt  = 0x1
 reserved[0x0]\t[0x0000000001000000-0x000000000320cfff], 0x000000000220d000 bytes flags: 0x0
memblock_reserve: [0x0000000000000000-0x000000000000ffff] setup_arch+0x6bf/0xc55
memblock_phys_free: [0x0000000000001000-0x0000000000001fff] init_mem_mapping+0x1/0x2
memblock_remove: [0x0000000040000000-0xfffffffffffffffe] arm64_memblock_init+0x1/0x2
ACPI: SRAT: Node 0 PXM 0 [mem 0x00000000-0x7fffffff]
memblock_reserve: [0x0000000000200000-0x00000000002fffff] later+0x1/0x2
"""


def test_calls_are_repeated_up_to_the_answer() -> None:
    """From the last dump on; flags that are gone when NUMA is set up are left out."""
    early = early_memory(read_machine(Machine(boot_log=parse_boot_log(LOG))))
    assert early.memblock.bottom_up
    assert [(r.base, r.end, int(r.flags)) for r in early.memblock.memory] == [
        (0x1000, 0x9F000, 0),
        (0x100000, GIB, 0),
    ]
    assert [r.span for r in early.memblock.reserved] == [
        Span(0, 0x1000),
        Span(0x2000, 0x10000),
        Span(0x1000000, 0x320D000),
    ]


def test_a_log_that_ends_in_the_dump_is_still_of_use() -> None:
    """The calls before it show the same, untrimmed."""
    text = LOG[: LOG.index(" reserved.cnt")]
    early = early_memory(read_machine(Machine(boot_log=parse_boot_log(text))))
    assert [r.span for r in early.memblock.memory] == [
        Span(0x1000, 0x9F000),
        Span(0x100000, 0x7FFDF000),
    ]


def test_reservations_by_hand_come_on_top() -> None:
    """Whatever the log has shown."""
    extra = Reservation(Span(0x5000000, 0x6000000), "by hand")
    machine = Machine(boot_log=parse_boot_log(LOG), reservations=(extra,))
    early = early_memory(read_machine(machine))
    assert early.memblock.reserved.overlapping(*extra.span)


def test_a_map_gives_ram_mirrors_and_soft_reservations() -> None:
    """Soft-reserved memory is taken, persistent memory is no RAM."""
    given = MemoryMap(
        entries=(
            MapEntry(0, GIB, MemoryType.RAM),
            MapEntry(GIB, 2 * GIB, MemoryType.SOFT_RESERVED),
            MapEntry(2 * GIB, 3 * GIB, MemoryType.PMEM),
        ),
        mirrored=(Span(0, GIB),),
    )
    machine = Machine(memory_map=given, command_line="kernelcore=mirror")
    early = early_memory(read_machine(machine))
    assert all(r.flags == MemblockFlags.MIRROR for r in early.memblock.memory)
    assert early.memblock.end_of_dram == GIB
    assert early.memblock.reserved.overlapping(GIB, 2 * GIB)


def test_calls_for_numa_itself_are_not_early() -> None:
    """arm64's own driver allocates its distance table before it prints anything."""
    text = """\
Linux version 6.1.0-arm64
memblock_add: [0x0000000040000000-0x000000007fffffff] early_init_dt_add_memory_arch+0x5c/0x70
memblock_reserve: [0x000000007ffff000-0x000000007fffffff] memblock_alloc_range_nid+0xe8/0x17c
memblock_alloc_try_nid: 256 bytes align=0x1000 nid=-1 from=0x0 max_addr=0x0 numa_init+0x80/0x3ec
memblock_reserve: [0x000000007fffe000-0x000000007fffe0ff] memblock_alloc_range_nid+0xe8/0x17c
"""
    early = early_memory(read_machine(Machine(boot_log=parse_boot_log(text))))
    assert [region.span for region in early.memblock.reserved] == [Span(0x7FFFF000, 2 * GIB)]


def test_tables_from_an_initrd_are_copied() -> None:
    """With movable_node to the first free page from 1 MiB on, which makes its node a kernel node.

    Booted: 7.2.
    """
    low, hot = mem(0, 0, MIB), mem(1, MIB, 5 * MIB, hot=True)
    table = srat(low, hot, mem(0, 5 * MIB, 2 * GIB), mem(0, 4 * GIB, 6 * GIB))
    brought = raw(table)
    brought = brought._replace(origin=brought.origin._replace(kind=OriginKind.INITRD))
    made = plan(table, "nokaslr movable_node", tables=(brought,), profile="7.2")
    assert made.nodes[1].kernel_node_because == ("ACPI tables from the initrd",)
    assert "ACPI tables from the initrd" in [one.what for one in made.assumptions]
    assert not plan(table, "nokaslr movable_node", profile="7.2").nodes[1].kernel_node


@pytest.mark.parametrize(
    ("kernel", "marked"),
    [
        ("4.1", [False, False]),
        ("4.2", [True, True]),
        ("5.10", [True, True]),
        ("6.0", [False, True]),
        ("7.2", [False, True]),
    ],
)
def test_mirrored_memory_is_marked_always_or_when_asked_for(
    kernel: str, marked: list[bool]
) -> None:
    """From 4.2 on whenever the firmware mirrors it, from 6.0 on with kernelcore=mirror only."""
    entries = (MapEntry(0, 4 * GIB, MemoryType.RAM),)
    given = MemoryMap(entries=entries, mirrored=(Span(0, GIB),))
    found = []
    for line in ("nokaslr", "nokaslr kernelcore=mirror"):
        machine = Machine(memory_map=given, command_line=line, profile=kernel)
        early = early_memory(read_machine(machine))
        flags = [region.flags for region in early.memblock.memory]
        found.append(any(flag & MemblockFlags.MIRROR for flag in flags))
    # Up to 4.5 the option is not known: nothing depends on it.
    assert found == marked


@pytest.mark.parametrize(
    ("release", "low"), [("5.10.14", False), ("5.10.15", True), ("5.12", True)]
)
def test_early_allocations_began_above_the_kernel_up_to_5_10_14(release: str, low: bool) -> None:
    """With movable_node; later they begin at the lowest addresses."""
    given = machine(srat(mem(0, 0, 2 * GIB), mem(1, 4 * GIB, 6 * GIB)), "movable_node nokaslr")
    memblock = early_memory(read_machine(replace(given, profile=release))).memblock
    place = memblock.alloc(4096, 4096)
    assert place is not None
    assert (place < MIB) is low
    assert low or place >= KERNEL.end
