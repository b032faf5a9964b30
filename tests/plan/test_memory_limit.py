"""`mem=` of arm64, as 5.10 to 7.2 were seen to apply it."""

from __future__ import annotations

import pytest

from srat_tool.base.span import Span
from srat_tool.base.units import GIB, MIB
from srat_tool.observe.bootlog import parse_boot_log
from srat_tool.observe.memmap import read_memory_map
from srat_tool.plan.early_memory import early_memory
from srat_tool.plan.machine import Machine
from srat_tool.plan.memory_limit import memory_limit
from srat_tool.plan.read_machine import read_machine
from srat_tool.tables.memmap import MapEntry, MemoryMap, MemoryType

LOG = """\
Linux version 6.12.0-arm64
Memory limited to 1088MB
efi: Processing EFI memory map:
efi:   0x000040000000-0x0000bfffffff [Conventional|   |  |  |  |  |  |  |  |  |  |   |WB|  |  |  ]
efi:   0x0000c0000000-0x0000c00fffff [Runtime Code|RUN|  |  |  |  |  |  |  |  |  |   |WB|  |  |  ]
efi:   0x000004000000-0x000007ffffff [MMIO        |RUN|  |  |  |  |  |  |  |  |  |   |  |  |WC|  ]
"""
CALLS = """\
memblock_add: [0x0000000040000000-0x00000000c00fffff] early_init_dt_add_memory_arch+0x5c/0x70
memblock_add: [0x0000000004000000-0x0000000007ffffff] early_init_dt_add_memory_arch+0x5c/0x70
memblock_reserve: [0x00000000bf000000-0x00000000bf0fffff] reserve_regions+0x150/0x1a0
memblock_remove: [0x0010000000000000-0x000ffffffffffffe] arm64_memblock_init+0xcc/0x330
memblock_add: [0x00000000a0000000-0x00000000a1ffffff] arm64_memblock_init+0x1d4/0x330
memblock_add: [0x00000000b0000000-0x00000000b00fffff] arm64_memblock_init+0x230/0x330
memblock_reserve: [0x00000000b0000000-0x00000000b00fffff] arm64_memblock_init+0x240/0x330
"""
KERNEL, INITRD = Span(0xA0000000, 0xA2000000), Span(0xB0000000, 0xB0100000)


def machine(text: str = LOG + CALLS, **fields: object) -> Machine:
    return Machine(boot_log=parse_boot_log(text), **fields)  # type: ignore[arg-type]


def ram(given: Machine) -> list[tuple[int, int, int]]:
    memory = early_memory(read_machine(given)).memblock.memory
    return [(region.base, region.end, int(region.flags)) for region in memory]


CUT = [
    (0x4000000, 0x8000000, 4),
    (0x40000000, 0x80000000, 0),
    (*KERNEL, 0),
    (*INITRD, 0),
    (0xC0000000, 0xC0100000, 4),
]


def test_kernel_and_initrd_are_added_back() -> None:
    """The flash counts against the limit; what is reserved above it is given up."""
    early = early_memory(read_machine(machine()))
    assert ram(machine()) == CUT
    assert [region.span for region in early.memblock.reserved] == [INITRD]


def test_a_log_without_calls_needs_to_be_told_where_they_lie() -> None:
    """The EFI map alone gives the same."""
    assert ram(machine(LOG, kernel_image=KERNEL, initrd=INITRD)) == CUT


@pytest.mark.parametrize(
    ("command_line", "limit"),
    [
        (None, 1088 * MIB),
        ("quiet", None),
        ("mem=3G mem=1500000K", 1500000 << 10),
        ("mem=0x41234567", 0x41234000),
        ("mem=junk", 0),
        ("mem", None),
    ],
)
def test_a_command_line_knows_better(command_line: str | None, limit: int | None) -> None:
    """The log's figure is in whole MiB, and another command line is another boot."""
    assert memory_limit(read_machine(machine(command_line=command_line))) == limit


def test_without_mem_all_ram_stays() -> None:
    """Also where the log is of a boot that was limited; 0 is no limit either."""
    for command_line in ("", "mem=0", "mem=64G"):
        whole = ram(machine(command_line=command_line))
        assert (0x40000000, 0xC0000000, 0) in whole


