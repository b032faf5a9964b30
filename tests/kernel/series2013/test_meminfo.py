"""What the series asks of numa_meminfo, and how its blocks come about."""

from __future__ import annotations

from srat_tool.base.span import Span
from srat_tool.base.units import GIB, MIB, PAGE_SIZE
from srat_tool.kernel.events import BlockClamped, BlocksMerged, BlocksOverlap, NumaBlock
from srat_tool.kernel.numa_init import NumaResult, numa_init
from srat_tool.kernel.printk import log_lines
from srat_tool.kernel.series2013.meminfo import AddressToNode, nid_of_reservation, runs
from srat_tool.tables.srat import MemoryAffinity
from tests.kernel.series2013.support import start, tables
from tests.machines import mem


class Parsed:
    """The outcome of `numa_init` alone: blocks, events, lines."""

    def __init__(self, top: int, *entries: MemoryAffinity, nodes: int = 3) -> None:
        boot, _ = start([Span(0, top)])
        self.result: NumaResult = numa_init(boot, tables(entries, {n: n for n in range(nodes)}))
        self.blocks = [tuple(block[:3]) for block in self.result.info.blocks]
        self.hot = [block.hot for block in self.result.info.blocks]
        self.events = boot.events
        self.log = log_lines(boot.events, boot.profile)


def test_neighbours_with_different_marks_stay_apart() -> None:
    """A hot block is not joined with a cold one of its node, and cold ones not across it.

        |00000|HHHHH|00000|   one node
    Expect three blocks and no merge line.
    """
    parsed = Parsed(
        6 * GIB,
        mem(0, 0, 2 * GIB),
        mem(0, 2 * GIB, 4 * GIB, hot=True),
        mem(0, 4 * GIB, 6 * GIB),
    )
    assert parsed.hot == [False, True, False]
    assert not any(line.startswith("NUMA:") for line in parsed.log)


def test_equal_neighbours_join_through_a_hole() -> None:
    """Blocks of the same node and mark are joined when no other node's block is between them."""
    parsed = Parsed(6 * GIB, mem(0, 0, 2 * GIB), mem(0, 2 * GIB + MIB, 6 * GIB))
    assert parsed.blocks == [(0, 6 * GIB, 0)]
    assert any(isinstance(event, BlocksMerged) for event in parsed.events)
    assert parsed.log[-1] == (
        "NUMA: Node 0 [mem 0x00000000-0x7fffffff] + [mem 0x80100000-0x17fffffff]"
        " -> [mem 0x00000000-0x17fffffff]"
    )


def test_a_joined_hot_block_stays_hot() -> None:
    """The mark is that of both."""
    assert Parsed(6 * GIB, *[mem(0, at * GIB, (at + 3) * GIB, hot=True) for at in (0, 3)]).hot == [
        True
    ]


def test_overlap_of_one_node_is_only_a_warning() -> None:
    """Overlapping blocks with different marks stay both."""
    parsed = Parsed(4 * GIB, mem(0, 0, 4 * GIB), mem(0, 2 * GIB, 3 * GIB, hot=True))
    assert parsed.result.used == "srat"
    assert len(parsed.blocks) == 2
    assert any(isinstance(event, BlocksOverlap) for event in parsed.events)


def test_overlap_of_two_nodes_rejects_the_table() -> None:
    """Then there is one node for everything, and it is not hot."""
    parsed = Parsed(4 * GIB, mem(0, 0, 3 * GIB), mem(1, 2 * GIB, 4 * GIB, hot=True))
    assert parsed.result.rejected is not None
    assert (parsed.blocks, parsed.hot) == ([(0, 4 * GIB, 0)], [False])
    assert parsed.log[-2:] == (
        "No NUMA configuration found",
        "Faking a node at [mem 0x0000000000000000-0x00000000ffffffff]",
    )


