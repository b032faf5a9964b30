"""`memblock=debug` output of old and new kernels."""

from __future__ import annotations

from srat_tool.base.span import Span
from srat_tool.observe.bootlog import MemblockOp, MemblockRegionLine, parse_boot_log

DUMP = (
    "MEMBLOCK configuration:\n"
    " memory size = 0x000000017ff7dc00 reserved size = 0x000000000337f000\n"
    " memory.cnt  = 0x2\n"
    " memory[0x0]\t[0x0000000000001000-0x000000000009efff], 0x000000000009e000 bytes on node 0 "
    "flags: 0x0\n"
    " memory[0x1]\t[0x0000000160000000-0x00000001bfffffff], 0x0000000060000000 bytes on node 2 "
    "flags: 0x1\n"
    " reserved.cnt  = 0x1\n"
    " reserved[0x0]\t[0x0000000001000000-0x0000000004210fff], 0x3211000 bytes flags: 0x20\n"
)


def test_calls() -> None:
    """Plain, with flags, with node and flags: one shape."""
    log = parse_boot_log(
        "memblock_reserve: [0x0000000000010000-0x0000000000016fff] alloc+0xe1/0x180\n"
        "__memblock_reserve: [0x0000000000100000-0x000000000010019b] nid=1 flags=20 a+0xe9/0x190\n"
        "__memblock_reserve: [0x0000000000100000-0x000000000010019b] nid=-1 flags=0 b+0x1/0x2\n"
        "memblock_add: [0x0000000000001000-0x000000000009fbff] c+0x94/0xc0\n"
    )
    assert log.memblock_ops == (
        MemblockOp("reserve", Span(0x10000, 0x17000), 0, "alloc+0xe1/0x180", None, 0),
        MemblockOp("reserve", Span(0x100000, 0x10019C), 0x20, "a+0xe9/0x190", 1, 1),
        MemblockOp("reserve", Span(0x100000, 0x10019C), 0, "b+0x1/0x2", None, 2),
        MemblockOp("add", Span(0x1000, 0x9FC00), 0, "c+0x94/0xc0", None, 3),
    )


def test_old_kernels_print_exclusive_ends() -> None:
    """Kernels before 3.14 print base + size; the first call of the boot shows it."""
    log = parse_boot_log(
        "memblock_reserve: [0x00000001000000-0x00000002000000] x+0x1/0x2\n"
        "memblock_reserve: [0x00000000001000-0x00000000001009] with flags 0x0000000000000002 y\n"
    )
    assert [op.span for op in log.memblock_ops] == [Span(1 << 24, 2 << 24), Span(0x1000, 0x1009)]
    assert log.memblock_ops[1].flags == 2


def test_a_wrapped_end_is_the_top() -> None:
    """A removal of everything above an address prints an end below its start."""
    log = parse_boot_log("memblock_remove: [0x0010000000000000-0x000ffffffffffffe] z+0x1/0x2\n")
    assert log.memblock_ops[0].span == Span(1 << 52, (1 << 64) - 1)


def test_dump() -> None:
    """Regions with node and flags; a dump that is cut is not complete."""
    (dump,) = parse_boot_log(DUMP).memblock_dumps
    assert dump.complete
    assert dump.memory[1] == MemblockRegionLine(Span(0x160000000, 0x1C0000000), 2, 1)
    assert dump.reserved == (MemblockRegionLine(Span(1 << 24, 0x4211000), None, 0x20),)
    (cut,) = parse_boot_log(DUMP[: DUMP.index(" reserved.cnt")]).memblock_dumps
    assert not cut.complete


def test_the_kernel_image_ends_in_its_brk() -> None:
    """The region of the first dump that ends in the break area is the kernel."""
    head = "memblock_reserve: [0x0000000004200000-0x0000000004210fff] setup_arch+0x843/0xc00\n"
    assert parse_boot_log(head + DUMP).kernel_image == Span(1 << 24, 0x4211000)
    assert parse_boot_log(DUMP).kernel_image is None


def test_an_empty_list_has_no_region() -> None:
    """The kernel dumps its placeholder, one region without bytes that wraps around."""
    empty = (
        "MEMBLOCK configuration:\n"
        " memory.cnt  = 0x1\n"
        " memory[0x0]\t[0x0000000000000000-0xffffffffffffffff], 0x0000000000000000 bytes on node 0 "
        "flags: 0x0\n"
        " reserved.cnt  = 0x0\n"
    )
    (dump,) = parse_boot_log(empty).memblock_dumps
    assert dump.complete
    assert dump.memory == ()


def test_an_allocation_is_named_by_the_call_in_front_of_it() -> None:
    """Only where the next reserve has the size that was asked for."""
    asked = (
        "memblock_phys_alloc_range: 320 bytes align=0x1000 from=0x0 max_addr=0x0 taker+0x1/0x2\n"
    )
    there = "memblock_reserve: [0x0000000000100000-0x{:016x}] memblock_alloc_range_nid+0x1/0x2\n"
    for last, names in ((0x10013F, ["taker+0x1/0x2"]), (0x1001FF, [])):
        log = parse_boot_log("Linux version 6.12.0\n" + asked + there.format(last))
        found = [op.caller for op in log.memblock_ops if op.op == "phys_alloc_range"]
        assert found == names
