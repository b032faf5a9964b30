"""The series boots from the same inputs as any other kernel."""

from __future__ import annotations

from srat_tool.base.span import Span
from srat_tool.base.units import GIB, PAGE_SIZE, TIB
from srat_tool.kernel.series2013.boot import PlacedTables
from srat_tool.plan.series2013.run import looked_at
from srat_tool.tables.memmap import MapEntry, MemoryMap, MemoryType
from tests.machines import cpu, mem, srat
from tests.plan.series import KERNEL, series_run


def test_the_machine_is_handed_over() -> None:
    """RAM in whole pages, early reservations, entries and options arrive as they are."""
    run = series_run(cmdline="quiet movablecore=acpi")
    assert run.machine.ram[-1] == Span(4 * GIB, 14 * GIB)
    assert KERNEL in run.machine.reserved
    assert [entry.hot for entry in run.machine.entries] == [False, True, True, False, True]
    assert run.machine.options == ("quiet", "movablecore=acpi")
    assert run.rejected is None


def test_page_tables_come_from_the_end_of_the_kernel_image() -> None:
    """The image sets six pages aside, five in the version as posted."""
    for profile, pages in (("acpi2013", 6), ("acpi2013-v2-posted", 5)):
        tables = series_run(profile=profile).machine.tables
        assert isinstance(tables, PlacedTables)
        assert tables.brk == Span(KERNEL.end - pages * PAGE_SIZE, KERNEL.end)


def test_nodes_are_numbered_by_the_walk() -> None:
    """Processors come first: their domain gets node 0, wherever its memory stands."""
    table = srat(cpu(5, 0), mem(2, 0, 2 * GIB), mem(5, 4 * GIB, 14 * GIB, hot=True))
    assert series_run(table).machine.pxm_to_node == {2: 1, 5: 0}


def test_a_table_with_a_bad_entry_is_refused_as_a_whole() -> None:
    """What the walk rejects never reaches the series."""
    table = srat(mem(0, 0, 14 * GIB, length=41))
    run = series_run(table)
    assert run.rejected == run.refused
    assert run.refused is not None
    assert run.state.log[0] == "No NUMA configuration found"


def test_only_128_memory_entries_are_read() -> None:
    """Those behind them do not even get a node."""
    table = srat(*[mem(0, 0, 14 * GIB)] * 128, mem(9, 2 * GIB, 3 * GIB, hot=True))
    run = series_run(table)
    assert len(looked_at(run.inputs)) == 128
    assert 9 not in run.pxms.nodes
    assert run.rejected is None


def test_ram_beyond_the_direct_map_is_not_used() -> None:
    """Four-level paging maps 64 TiB."""
    ram = MemoryMap(
        entries=(MapEntry(0, 2 * GIB, MemoryType.RAM), MapEntry(60 * TIB, 80 * TIB, MemoryType.RAM))
    )
    table = srat(mem(0, 0, 2 * GIB), mem(1, 60 * TIB, 80 * TIB, hot=True))
    run = series_run(table, memory_map=ram)
    assert run.state.max_pfn == 64 * TIB // PAGE_SIZE
