"""The direct map: how pieces are cut, which tables they need, and where those go."""

from __future__ import annotations

import pytest

from srat_tool.base.span import Span
from srat_tool.base.units import GIB, MIB, PAGE_SIZE, TIB
from srat_tool.kernel.boot import Panic
from srat_tool.kernel.direct_map import split_mem_range
from srat_tool.kernel.events import NumaBlock
from srat_tool.kernel.memblock import Memblock
from srat_tool.kernel.series2013.page_tables import PAGE_SIZES, DirectMap
from srat_tool.kernel.series2013.variant import INTENDED, V2_POSTED
from tests.kernel.series2013.support import BRK, start


def _map(
    page_size: str, *ranges: tuple[int, int, int], brk: Span = BRK, low_first: bool = True
) -> DirectMap:
    """Map 2 GiB of node 0, with the kernel at 16 MiB, and more ranges (nid, start, end) in GiB."""
    high = [NumaBlock(a * GIB, b * GIB, nid, (), hot=True) for nid, a, b in ranges]
    low = [NumaBlock(0, 2 * GIB, 0)]
    ram = [Span(0x1000, 0x9F000), Span(MIB, 2 * GIB), *(block.span for block in high)]
    boot, memblock = start(ram, [Span(16 * MIB, 48 * MIB)])
    tables = DirectMap(boot, memblock, page_size=page_size, brk=brk, upgrades_first=True)
    tables.init_mem_mapping([*low, *high] if low_first else [*high, *low])
    return tables


def test_2m_pages_put_one_table_a_gib_at_the_top_of_the_node() -> None:
    """The first 2 MiB are mapped with a page from elsewhere, the rest from the node itself.

    Expect three pages at the top of a node of four GiB, taken downwards.
    """
    tables = _map("2M", (1, 6, 10), brk=Span(BRK.start, BRK.start + 5 * PAGE_SIZE))
    local = [page for page in tables.local if page.nid == 1]
    top = 10 * GIB
    assert [(p.start, p.end) for p in local] == [
        (top - PAGE_SIZE, top),
        (top - 3 * PAGE_SIZE, top - PAGE_SIZE),
    ]


def test_1g_pages_need_no_table_on_the_node() -> None:
    """A node of whole GiBs is mapped by entries of a table that exists already."""
    tables = _map("1G", (1, 6, 10))
    assert [page for page in tables.local if page.nid == 1] == []


def test_4k_pages_need_two_megabytes_a_gib() -> None:
    """512 tables and one table of tables for each GiB, all but the first few on the node."""
    tables = _map("4K", (1, 6, 7))
    local = [page for page in tables.local if page.nid == 1]
    assert 505 < sum(page.end - page.start for page in local) // PAGE_SIZE <= 513
    assert all(6 * GIB <= page.start < 7 * GIB for page in local)


def test_a_new_512_gib_slot_costs_one_page_more() -> None:
    """The third level has one table for every 512 GiB touched."""
    near = _map("1G", (1, 6, 10))
    far = _map("1G", (1, 1024, 1028))
    used = [len(t.local) + len(t.plain) + t.brk_pages_used for t in (near, far)]
    assert used[1] == used[0] + 1


def test_pages_come_from_the_low_window_once_brk_is_used_up() -> None:
    """A node's first table then is a plain page of node 0."""
    tables = _map("2M", (1, 6, 8), (2, 8, 10), (3, 10, 12))
    assert tables.brk_pages_used == 6
    assert tables.plain
    assert all(page.end <= 2 * GIB for page in tables.plain)


def test_a_table_that_does_not_start_with_address_zero_panics() -> None:
    """Until the run at 0 is mapped only 4K pages are used, and there is nowhere to go on from."""
    with pytest.raises(Panic, match="alloc_low_page: ran out of memory"):
        _map("2M", (1, 6, 8), (2, 8, 12), low_first=False)


def test_large_machines_are_quick() -> None:
    """64 TiB are a matter of tables, not of pages."""
    tables = _map("1G", (1, 4, 64 * TIB // GIB))
    assert tables.max_mapped == 64 * TIB


def test_pieces_are_cut_at_2m_and_1g() -> None:
    """Up to five parts: 4K, 2M, 1G, 2M, 4K, where the RAM around is too small to help."""
    mb = Memblock()
    piece = Span(GIB - 3 * MIB, 3 * GIB + 3 * MIB)
    mb.add(piece.start, piece.size)
    parts = split_mem_range(piece, PAGE_SIZES["1G"], mb, upgrades_first=True)
    assert [(p.start, p.end) for p in parts] == [
        (GIB - 3 * MIB, GIB - 2 * MIB),
        (GIB - 2 * MIB, GIB),
        (GIB, 3 * GIB),
        (3 * GIB, 3 * GIB + 2 * MIB),
        (3 * GIB + 2 * MIB, 3 * GIB + 3 * MIB),
    ]


def test_parts_inside_larger_ram_are_upgraded() -> None:
    """3.10 upgrades and then joins; 3.9 joins first, and leaves equal neighbours apart."""
    mb = Memblock()
    mb.add(0, 8 * GIB)
    piece = Span(GIB - 3 * MIB, 3 * GIB + 3 * MIB)
    later = split_mem_range(piece, PAGE_SIZES["1G"], mb, upgrades_first=INTENDED.upgrades_first)
    earlier = split_mem_range(piece, PAGE_SIZES["1G"], mb, upgrades_first=V2_POSTED.upgrades_first)
    assert len(later) == 1
    assert len(earlier) == 5
