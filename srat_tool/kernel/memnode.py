"""How 2.6 kernels found the node of an address: a table with one entry per 2^shift bytes.

*Mirrors:* arch/x86/mm/numa_64.c `extract_lsb_from_nodes`, `allocate_cachealigned_memnodemap` and
arch/x86/mm/init.c `find_early_table_space`, 2.6.27 to 2.6.39; arch/x86_64/mm/numa.c
`compute_hash_shift`, 2.6.18 to 2.6.26.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from srat_tool.base.span import Span
from srat_tool.base.units import GIB, LOW_END, MIB, PAGE_SIZE, align_up
from srat_tool.kernel.profile import MemnodeTable

_EMBEDDED = 64 - 8
_EMBEDDED_BYTES = 64 - 16
_ENTRY_BYTES = 2
_FIRST_ADDRESS = 0x8000
_ONE_NODE_SHIFT = 63
_BIG_PAGE = 2 * MIB
_PUD_TABLE = 512 * GIB
_SLOT_BYTES = 8


class MemnodeMap(NamedTuple):
    """The hash of addresses to nodes; `place` is None where the table inside memnode is enough."""

    shift: int
    place: Span | None


class MappedRam(NamedTuple):
    """How RAM is mapped before nodes are looked for.

    Attributes:
        low_end: end of RAM below 4 GiB.
        high_end: end of all RAM.
        room: end of the RAM that begins below 0x8000; the tables go there while they fit.
        gb_pages: pages of 1 GiB are used where they fit.
    """

    low_end: int
    high_end: int
    room: int
    gb_pages: bool = True


def memnode_map(
    blocks: Sequence[Span], mapping: MappedRam, table: MemnodeTable, cache_line: int
) -> MemnodeMap:
    """Return the table for these ranges, of the SRAT or of nodes (`compute_hash_shift`)."""
    used = [block for block in blocks if block]
    starts = 0
    for block in used:
        starts |= block.start
    shift = _ONE_NODE_SHIFT
    if len(used) > 1 and starts:
        shift = (starts & -starts).bit_length() - 1
    entries = (max((block.end for block in used), default=0) >> shift) + 1
    by_node = table is MemnodeTable.NODES
    if table is MemnodeTable.STATIC or entries <= (_EMBEDDED_BYTES if by_node else _EMBEDDED):
        return MemnodeMap(shift, None)
    start = _after_one_mapping(mapping) if by_node else after_page_tables(mapping)
    size = entries + cache_line - 1 if by_node else align_up(entries * _ENTRY_BYTES, cache_line)
    return MemnodeMap(shift, Span(start, start + size))


def after_page_tables(mapping: MappedRam) -> int:
    """Return the first free address above 0x8000 once low and then high RAM are mapped."""
    at = _FIRST_ADDRESS
    ranges = [Span(0, mapping.low_end)]
    if mapping.high_end > LOW_END:
        ranges.append(Span(LOW_END, mapping.high_end))
    for span in ranges:
        # Room for the worst case is looked for; only what was used stays taken.
        if at + _worst_case(span.end, gb_pages=mapping.gb_pages) <= mapping.room:
            at += _used(span, gb_pages=mapping.gb_pages)
    return at


def _after_one_mapping(mapping: MappedRam) -> int:
    """Return the same for 2.6.21 to 2.6.26, which map all addresses at once, in pages of 2 MiB.

    A GiB in which nothing is has no table; the last one below 4 GiB has the I/O APIC.
    """
    end = mapping.high_end
    if _FIRST_ADDRESS + _worst_case(end, gb_pages=False) > mapping.room:
        return _FIRST_ADDRESS
    last_low = LOW_END // GIB
    low = -(-mapping.low_end // GIB)
    middle = low if end <= LOW_END else min(low + 1, last_low) + -(-end // GIB) - last_low
    return _FIRST_ADDRESS + (middle + -(-end // _PUD_TABLE)) * PAGE_SIZE


def _worst_case(end: int, *, gb_pages: bool) -> int:
    """Return the bytes that `find_early_table_space` asks for to map everything below `end`."""
    puds = -(-end // GIB)
    pmds = -(-(end % GIB if gb_pages else end) // _BIG_PAGE)
    ptes = -(-(end % _BIG_PAGE) // PAGE_SIZE)
    return sum(align_up(slots * _SLOT_BYTES, PAGE_SIZE) for slots in (puds, pmds, ptes))


def _used(span: Span, *, gb_pages: bool) -> int:
    """Return the bytes of new tables; those of the first GiB, and the PUDs, are the kernel's."""
    first = max(span.start, GIB) // GIB
    last = -(-span.end // GIB)
    whole = span.end // GIB if gb_pages else first
    middle = max(0, last - max(first, whole))
    upper = max(0, (span.end - 1) // _PUD_TABLE - span.start // _PUD_TABLE)
    tail = 1 if span.end % _BIG_PAGE else 0
    return (upper + middle + tail) * PAGE_SIZE
