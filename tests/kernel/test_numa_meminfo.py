import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srat_tool.base.span import Span
from srat_tool.base.units import GIB, MIB
from srat_tool.kernel import numa_meminfo
from srat_tool.kernel.events import NumaBlock
from srat_tool.kernel.memblock import MemblockFlags
from srat_tool.kernel.numa_meminfo import NumaInfo, apply_nodes, cover_memory, numa_cleanup_meminfo
from srat_tool.kernel.printk import log_lines
from tests.machines import boot


def info(*blocks: tuple[int, int, int]) -> NumaInfo:
    return NumaInfo(blocks=[NumaBlock(a, b, nid, (i,)) for i, (a, b, nid) in enumerate(blocks)])


def test_holes_between_blocks_of_a_node_are_swallowed() -> None:
    """[A] hole [A] becomes one block. Expect the entries of both in it."""
    one, meminfo = boot(), info((0, 2 * GIB, 0), (4 * GIB, 6 * GIB, 0))
    assert numa_cleanup_meminfo(one, meminfo) is None
    assert meminfo.blocks == [NumaBlock(0, 6 * GIB, 0, (0, 1))]
    (line,) = log_lines(one.events, one.profile)
    left, right = "[mem 0x00000000-0x7fffffff]", "[mem 0x100000000-0x17fffffff]"
    assert line == f"NUMA: Node 0 {left} + {right} -> [mem 0x00000000-0x17fffffff]"


def test_another_node_in_the_hole_keeps_them_apart() -> None:
    """[A][B][A] stays as it is."""
    meminfo = info((0, 2 * GIB, 0), (4 * GIB, 5 * GIB, 1), (5 * GIB, 6 * GIB, 0))
    assert numa_cleanup_meminfo(boot(), meminfo) is None
    assert len(meminfo.blocks) == 3


def test_nodes_must_not_overlap() -> None:
    """Blocks are cut to RAM before they are compared."""
    one = boot()
    meminfo = info((0, 2 * GIB, 0), (4 * GIB, 6 * GIB, 1), (5 * GIB, 7 * GIB, 0))
    assert numa_cleanup_meminfo(one, meminfo) == "node 1 overlaps with node 0"
    assert log_lines(one.events, one.profile)[-1] == (
        "node 1 [mem 0x100000000-0x17fffffff] overlaps with node 0 [mem 0x140000000-0x17fffffff]"
    )


def test_a_node_may_overlap_itself() -> None:
    """With a warning, and one block comes of it."""
    one, meminfo = boot(), info((0, 2 * GIB, 0), (4 * GIB, 6 * GIB, 1), (5 * GIB, 6 * GIB, 1))
    assert numa_cleanup_meminfo(one, meminfo) is None
    assert [block.span for block in meminfo.blocks] == [Span(0, 2 * GIB), Span(4 * GIB, 6 * GIB)]
    assert "overlaps with itself" in log_lines(one.events, one.profile)[0]


def test_ranges_without_ram_go_to_the_reserved_list() -> None:
    """Whole ones, and the parts above the end of RAM."""
    meminfo = info((0, 2 * GIB, 0), (4 * GIB, 8 * GIB, 1), (16 * GIB, 17 * GIB, 2))
    numa_cleanup_meminfo(boot(), meminfo)
    assert [block.span for block in meminfo.blocks] == [Span(0, 2 * GIB), Span(4 * GIB, 6 * GIB)]
    reserved = [(block.start, block.end, block.nid) for block in meminfo.reserved]
    assert reserved == [(6 * GIB, 8 * GIB, 1), (16 * GIB, 17 * GIB, 2)]


def test_6_12_cuts_at_the_start_of_ram_too() -> None:
    """Which shows in what it prints about merges."""
    meminfo = info((0, 2 * GIB, 0))
    numa_cleanup_meminfo(boot(kernel="6.12"), meminfo)
    assert meminfo.blocks[0].start == 0x1000