def test_the_printed_entry_ends_in_a_blank_or_in_its_mark() -> None:
    """Not hot: a blank after the bracket. Hot: the words of the series."""
    assert Parsed(4 * GIB, mem(0, 0, 2 * GIB), mem(1, 2 * GIB, 4 * GIB, hot=True)).log == (
        "SRAT: Node 0 PXM 0 [mem 0x00000000-0x7fffffff] ",
        "SRAT: Node 1 PXM 1 [mem 0x80000000-0xffffffff] Hot Pluggable",
    )


def test_ram_outside_all_blocks_rejects_from_1_mib_on() -> None:
    """255 pages may be missing, 256 may not."""
    for pages, used in ((255, "srat"), (256, "dummy")):
        assert Parsed(4 * GIB, mem(0, 0, 4 * GIB - pages * PAGE_SIZE)).result.used == used


def test_ram_in_two_blocks_counts_twice() -> None:
    """Blocks with different marks stay apart, and hide a hole as large as what they share."""
    twice = (mem(0, 0, 2 * GIB), mem(0, 0, 2 * GIB, hot=True))
    assert Parsed(4 * GIB, *twice).result.used == "srat"


def test_a_domain_without_node_rejects_the_table() -> None:
    """The kernel prints that, and looks at no further entry."""
    parsed = Parsed(4 * GIB, mem(7, 0, 4 * GIB), mem(0, 0, 4 * GIB))
    assert parsed.result.rejected is not None
    assert parsed.log[:2] == ("SRAT: Too many proximity domains.", "SRAT: SRAT not used.")


def test_odd_ranges_are_left_out() -> None:
    """Empty ranges, ranges that wrap, disabled entries and ranges above RAM leave no block."""
    parsed = Parsed(
        4 * GIB,
        mem(1, 2 * GIB, 2 * GIB, hot=True),
        mem(1, (1 << 64) - PAGE_SIZE, (1 << 64) + PAGE_SIZE, hot=True),
        mem(1, 0, GIB, enabled=False),
        mem(0, 0, 5 * GIB),
        mem(2, 8 * GIB, 9 * GIB, hot=True),
    )
    assert (parsed.blocks, parsed.hot) == ([(0, 4 * GIB, 0)], [False])
    clamped = [event for event in parsed.events if isinstance(event, BlockClamped)]
    assert [event.before.nid for event in clamped if not event.after.span] == [2]


def test_only_128_entries_are_looked_at() -> None:
    """The rest of a longer table does not exist, disabled entries count."""
    entries = [mem(0, 0, GIB, enabled=False)] * 127
    parsed = Parsed(GIB, *entries, mem(0, 0, GIB), mem(1, 0, GIB))
    assert parsed.result.used == "srat"
    assert len(parsed.blocks) == 1


def test_address_to_node() -> None:
    """The last block that holds an address counts; outside all of them it is the first's node."""
    blocks = [NumaBlock(0, 2 * GIB, 1), NumaBlock(2 * GIB, 4 * GIB, 0), NumaBlock(0, GIB, 2)]
    nodes = AddressToNode(blocks)
    assert [nodes.nid(a) for a in (GIB - 1, GIB, 3 * GIB, 9 * GIB)] == [2, 1, 0, 1]
    assert [nodes.same_from(a) for a in (GIB - 1, 3 * GIB)] == [0, 2 * GIB]
    assert AddressToNode(()).nid(GIB) == 0


def test_node_of_a_reservation() -> None:
    """Only a block that holds it whole gives it a node; one byte may stick out."""
    blocks = [NumaBlock(0, 2 * GIB, 1), NumaBlock(2 * GIB, 4 * GIB, 0)]
    assert nid_of_reservation(blocks, GIB, 2 * GIB + 1) == 1
    assert nid_of_reservation(blocks, GIB, 2 * GIB + 2) is None


def test_runs_follow_the_table_not_the_addresses() -> None:
    """Consecutive blocks of one node make a run, which can be backwards."""
    blocks = [
        NumaBlock(2 * GIB, 4 * GIB, 0, (), hot=True),
        NumaBlock(0, GIB, 0),
        NumaBlock(GIB, 2 * GIB, 1),
    ]
    assert list(runs(blocks)) == [(0, Span(2 * GIB, GIB)), (1, Span(GIB, 2 * GIB))]
