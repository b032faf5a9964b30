"""numa_meminfo with the hotpluggable mark."""

from __future__ import annotations

from srat_tool.base.span import Pfn, Span
from srat_tool.base.units import GIB, MIB, PAGE_SIZE, pfn_down
from srat_tool.kernel.memblock import Memblock
from srat_tool.kernel.series2013.meminfo import Block, Cleanup, Entry, NumaMeminfo

NODES = {0: 0, 1: 1, 2: 2}


def _meminfo(ram: list[Span], *entries: Entry, nodes: dict[int, int] | None = None) -> NumaMeminfo:
    mb = Memblock()
    for span in ram:
        mb.add(span.start, span.size)
    meminfo = NumaMeminfo()
    meminfo.numa_init(entries, nodes or NODES, mb, Pfn(pfn_down(mb.end_of_dram)))
    return meminfo


def _entry(nid: int, start: int, end: int, *, hot: bool = False, enabled: bool = True) -> Entry:
    return Entry(nid, start, end - start, enabled, hot)


def test_neighbours_with_different_marks_stay_apart() -> None:
    """A hot block is not joined with a cold one of its node, and cold ones not across it.

        |00000|HHHHH|00000|   one node
    Expect three blocks and no merge line.
    """
    meminfo = _meminfo(
        [Span(0, 6 * GIB)],
        _entry(0, 0, 2 * GIB),
        _entry(0, 2 * GIB, 4 * GIB, hot=True),
        _entry(0, 4 * GIB, 6 * GIB),
    )
    assert [block.hot for block in meminfo.blocks] == [False, True, False]
    assert not any(line.startswith("NUMA:") for line in meminfo.log)


def test_equal_neighbours_join_through_a_hole() -> None:
    """Blocks alike in node and mark become one when nobody else lies between."""
    meminfo = _meminfo([Span(0, 6 * GIB)], _entry(0, 0, 2 * GIB), _entry(0, 2 * GIB + MIB, 6 * GIB))
    assert meminfo.blocks == [Block(0, 6 * GIB, 0, hot=False)]
    assert meminfo.steps[0].did is Cleanup.MERGED
    assert meminfo.log[-1] == (
        "NUMA: Node 0 [mem 0x00000000-0x7fffffff] + [mem 0x80100000-0x17fffffff]"
        " -> [mem 0x00000000-0x17fffffff]"
    )


def test_overlap_of_one_node_is_only_a_warning() -> None:
    """Overlapping blocks with different marks stay both."""
    meminfo = _meminfo(
        [Span(0, 4 * GIB)], _entry(0, 0, 4 * GIB), _entry(0, 2 * GIB, 3 * GIB, hot=True)
    )
    assert meminfo.rejected is None
    assert len(meminfo.blocks) == 2
    assert meminfo.steps[0].did is Cleanup.OVERLAP


def test_overlap_of_two_nodes_rejects_the_table() -> None:
    """Then there is one node for everything, and it is not hot."""
    meminfo = _meminfo(
        [Span(0, 4 * GIB)], _entry(0, 0, 3 * GIB), _entry(1, 2 * GIB, 4 * GIB, hot=True)
    )
    assert meminfo.rejected is not None
    assert meminfo.blocks == [Block(0, 4 * GIB, 0, hot=False)]
    assert meminfo.log[-2:] == [
        "No NUMA configuration found",
        "Faking a node at [mem 0x0000000000000000-0x00000000ffffffff]",
    ]


def test_the_printed_entry_ends_in_a_blank_or_in_its_mark() -> None:
    """Not hot: a blank behind the bracket. Hot: the words of the series."""
    meminfo = _meminfo(
        [Span(0, 4 * GIB)], _entry(0, 0, 2 * GIB), _entry(1, 2 * GIB, 4 * GIB, hot=True)
    )
    assert meminfo.log == [
        "SRAT: Node 0 PXM 0 [mem 0x00000000-0x7fffffff] ",
        "SRAT: Node 1 PXM 1 [mem 0x80000000-0xffffffff] Hot Pluggable",
    ]


def test_ram_outside_all_blocks_rejects_from_1_mib_on() -> None:
    """255 pages may be missing, 256 may not."""
    for pages, rejected in ((255, False), (256, True)):
        meminfo = _meminfo([Span(0, 4 * GIB)], _entry(0, 0, 4 * GIB - pages * PAGE_SIZE))
        assert (meminfo.rejected is not None) is rejected


def test_a_domain_without_node_rejects_the_table() -> None:
    """The kernel says so, and looks at no further entry."""
    meminfo = _meminfo([Span(0, 4 * GIB)], _entry(7, 0, 4 * GIB), _entry(0, 0, 4 * GIB))
    assert meminfo.rejected is not None
    assert meminfo.log[:2] == ["SRAT: Too many proximity domains.", "SRAT: SRAT not used."]


def test_odd_ranges_are_left_out() -> None:
    """Empty ranges, ranges that wrap, disabled entries and ranges above RAM leave no block."""
    meminfo = _meminfo(
        [Span(0, 4 * GIB)],
        _entry(1, 2 * GIB, 2 * GIB, hot=True),
        Entry(1, (1 << 64) - PAGE_SIZE, 2 * PAGE_SIZE, enabled=True, hot=True),
        _entry(1, 0, GIB, enabled=False),
        _entry(0, 0, 5 * GIB),
        _entry(2, 8 * GIB, 9 * GIB, hot=True),
    )
    assert meminfo.blocks == [Block(0, 4 * GIB, 0, hot=False)]
    assert meminfo.dropped == [Block(8 * GIB, 9 * GIB, 2, hot=True)]


def test_only_128_entries_are_looked_at() -> None:
    """The rest of a longer table does not exist, disabled entries count."""
    entries = [_entry(0, 0, GIB, enabled=False)] * 127
    meminfo = _meminfo([Span(0, GIB)], *entries, _entry(0, 0, GIB), _entry(1, 0, GIB))
    assert meminfo.rejected is None
    assert len(meminfo.blocks) == 1


def test_address_to_node() -> None:
    """The last block that holds an address counts; outside all of them it is the first's node."""
    meminfo = _meminfo(
        [Span(0, 4 * GIB)], _entry(1, 0, 2 * GIB), _entry(0, 2 * GIB, 4 * GIB, hot=True)
    )
    assert [meminfo.nid_of(a) for a in (GIB, 3 * GIB, 9 * GIB)] == [1, 0, 1]
    assert meminfo.nid_of_reservation(GIB, 2 * GIB + 1) == 1
    assert meminfo.nid_of_reservation(GIB, 2 * GIB + 2) is None


def test_runs_follow_the_table_not_the_addresses() -> None:
    """Consecutive blocks of one node make a run, which can be backwards."""
    meminfo = _meminfo(
        [Span(0, 4 * GIB)],
        _entry(0, 2 * GIB, 4 * GIB, hot=True),
        _entry(0, 0, GIB),
        _entry(1, GIB, 2 * GIB),
    )
    assert list(meminfo.runs()) == [(0, Span(2 * GIB, GIB)), (1, Span(GIB, 2 * GIB))]