def test_kernel_nodes_lose_their_marks_whole_blocks_at_a_time() -> None:
    """Memory in a hole that a merge swallowed is cleared as well; other nodes keep theirs."""
    one = boot("movable_node")
    meminfo = info((0, 2 * GIB, 0), (4 * GIB, 5 * GIB, 0), (5 * GIB, 6 * GIB, 1))
    one.memblock.mark_hotplug(4 * GIB, 2 * GIB)
    numa_cleanup_meminfo(one, meminfo)
    apply_nodes(one, meminfo)
    assert [(r.base, r.nid, r.flags) for r in one.memblock.memory][-2:] == [
        (4 * GIB, 0, MemblockFlags.NONE),
        (5 * GIB, 1, MemblockFlags.HOTPLUG),
    ]
    assert set(meminfo.kernel_nodes) == {0}


@pytest.mark.parametrize(
    ("kernel", "line"),
    [
        ("6.1", "NUMA: nodes only cover 3071MB of your 4095MB e820 RAM. Not used."),
        ("6.12", "NUMA: no nodes coverage for 1024MB of 4095MB RAM"),
    ],
)
def test_ram_without_a_node_rejects(kernel: str, line: str) -> None:
    """Each kernel counts in its own way and has its own words."""
    one = boot(kernel=kernel)
    meminfo = info((0, 2 * GIB, 0), (4 * GIB, 5 * GIB, 1))
    numa_cleanup_meminfo(one, meminfo)
    apply_nodes(one, meminfo)
    assert cover_memory(one, meminfo) is not None
    assert log_lines(one.events, one.profile)[-1] == line


@pytest.mark.parametrize(("kernel", "gap", "good"), [
    ("6.1", MIB, False), ("6.1", MIB - 4096, True),
    ("6.12", MIB, True), ("6.12", MIB + 4096, False),
])  # fmt: skip
def test_the_slack(kernel: str, gap: int, good: bool) -> None:
    """A MiB exactly is too much up to 6.7, and just right later."""
    one = boot(kernel=kernel)
    meminfo = info((0, 2 * GIB, 0), (4 * GIB, 6 * GIB - gap, 1))
    numa_cleanup_meminfo(one, meminfo)
    apply_nodes(one, meminfo)
    assert (cover_memory(one, meminfo) is None) is good


def test_many_blocks_in_an_unkind_order_cost_little() -> None:
    """Five hundred blocks of one node, then as many of another in the gaps between them."""
    even = [(n * 2 * MIB, n * 2 * MIB + MIB, 0) for n in range(500)]
    odd = [(n * 2 * MIB + MIB, (n + 1) * 2 * MIB, 1) for n in range(500)]
    one, meminfo = boot(ram=(Span(0x1000, 2 * GIB),)), info(*even, *odd)
    before = time.process_time()
    assert numa_cleanup_meminfo(one, meminfo) is None
    assert time.process_time() - before < 15
    assert len(meminfo.blocks) == 1000


_PLACES = st.lists(
    st.tuples(st.integers(0, 9), st.integers(1, 2), st.integers(0, 2)), min_size=1, max_size=8
)


@given(_PLACES)
def test_runs_merge_as_pairs_do(places: list[tuple[int, int, int]]) -> None:
    """Where unlike blocks are disjoint, neighbours by address give what comparing all gives."""
    blocks = [
        NumaBlock(at * 512 * MIB, (at + size) * 512 * MIB, nid, (i,))
        for i, (at, size, nid) in enumerate(places)
    ]
    runs = numa_meminfo._runs(blocks)
    if runs is None:
        return
    one, two = boot(), boot()
    by_runs, by_pairs = numa_meminfo._merge_runs(one, blocks, runs), list(blocks)
    i = 0
    while i < len(by_pairs):
        assert numa_meminfo._merge_into(two, by_pairs, i) is None
        i += 1
    assert by_runs == by_pairs
    assert one.events == two.events


def test_gaps_between_interleaved_nodes_cost_n_log_n(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks of nodes that take turns are compared with their neighbours only."""
    calls = 0

    def counted(left: NumaBlock, right: NumaBlock) -> bool:
        nonlocal calls
        calls += 1
        return left.nid == right.nid and left.hot == right.hot

    monkeypatch.setattr(numa_meminfo, "_alike", counted)
    one = boot()
    numa_meminfo._merge(one, info(*((n * 4096, n * 4096 + 2048, n % 8) for n in range(2000))))
    assert calls < 4000
