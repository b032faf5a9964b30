"""The address to node table of 2.6 kernels."""

from __future__ import annotations

import pytest

from srat_tool.base.span import Span
from srat_tool.base.units import GIB
from srat_tool.kernel.memnode import MappedRam, MemnodeMap, after_page_tables, memnode_map
from srat_tool.kernel.profile import MemnodeTable

LOW_END = 0x7EC02000
MAPPING = MappedRam(low_end=LOW_END, high_end=0x4080000000, room=0x6C000)


def test_a_table_that_needs_room() -> None:
    """Two nodes of 130 GiB that begin at a multiple of 2 GiB: 130 entries."""
    blocks = (
        Span(0, 0x80000000),
        Span(0x100000000, 0x2080000000),
        Span(0x2080000000, 0x4080000000),
    )
    made = memnode_map(blocks, MAPPING, MemnodeTable.BLOCKS, 64)
    assert made == MemnodeMap(31, Span(0xA000, 0xA140))


def test_a_table_that_fits() -> None:
    """56 entries lie inside memnode itself; one range alone needs one entry."""
    blocks = (Span(0, 4 * GIB), Span(4 * GIB, 8 * GIB))
    for used, shift in ((blocks, 32), (blocks[:1], 63), ((), 63)):
        made = memnode_map(used, MAPPING, MemnodeTable.BLOCKS, 64)
        assert made == MemnodeMap(shift, None)


def test_older_tables() -> None:
    """A fixed place needs no room; a byte for each entry, and 48 of them inside memnode."""
    blocks = (Span(0, GIB), Span(GIB, 128 * GIB))
    assert memnode_map(blocks, MAPPING, MemnodeTable.STATIC, 128) == MemnodeMap(30, None)
    made = memnode_map(blocks, MAPPING, MemnodeTable.NODES, 128)
    assert made == MemnodeMap(30, Span(0x8000, 0x8000 + 129 + 127))
    few = (Span(0, GIB), Span(GIB, 47 * GIB))
    assert memnode_map(few, MAPPING, MemnodeTable.NODES, 128) == MemnodeMap(30, None)


@pytest.mark.parametrize(
    ("mapping", "start"),
    [
        (MappedRam(low_end=0xD7FC0000, high_end=0x328000000, room=0x9FC00), 0x16000),
        (MappedRam(low_end=2 * GIB, high_end=6 * GIB, room=0x9FC00), 0xE000),
        (MappedRam(low_end=2 * GIB, high_end=512 * GIB, room=0x9FC00), 0x8000),
    ],
)
def test_all_addresses_were_mapped_at_once(mapping: MappedRam, start: int) -> None:
    """In 2.6.24: a table for each GiB with anything in it, in front of this one while they fit."""
    blocks = (Span(0, 0x1A8000000), Span(0x1A8000000, 0x328000000))
    made = memnode_map(blocks, mapping, MemnodeTable.NODES, 128)
    assert made == MemnodeMap(27, Span(start, start + 0xE5))


def test_a_longer_cache_line() -> None:
    """The table is rounded up to the line of the processor that the kernel was built for."""
    blocks = (Span(0, 0xA0000), Span(0x100000, 0x80000000))
    made = memnode_map(blocks, MAPPING, MemnodeTable.BLOCKS, 128)
    assert made == MemnodeMap(20, Span(0xA000, 0xB080))


@pytest.mark.parametrize(
    ("low_end", "high_end", "gb_pages", "pages"),
    [
        (LOW_END, LOW_END, True, 2),
        (LOW_END, LOW_END, False, 2),
        (0xBF760000, 0xBF760000, True, 2),
        (0xBF760000, 0xBF760000, False, 3),
        (0xC0000000, 0xC0000000, True, 0),
        (0xC0000000, 0xC0000000, False, 2),
        (0x20000000, 0x20000000, True, 0),
        (0x20001000, 0x20001000, True, 1),
        (0xC0000000, 64 * GIB, True, 0),
        (0xC0000000, 64 * GIB, False, 2 + 60),
        (0xC0000000, 64 * GIB + 0x201000, True, 2),
        (0xC0000000, 600 * GIB, True, 1),
        (0xC0000000, 600 * GIB, False, 2),
    ],
)
def test_page_tables_in_front_of_it(
    low_end: int, high_end: int, gb_pages: bool, pages: int
) -> None:
    """A page for each GiB that needs one and for a tail; what does not fit goes elsewhere."""
    mapping = MappedRam(low_end=low_end, high_end=high_end, room=0x9F000, gb_pages=gb_pages)
    assert after_page_tables(mapping) == 0x8000 + pages * 4096
