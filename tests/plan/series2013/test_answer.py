"""Plans of kernels with the 2013 series."""

from __future__ import annotations

import pytest

from srat_tool.base.units import GIB, PAGE_SIZE, TIB
from srat_tool.plan.pipeline import make_plan
from srat_tool.plan.plan import Plan
from srat_tool.tables.memmap import MapEntry, MemoryMap, MemoryType
from srat_tool.tables.srat import Srat
from tests.machines import cpu, mem, srat
from tests.plan.series import E11, E11_RAM, series_machine


def _plan(
    table: Srat | None = E11,
    cmdline: str = "movablecore=acpi",
    profile: str = "acpi2013",
    **fields: object,
) -> Plan:
    return make_plan(series_machine(table, cmdline, profile, **fields))


def test_zones_and_starts_of_the_intended_series() -> None:
    """The hot range of the kernel's node stays, those of nodes 1 and 2 become movable."""
    made = _plan()
    assert made.kernel.policy == "movablecore=acpi"
    assert [(zone.nid, zone.name, zone.present_pages) for zone in made.zones] == [
        (0, "DMA", 3998),
        (0, "DMA32", 520159),
        (0, "Normal", 524288),
        (1, "Movable", 1048576),
        (2, "Normal", 262144),
        (2, "Movable", 786432),
    ]
    assert [tuple(start) for start in made.movable_start] == [(1, 0x180000000), (2, 0x2C0000000)]
    assert sum(zone.present_pages for zone in made.zones) * PAGE_SIZE == sum(
        span.size for span in E11_RAM
    )


def test_reservations_carry_the_flags_of_the_series() -> None:
    """Hot ranges and page tables are named and flagged."""
    flagged = [(r.start, r.end, r.nid, r.flags, r.what) for r in _plan().reserved if r.flags]
    assert flagged[-2:] == [
        (0x2C0000000, 0x37FFFD000, 2, ("HOTPLUGGABLE",), "hot-pluggable memory of node 2"),
        (0x37FFFD000, 0x380000000, 2, ("LOCAL_NODE",), "page tables of node 2"),
    ]


def test_processor_lines_come_first_and_distances_behind_the_table() -> None:
    """The log has the order of this kernel: processors, memory, then what follows from it."""
    log = _plan().log
    assert log[0] == "SRAT: PXM 0 -> APIC 0x00 -> Node 0"
    assert log[1] == "SRAT: Node 0 PXM 0 [mem 0x00000000-0x7fffffff] "
    assert log[6].startswith("Node 0: [mem 0x")


def test_node_local_data_names_page_tables_and_what_is_not_local() -> None:
    """Page tables have a place; vmemmap and page_cgroup only a size."""
    rows = [row for row in _plan().node_local if row.nid == 1]
    assert {row.what for row in rows} == {"NODE_DATA", "page tables", "page_cgroup", "vmemmap"}
    tables = next(row for row in rows if row.what == "page tables")
    assert (tables.start, tables.end) == (0x27FFFD000, 0x280000000)


def test_sizes_beside_the_switch_are_reported_as_ignored() -> None:
    """One before, one after, and kernelcore=: three reasons."""
    made = _plan(cmdline="kernelcore=1G movablecore=2G movablecore=acpi movablecore=3G")
    assert [ignored.option for ignored in made.kernel.ignored] == [
        "kernelcore=1G",
        "movablecore=2G",
        "movablecore=3G",
    ]
    assert "not read as a size" in made.kernel.ignored[2].why


def test_without_the_switch_sizes_decide() -> None:
    """The kernel of the series is a 3.10 unless another is given."""
    assert _plan(cmdline="kernelcore=6G").kernel.policy == "sizes"
    made = _plan(cmdline="")
    assert made.kernel.policy == "none"
    assert {hot.verdict for hot in made.hotpluggable} == {"not-asked"}


def test_page_sizes_are_alternatives_until_they_are_known() -> None:
    """What depends on the processor is listed, and no longer listed once it is given."""
    made = _plan()
    assert [a.what for a in made.assumptions if a.what == "direct map"]
    assert len(made.alternatives) == 2
    told = _plan(direct_map="1G")
    assert told.alternatives == ()
    assert not [row for row in told.node_local if row.what == "page tables" and row.nid == 1]


def test_ram_beyond_the_direct_map_is_reported() -> None:
    """A four-level direct map ends at 64 TiB; RAM above it is not dropped without a word."""
    ends = []
    for top in (64 * TIB, 65 * TIB):
        ram = MemoryMap(entries=(MapEntry(0, top, MemoryType.RAM),))
        made = _plan(srat(mem(0, 0, top)), memory_map=ram)
        ends += [a.value for a in made.assumptions if a.what == "RAM"]
    assert ends == ["up to 0x400000000000"]


def test_a_rejected_table_leaves_one_node() -> None:
    """Overlapping nodes: everything is node 0, nothing is reserved, and the reason is given."""
    table = srat(mem(0, 0, 8 * GIB), mem(1, 6 * GIB, 14 * GIB, hot=True))
    made = _plan(table)
    assert made.numa_used == "dummy"
    assert made.rejected is not None
    assert [node.nid for node in made.nodes] == [0]
    assert made.movable_start == ()
    assert made.hotpluggable[0].verdict == "rejected"


def test_numa_off() -> None:
    """The option is honoured, and the log shows it."""
    made = _plan(cmdline="numa=off movablecore=acpi")
    assert made.numa_used == "off"
    assert made.log[0] == "NUMA turned off"


def test_a_panic_is_the_answer() -> None:
    """Everything hot, and no kernel node known: the posted version dies."""
    table = srat(cpu(0, 0), mem(0, 0, 14 * GIB, hot=True))
    made = _plan(table, profile="acpi2013-v2-posted")
    assert made.crash is not None
    assert "Failed to allocate" in made.crash


def test_leaks_are_part_of_the_plan() -> None:
    """Hot neighbours of different nodes, nothing between them: the second one leaks."""
    table = srat(
        mem(0, 0, 6 * GIB),
        mem(1, 6 * GIB, 10 * GIB, hot=True),
        mem(2, 10 * GIB, 14 * GIB, hot=True),
    )
    made = _plan(table, direct_map="1G")
    assert [(r.start, r.nid) for r in made.leaked] == [(10 * GIB, 2)]


@pytest.mark.parametrize("profile", ["acpi2013", "acpi2013-v2-posted"])
def test_without_any_table(profile: str) -> None:
    """A machine without a SRAT has one node, and that is no error."""
    made = _plan(None, profile=profile)
    assert made.numa_used == "dummy"
    assert made.rejected is None
