import time

import pytest

from srat_tool.base.rawtable import Origin, RawTable
from srat_tool.base.span import Span
from srat_tool.base.units import GIB, MIB
from srat_tool.plan.machine import Machine
from srat_tool.plan.memory_map import MemoryUnknownError
from srat_tool.plan.pipeline import make_plan
from tests.machines import cpu, mem, srat
from tests.plan.support import plan, raw

SLIT = (
    b"SLIT" + (48).to_bytes(4, "little") + b"\1\0" + bytes(26)
    + (2).to_bytes(8, "little") + bytes([10, 20, 20, 10])
)  # fmt: skip
HOT_NODE = srat(
    cpu(0, 0), cpu(0, 1), cpu(1, 2), cpu(1, 3),
    mem(0, 0, 2 * GIB), mem(1, 4 * GIB, 6 * GIB, hot=True),
)  # fmt: skip


def test_one_hot_node_with_movable_node() -> None:
    """A booted example, line by line."""
    made = plan(HOT_NODE, "nokaslr movable_node")
    assert made.log[4:] == (
        "ACPI: SRAT: Node 0 PXM 0 [mem 0x00000000-0x7fffffff]",
        "ACPI: SRAT: Node 1 PXM 1 [mem 0x100000000-0x17fffffff] hotplug",
        "NODE_DATA(0) allocated [mem 0x7fea9000-0x7fed3fff]",
        "NODE_DATA(1) allocated [mem 0x7fe7e000-0x7fea8fff]",
        "    NODE_DATA(1) on node 0",
        "Zone ranges:",
        "  DMA      [mem 0x0000000000001000-0x0000000000ffffff]",
        "  DMA32    [mem 0x0000000001000000-0x00000000ffffffff]",
        "  Normal   [mem 0x0000000100000000-0x000000017fffffff]",
        "  Device   empty",
        "Movable zone start for each node",
        "  Node 1: 0x0000000100000000",
        "Early memory node ranges",
        "  node   0: [mem 0x0000000000001000-0x000000000009efff]",
        "  node   0: [mem 0x0000000000100000-0x000000007ffdefff]",
        "  node   1: [mem 0x0000000100000000-0x000000017fffffff]",
        "Initmem setup node 0 [mem 0x0000000000001000-0x000000007ffdefff]",
        "Initmem setup node 1 [mem 0x0000000100000000-0x000000017fffffff]",
        "Fallback order for Node 0: 0 1 ",
        "Fallback order for Node 1: 1 0 ",
    )
    assert [(zone.nid, zone.name, zone.present_pages) for zone in made.zones] == [
        (0, "DMA", 3998),
        (0, "DMA32", 520159),
        (1, "Movable", 524288),
    ]
    assert made.kernel.policy == "movable_node"
    assert not made.alternatives


def test_the_initrd_makes_its_node_a_kernel_node() -> None:
    """The boot loader put it just below 2 GiB, on the node that was to be movable."""
    table = srat(mem(0, 0, GIB), mem(1, GIB, 2 * GIB, hot=True), mem(0, 4 * GIB, 6 * GIB))
    made = plan(table, "nokaslr movable_node")
    assert made.movable_start == ()
    assert made.nodes[1].kernel_node
    assert "initrd" in made.nodes[1].kernel_node_because
    assert made.hotpluggable[0].verdict == "kernel-node"


def test_a_rejected_srat_is_an_answer() -> None:
    """One node, no movable memory, and the reason."""
    made = plan(srat(mem(0, 0, 5 * GIB), mem(1, 4 * GIB, 6 * GIB, hot=True)), "movable_node")
    assert made.numa_used == "dummy"
    assert made.rejected == "node 0 overlaps with node 1"
    assert [node.nid for node in made.nodes] == [0]
    assert made.hotpluggable[0].verdict == "rejected"


def test_ram_left_without_a_node_crashes() -> None:
    """Less than the slack is accepted, and then it belongs to no node."""
    made = plan(srat(mem(0, 0, 2 * GIB), mem(1, 4 * GIB, 6 * GIB - 64 * 1024)))
    assert made.numa_used == "srat"
    assert made.crash is not None
    assert "64K of RAM" in made.crash
    assert any("node 1024:" in line for line in made.log)


