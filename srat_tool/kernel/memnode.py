"""How 2.6 kernels found the node of an address: a table with one entry per 2^shift bytes.

*Mirrors:* arch/x86/mm/numa_64.c `extract_lsb_from_nodes`, `allocate_cachealigned_memnodemap` and
arch/x86/mm/init.c `find_early_table_space`, 2.6.27 to 2.6.39.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from srat_tool.base.span import Span
from srat_tool.base.units import GIB, MIB, PAGE_SIZE, align_up

_EMBEDDED = 64 - 8
_ENTRY_BYTES = 2
_CACHE_LINE = 64
_FIRST_ADDRESS = 0x8000
_ONE_NODE_SHIFT = 63
_BIG_PAGE = 2 * MIB
_KERNEL_TABLES = GIB  # the first GiB is mapped by tables that are part of the kernel


class MemnodeMap(NamedTuple):
    """The hash of addresses to nodes; `place` is None where the table inside memnode is enough."""

    shift: int
    place: Span | None


def memnode_map(blocks: Sequence[Span], low_end: int, *, gb_pages: bool) -> MemnodeMap:
    """Return the table for these SRAT ranges.

    Args:
        blocks: ranges of the SRAT.
        low_end: end of RAM below 4 GiB.
        gb_pages: the direct mapping uses pages of 1 GiB.
    """
    used = [block for block in blocks if block]
    starts = 0
    for block in used:
        starts |= block.start
    shift = _ONE_NODE_SHIFT
    if len(used) > 1 and starts:
        shift = (starts & -starts).bit_length() - 1
    entries = (max((block.end for block in used), default=0) >> shift) + 1
    if entries <= _EMBEDDED:
        return MemnodeMap(shift, None)
    start = _FIRST_ADDRESS + early_page_tables(low_end, gb_pages=gb_pages)
    size = align_up(entries * _ENTRY_BYTES, _CACHE_LINE)
    return MemnodeMap(shift, Span(start, start + size))


def early_page_tables(low_end: int, *, gb_pages: bool) -> int:
    """Return the bytes that mapping the RAM below 4 GiB takes from 0x8000 on."""
    whole = low_end // GIB if gb_pages else 0
    mapped_by_pmd = align_up(max(low_end, _KERNEL_TABLES), GIB) // GIB - max(whole, 1)
    tail = 1 if low_end % _BIG_PAGE else 0
    return (max(0, mapped_by_pmd) + tail) * PAGE_SIZE
