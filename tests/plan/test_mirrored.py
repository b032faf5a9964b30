import pytest

from srat_tool.base.span import Span
from srat_tool.base.units import GIB, MIB
from srat_tool.observe.bootlog import parse_boot_log
from srat_tool.plan.machine import Machine
from srat_tool.plan.mirrored import mirrored_layouts, mirrored_ranges
from srat_tool.plan.plan import MovableStart
from srat_tool.plan.read_machine import read_machine
from tests.machines import mem, srat
from tests.plan.support import plan, raw

MAP = """\
Linux version 6.1.0
Command line: kernelcore=mirror
BIOS-provided physical RAM map:
BIOS-e820: [mem 0x0000000000000000-0x000000000009ffff] usable
BIOS-e820: [mem 0x0000000000100000-0x000000007ff4ffff] usable
BIOS-e820: [mem 0x000000007ff50000-0x000000007fffffff] reserved
BIOS-e820: [mem 0x00000000b0000000-0x00000000bfffffff] reserved
BIOS-e820: [mem 0x0000000100000000-0x00000001ffffffff] usable
efi: Memory: {size}M/6399M mirrored memory
"""
LOW = [Span(0, 0xA0000), Span(MIB, 2 * GIB)]
PAGE = "memblock_reserve: [0x00000001bffff000-0x00000001bfffffff] alloc_low_pages+0x16a/0x180\n"
LARGE = "memblock_reserve: [0x{:016x}-0x{:016x}] memblock_alloc_range_nid+0xe1/0x180\n"
COMPLAINT = "Could not allocate 0x0000000000007000 bytes of mirrored memory\n"


def ranges(text: str) -> list[Span]:
    return list(mirrored_ranges(read_machine(Machine(boot_log=parse_boot_log(text)))))


@pytest.mark.parametrize(("size", "calls", "expected"), [
    (3071, PAGE, [*LOW, Span(6 * GIB, 7 * GIB)]),
    (2560, LARGE.format(0x11FE00000, 0x11FFFFFFF), [*LOW, Span(4 * GIB, 4 * GIB + 513 * MIB)]),
    (1024, COMPLAINT + LARGE.format(0x13FE00000, 0x13FFFFFFF), [Span(4 * GIB, 5 * GIB)]),
    (4095, "", [*LOW, Span(4 * GIB, 6 * GIB)]),
    (2047, "", LOW),
])  # fmt: skip
def test_the_sum_and_the_first_allocations_explain_each_other(
    size: int, calls: str, expected: list[Span]
) -> None:
    """Low memory first, unless the kernel complained; the rest ends where allocations began."""
    assert ranges(MAP.format(size=size) + calls) == expected


def test_no_line_no_mirror() -> None:
    """And nothing is assumed."""
    inputs = read_machine(Machine(boot_log=parse_boot_log(MAP.rpartition("efi:")[0])))
    assert mirrored_ranges(inputs) == ()
    assert inputs.assumptions == []


def test_the_guess_is_named() -> None:
    """With the way to know better."""
    inputs = read_machine(Machine(boot_log=parse_boot_log(MAP.format(size=2047))))
    mirrored_ranges(inputs)
    assert "efi=debug" in inputs.assumptions[-1].why


def test_other_layouts_explain_the_same_sum() -> None:
    """A range may be at either end of each range of the SRAT above 4 GiB, with low RAM or alone."""
    table = srat(mem(0, 0, 4 * GIB), mem(1, 4 * GIB, 6 * GIB), mem(2, 6 * GIB, 8 * GIB))
    log = parse_boot_log(MAP.format(size=3071))
    inputs = read_machine(Machine(boot_log=log, tables=(raw(table),)))
    ram = [*LOW, Span(4 * GIB, 8 * GIB)]
    found = list(mirrored_layouts(inputs, ram))
    ends = [Span(at * GIB, (at + 1) * GIB) for at in (4, 5, 6, 7)]
    assert [spans[-1] for _, spans in found] == ends
    assert found[2][0] == "RAM below 4 GiB and 0x180000000-0x1bfffffff are mirrored"


def test_a_small_sum_may_be_one_high_range_alone() -> None:
    """Where low RAM alone is more than the sum, nothing of it is mirrored."""
    table = srat(mem(0, 0, 4 * GIB), mem(1, 4 * GIB, 8 * GIB))
    log = parse_boot_log(MAP.format(size=1024))
    inputs = read_machine(Machine(boot_log=log, tables=(raw(table),)))
    found = list(mirrored_layouts(inputs, [*LOW, Span(4 * GIB, 8 * GIB)]))
    assert found[0] == ("only 0x100000000-0x13fffffff is mirrored", (Span(4 * GIB, 5 * GIB),))
    assert len(found) == 2


def test_a_map_without_attributes_leaves_mirroring_open() -> None:
    """That nothing is mirrored is an assumption; what firmware offers are the alternatives."""
    table = srat(mem(0, 0, 2 * GIB), mem(1, 4 * GIB, 6 * GIB))
    made = plan(table, "kernelcore=mirror nokaslr", profile="7.2")
    assert "mirrored memory" in [a.what for a in made.assumptions]
    starts = [(one.condition, one.movable_start) for one in made.alternatives]
    assert starts[:2] == [
        ("only RAM below 4 GiB is mirrored", (MovableStart(1, 4 * GIB),)),
        (
            "RAM below 4 GiB and 0x100000000-0x13fffffff are mirrored",
            (MovableStart(1, 5 * GIB),),
        ),
    ]


def test_mirrored_memory_can_be_given() -> None:
    """It overrides the map and the log."""
    given = Machine(boot_log=parse_boot_log(MAP.format(size=3071)), mirrored=(Span(0, GIB),))
    assert mirrored_ranges(read_machine(given)) == (Span(0, GIB),)