def test_memory_that_is_not_there_can_be_added() -> None:
    """Windows next to RAM, with their zone for either way of onlining."""
    table = srat(mem(0, 0, 6 * GIB), mem(1, 8 * GIB, 12 * GIB, hot=True))
    assert plan(table, "nokaslr").hot_add[0][:5] == (8 * GIB, 12 * GIB, 1, "Normal", "Movable")
    assert plan(table, "movable_node").hot_add[0].online_zone == "Movable"
    assert plan(table).memory_block_bytes == 128 * MIB


def test_nothing_but_a_table() -> None:
    """Everything else is assumed, and every assumption is named."""
    made = make_plan(Machine(tables=(raw(HOT_NODE),), extra_options=("movable_node",)))
    assert {a.what for a in made.assumptions} == {
        "architecture",
        "kernel",
        "memory map",
        "kernel image",
        "initrd",
        "hot-pluggable ranges",
    }  # fmt: skip
    assert [start.nid for start in made.movable_start] == [1]
    placed, empty = made.alternatives
    assert placed.condition.startswith("the SRAT comes with the initrd and KASLR puts the kernel")
    assert empty.condition == "the hot-pluggable ranges hold no RAM at boot"


def test_a_kernel_that_can_land_elsewhere() -> None:
    """KASLR uses memory that is not hot: node 1 may become a kernel node."""
    table = srat(mem(0, 0, 2 * GIB), mem(1, 4 * GIB, 5 * GIB), mem(1, 5 * GIB, 6 * GIB, hot=True))
    made = plan(table, "movable_node", kernel_image=None)
    assert [choice.condition for choice in made.alternatives] == ["KASLR puts the kernel on node 1"]
    assert plan(table, "movable_node nokaslr", kernel_image=None).alternatives == ()


def test_an_empty_machine_gets_no_answer() -> None:
    """No input declares what RAM there is, and none is invented."""
    with pytest.raises(MemoryUnknownError, match="no SRAT, and no memory map"):
        make_plan(Machine())
    with pytest.raises(MemoryUnknownError, match="no enabled memory in the SRAT"):
        make_plan(Machine(tables=(raw(srat()),)))


def test_memory_that_was_asked_for() -> None:
    """A size makes one faked node of it, which stays an assumption."""
    made = make_plan(Machine(assume_memory=GIB))
    assert sum(region.end - region.start for region in made.memory) <= GIB
    assert "memory map" in [one.what for one in made.assumptions]
    assert made.numa_used == "dummy"
    assert made.rejected is None


def test_a_large_table_is_no_problem() -> None:
    """Entries beyond the kernel's room reject the table, in time that grows with its length."""
    spans = [Span(n * MIB, (n + 1) * MIB) for n in range(20000)]
    table = srat(*(mem(n % 8, *span) for n, span in enumerate(spans)))
    before = time.process_time()
    made = plan(table)
    assert made.numa_used == "dummy"
    assert time.process_time() - before < 5


def test_the_table_of_distances_has_a_name() -> None:
    """With a SLIT it is at the top of memory and makes its node a kernel node."""
    table = srat(cpu(0, 0), cpu(1, 1), mem(0, 0, 4 * GIB), mem(1, 4 * GIB, 6 * GIB, hot=True))
    slit = bytearray(SLIT)
    slit[9] = -sum(slit) % 256
    tables = (raw(table), RawTable(origin=Origin(path="test"), data=bytes(slit)))
    node = plan(table, tables=tables).nodes[1]
    assert node.kernel_node
    assert any("table of NUMA distances" in why for why in node.kernel_node_because)
    assert not any("distances" in why for why in plan(table).nodes[1].kernel_node_because)


def test_a_long_list_of_ranges_makes_its_node_a_kernel_node() -> None:
    """More than 128 ranges: their list goes to the highest free pages of memory that stays.

    Booted: 6.19.
    """
    low = [mem(n % 2, 16 * n * MIB, 16 * (n + 1) * MIB) for n in range(128)]
    top = (mem(2, 4 * GIB, 5 * GIB, hot=True), mem(2, 5 * GIB, 6 * GIB))
    made = plan(srat(*low, *top), "nokaslr movable_node")
    assert made.nodes[2].kernel_node_because == ("list of memory ranges",)
    assert not made.movable_start
    few = plan(srat(*low[:100], mem(0, 1600 * MIB, 2 * GIB), *top), "nokaslr movable_node")
    assert not few.nodes[2].kernel_node
    assert [start.nid for start in few.movable_start] == [2]
