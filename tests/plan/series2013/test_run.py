"""The series boots from the same inputs as any other kernel."""

from __future__ import annotations

from srat_tool.base.span import Span
from srat_tool.base.units import GIB, PAGE_SIZE, TIB
from srat_tool.kernel.series2013.events import BrkTaken
from srat_tool.plan.early_memory import early_memory
from srat_tool.plan.outcome import Outcome
from srat_tool.plan.read_machine import read_machine
from srat_tool.plan.series2013.run import looked_at, run_series
from srat_tool.tables.memmap import MapEntry, MemoryMap, MemoryType
from tests.machines import cpu, mem, srat
from tests.plan.series import KERNEL, series_machine, series_run


def test_the_run_is_an_outcome_like_any_other() -> None:
    """Nodes, zones, policy and reservations are where other kernels have theirs."""
    run = series_run(cmdline="quiet movablecore=acpi")
    assert isinstance(run, Outcome)
    assert run.policy == "movablecore=acpi"
    assert run.boot.memblock is run.state.memblock
    assert [block.hot for block in run.numa.info.blocks] == [False, True, True, False, True]
    assert run.not_used is None


def test_early_memory_is_left_as_it_is() -> None:
    """A second boot with another page size starts from the same lists."""
    inputs = read_machine(series_machine())
    early = early_memory(inputs)
    before = (list(early.memblock.memory), list(early.memblock.reserved))
    first = run_series(inputs, early)
    assert (list(early.memblock.memory), list(early.memblock.reserved)) == before
    assert run_series(inputs, early).state.after_hot == first.state.after_hot
    assert run_series(inputs, early, "1G").state.after_hot != first.state.after_hot


def test_page_tables_come_from_the_end_of_the_kernel_image() -> None:
    """The image sets six pages aside, five in the version as posted."""
    for profile, pages in (("acpi2013", 6), ("acpi2013-v2-posted", 5)):
        run = series_run(profile=profile)
        taken = [event.page for event in run.boot.events if isinstance(event, BrkTaken)]
        assert taken[0].start == KERNEL.end - pages * PAGE_SIZE
        assert len(taken) <= pages


def test_nodes_are_numbered_by_the_walk() -> None:
    """Processors come first: their domain gets node 0, wherever its memory is."""
    table = srat(cpu(5, 0), mem(2, 0, 2 * GIB), mem(5, 4 * GIB, 14 * GIB, hot=True))
    assert series_run(table).numa.pxms.nodes == {2: 1, 5: 0}


def test_a_table_with_a_bad_entry_is_refused_as_a_whole() -> None:
    """What the walk rejects never reaches the series."""
    run = series_run(srat(mem(0, 0, 14 * GIB, length=41)))
    assert run.not_used == run.numa.rejected
    assert [block.span for block in run.numa.info.blocks] == [Span(0, 14 * GIB)]


def test_why_no_table_is_used() -> None:
    """A table that does not exist is not rejected, and still there is a reason."""
    assert series_run(None).not_used == "there is no SRAT"
    assert series_run(None, "numa=off").not_used == "numa=off"
    assert series_run(cmdline="numa=off").not_used == "numa=off"


def test_only_128_memory_entries_are_read() -> None:
    """Those after them do not even get a node."""
    table = srat(*[mem(0, 0, 14 * GIB)] * 128, mem(9, 2 * GIB, 3 * GIB, hot=True))
    run = series_run(table)
    assert len(looked_at(run.inputs)) == 128
    assert 9 not in run.numa.pxms.nodes
    assert run.not_used is None


def test_ram_beyond_the_direct_map_is_not_used() -> None:
    """Four-level paging maps 64 TiB."""
    ram = MemoryMap(
        entries=(MapEntry(0, 2 * GIB, MemoryType.RAM), MapEntry(60 * TIB, 80 * TIB, MemoryType.RAM))
    )
    table = srat(mem(0, 0, 2 * GIB), mem(1, 60 * TIB, 80 * TIB, hot=True))
    run = series_run(table, memory_map=ram)
    assert run.boot.max_pfn == 64 * TIB // PAGE_SIZE


def test_registered_nodes_have_their_data_somewhere() -> None:
    """Node 1 is hot everywhere, so its pg_data_t is on node 2."""
    homes = {nid: home for nid, _, home in series_run().node_data}
    assert homes == {0: 0, 1: 2, 2: 2}
