"""What the map of all RAM takes of it, as logs of kernels with `memblock=debug` show."""

from __future__ import annotations

import pytest

from srat_tool.base.span import Span
from srat_tool.base.units import GIB, MIB, TIB
from srat_tool.kernel.direct_map import (
    PMD_SIZE,
    PUD_SIZE,
    DirectMapRules,
    Part,
    Tables,
    pages_of_tables,
    split_mem_range,
)
from srat_tool.kernel.memblock import Memblock
from tests.fuzz.limits import bounded

GB, SMALL = frozenset({PMD_SIZE, PUD_SIZE}), frozenset({PMD_SIZE})
NEW = DirectMapRules(brk_pages=16, step_shift=8, counts_all=True)
LOW = (Span(0x1000, 0x9F000), Span(MIB, 2 * GIB - (128 << 10)))
BRK = 60 * MIB


def memory(*ram: Span, bottom_up: bool = False) -> Memblock:
    memblock = Memblock(bottom_up=bottom_up)
    for span in ram:
        memblock.add(span.start, span.size)
    return memblock


@pytest.mark.parametrize(("high", "brk", "taken"), [
    # A step that holds the kernel image takes pages for what it needs besides.
    (Span(4 * GIB, 6 * GIB), BRK, [Span(6 * GIB - 8192, 6 * GIB)]),
    # The second step ends at 3.5 GiB, the fifth maps the end of low RAM without the image.
    (Span(4 * GIB, 4 * GIB + 500 * MIB), BRK, []),
    # With KASLR the image may be where all pages are large.
    (Span(4 * GIB, 6 * GIB), 5 * GIB, []),
])  # fmt: skip
def test_where_pages_are_taken(high: Span, brk: int, taken: list[Span]) -> None:
    """Seen with 6.1 to 7.3."""
    assert pages_of_tables(memory(*LOW, high), [], brk, GB, NEW) == taken


def test_what_is_taken_already_is_left_out() -> None:
    """Tables go right below what is reserved at the end of RAM: a page of 1 GiB maps that too."""
    end = Span(6 * GIB - MIB, 6 * GIB)
    found = pages_of_tables(memory(*LOW, Span(4 * GIB, 6 * GIB)), [end], BRK, GB, NEW)
    assert found == [Span(end.start - 8192, end.start)]


def test_without_large_pages_a_page_is_taken_for_each_gib() -> None:
    """The image has room for the first 16; nothing is changed in what is asked."""
    memblock = memory(*LOW, Span(4 * GIB, 68 * GIB))
    found = pages_of_tables(memblock, [], BRK, SMALL, NEW)
    assert sum(span.size for span in found) // 4096 == pytest.approx(64, abs=16)
    assert not memblock.reserved


def test_a_hole_of_any_size_costs_nothing() -> None:
    """RAM far above everything else is found without a walk through the hole."""
    memblock = memory(*LOW, Span(60 * TIB, 60 * TIB + 64 * MIB))
    assert pages_of_tables(memblock, [], BRK, GB, NEW) == []


@pytest.mark.parametrize("sizes", [GB, SMALL], ids=["1G", "2M"])
def test_ram_of_any_size_costs_little(sizes: frozenset[int]) -> None:
    """A map may declare RAM up to the last address: 2^33 pages of 1 GiB are not counted one by one.

    As many tables as are asked for are found all the same.
    """
    huge = memory(*LOW, Span(4 * GIB, (1 << 63) + 512 * MIB))
    with bounded(5):
        found = pages_of_tables(huge, [], BRK, sizes, NEW)
    assert len(found) == 1


def test_parts_have_one_page_size() -> None:
    """Small pages up to 2 MiB, large ones up to 1 GiB, and the other way round at the end."""
    memblock = memory(Span(0, 8 * GIB))
    memblock.remove(6 * GIB, 2 * GIB)
    parts = split_mem_range(Span(MIB, 3 * GIB), frozenset(), memblock, upgrades_first=True)
    assert parts == [Part(MIB, 3 * GIB, frozenset())]
    (whole,) = split_mem_range(Span(MIB, 3 * GIB), GB, memblock, upgrades_first=True)
    assert whole == Part(MIB, 3 * GIB, GB)


def test_tables_are_counted_once() -> None:
    """Another part of the same GiB needs only what is not there."""
    tables = Tables()
    assert tables.add(Part(0, MIB, frozenset())) == (MIB, 3)
    assert tables.add(Part(MIB, 4 * MIB, frozenset())) == (4 * MIB, 1)
    assert tables.add(Part(GIB, 2 * GIB, GB)) == (2 * GIB, 0)