def test_a_given_map_is_limited_by_amount() -> None:
    """x86 cuts at the address instead."""
    given = MemoryMap(entries=(MapEntry(GIB, 3 * GIB, MemoryType.RAM),))
    for arch, expected in (("aarch64", [(GIB, 2 * GIB, 0)]), ("x86_64", [])):
        plain = Machine(memory_map=given, command_line="mem=1G", profile="6.12", arch=arch)
        assert ram(plain) == expected


@pytest.mark.parametrize(
    ("page", "end"),
    [
        (0x80076000, 0x80077000),
        (0x7FFFF000, 0x80000000),
        (0x80100000, 0x80000000),
    ],
)
def test_the_first_allocation_shows_what_the_figure_rounds_off(page: int, end: int) -> None:
    """It is at the top of RAM; one that is a MiB away proves nothing."""
    other = "memblock_reserve: [0x00000000a0000000-0x00000000a0000fff] memblock_alloc+0x1/0x2\n"
    call = other + f"memblock_reserve: [{page:#018x}-{page + 0xFFF:#018x}] memblock_alloc+0x1/0x2"
    assert ram(machine(LOG + CALLS + call))[1] == (0x40000000, end, 0)
    told = machine(LOG + CALLS + call, command_line="mem=1088M")
    assert ram(told)[1] == (0x40000000, 0x80000000, 0)


def test_an_unknown_place_of_the_kernel_is_assumed() -> None:
    """Only where a limit may cost it, and no call shows it."""
    for text, fields, assumed in (
        (LOG, {}, True),
        (LOG, {"kernel_image": KERNEL}, False),
        (LOG, {"command_line": ""}, False),
        (LOG + CALLS, {}, False),
    ):
        inputs = read_machine(machine(text, **fields))
        early_memory(inputs)
        assert any(a.value == "below the limit of mem=" for a in inputs.assumptions) is assumed


def test_riscv64_keeps_the_lowest_ram_and_nothing_else() -> None:
    """No kernel is added back, and what is reserved above the limit is given up."""
    text = LOG.replace("6.12.0-arm64", "6.12.0-riscv64").replace("Memory limited to 1088MB\n", "")
    text += CALLS.splitlines(keepends=True)[2]
    limited = machine(text, command_line="mem=1G")
    early = early_memory(read_machine(limited))
    assert [(r.base, r.end) for r in early.memblock.memory] == [
        (0x4000000, 0x8000000),
        (0x40000000, 0x40000000 + GIB - 64 * MIB),
    ]


def test_loongarch64_takes_ranges_too() -> None:
    """With @ the ranges replace all RAM, without it they limit it."""
    efi = "Node0: mem_type:7, mem_start:0x0, mem_size:0x80000000 Bytes\n"
    text = "Linux version 7.2.13-loong64\n" + efi
    ranges = machine(text, command_line="mem=256M@0 mem=512M@1G")
    assert ram(ranges) == [(0, 256 * MIB, 0), (GIB, GIB + 512 * MIB, 0)]
    assert ram(machine(text, command_line="mem=600M")) == [(0, 600 * MIB, 0)]


@pytest.mark.parametrize(
    ("code", "kept", "told"),
    [
        ((0xB0000000, 0xB3457000), [(0xB0000000, 0xB2000000)], "at 0xb0000000"),
        ((0xB0001000, 0xB3457000), [], "below the limit of mem="),
        ((0xB0000000, 0xB4000000), [], "below the limit of mem="),
    ],
)
def test_a_map_with_the_loaders_code_tells_where_the_kernel_was(
    code: tuple[int, int], kept: list[tuple[int, int]], told: str
) -> None:
    """Where exactly one such range is aligned as the EFI stub aligns a kernel."""
    first, second = code
    flags = "|   |  |  |  |  |  |  |  |  |  |  |   |WB|  |  |  ]"
    spans = (("Conventional", 0x40000000), ("Loader Code ", first), ("Loader Code ", second))
    text = "".join(
        f"efi:   {at:#014x}-{at + 0x1FFFFFF:#014x} [{kind}{flags}\n" for kind, at in spans
    )
    given = Machine(
        memory_map=read_memory_map(text, where="a map"),
        command_line="mem=16M",
        profile="6.1",
        arch="aarch64",
    )
    inputs = read_machine(given)
    memory = early_memory(inputs).memblock.memory
    assert [(r.base, r.end) for r in memory] == [(0x40000000, 0x41000000), *kept]
    assert next(a.value for a in inputs.assumptions if a.what == "kernel image") == told
