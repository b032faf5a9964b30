"""The map of all RAM, built from its top downwards, and the pages that its tables take.

*Mirrors:* arch/x86/mm/init.c `memory_map_top_down`, `init_range_memory_mapping`,
`split_mem_range`, `alloc_low_pages`, arch/x86/mm/init_64.c `kernel_physical_mapping_init`, since
3.9; four-level paging.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import copy
from typing import NamedTuple

from srat_tool.base.span import Span, union
from srat_tool.base.units import GIB, MIB, PAGE_SHIFT, PAGE_SIZE, align_down, align_up
from srat_tool.kernel.memblock import Memblock
from srat_tool.kernel.memblock_type import MemblockType

PMD_SIZE, PUD_SIZE, PGDIR_SIZE = 2 * MIB, GIB, 512 * GIB
ISA_END_ADDRESS = MIB
# Limit: further pages are adjacent to these, so that no other node gets any.
_MAX_PAGES = 1 << 9
_LARGEST_STEP = 1 << 62


class DirectMapRules(NamedTuple):
    """One kernel's answers.

    Attributes:
        brk_pages: pages in the kernel image for the first tables.
        step_shift: by how much a step grows.
        counts_all: it grows when as much as a step is mapped in all; otherwise when one step maps
            more than all before it.
    """

    brk_pages: int = 6
    step_shift: int = 5
    counts_all: bool = False


class Part(NamedTuple):
    """A range that is mapped with one set of page sizes beyond 4K, in bytes."""

    start: int
    end: int
    sizes: frozenset[int]


class Tables:
    """Which tables exist; every other entry is empty or a large page."""

    def __init__(self) -> None:
        self._puds: set[int] = set()
        self._pmds: dict[int, int] = {}  # slot of 1 GiB: one bit for each page table in it

    def add(self, part: Part, most: int | None = None) -> tuple[int, int]:
        """Map a part; return the end of what is mapped, and how many tables are new.

        Args:
            part: what is mapped.
            most: further tables than these are of no interest: they are neither counted nor kept.
        """
        end, pages = part.end, 0
        for slot in _slots(part.start, part.end, PGDIR_SIZE):
            if most is not None and pages >= most:
                return end, pages
            pages += slot not in self._puds
            self._puds.add(slot)
        for slot in self._pmd_slots(part):
            if most is not None and pages >= most:
                return end, pages
            if slot in self._pmds or PUD_SIZE not in part.sizes:
                pages += slot not in self._pmds
                end, tables = self._add_pmd(part, slot)
                pages += tables
            else:
                end = align_up(part.end, PUD_SIZE)
        return end, pages

    def _pmd_slots(self, part: Part) -> Iterable[int]:
        """Return the slots of 1 GiB that may need a table, and the last one, in order.

        With pages of 1 GiB there may be billions of slots without one.
        """
        slots = _slots(part.start, part.end, PUD_SIZE)
        if PUD_SIZE not in part.sizes or len(slots) <= len(self._pmds):
            return slots
        return sorted({slot for slot in self._pmds if slot in slots} | {slots[-1]})

    def _add_pmd(self, part: Part, slot: int) -> tuple[int, int]:
        """Fill one page middle directory with 2M pages, or with page tables."""
        base = slot * PUD_SIZE
        start = max(part.start - base, 0) // PMD_SIZE
        end = -(-min(part.end - base, PUD_SIZE) // PMD_SIZE)
        tables = self._pmds.setdefault(slot, 0)
        if PMD_SIZE in part.sizes:
            has_table = tables >> (end - 1) & 1
            return (part.end if has_table else align_up(part.end, PMD_SIZE)), 0
        wanted = (1 << end) - (1 << start)
        self._pmds[slot] = tables | wanted
        return part.end, (wanted & ~tables).bit_count()


def split_mem_range(
    piece: Span, allowed: frozenset[int], mb: Memblock, *, upgrades_first: bool
) -> list[Part]:
    """Cut a piece so that each part has one page size (`split_mem_range`).

    Args:
        piece: what is mapped.
        allowed: page sizes beyond 4K that the processor has.
        mb: RAM.
        upgrades_first: parts get larger pages before equal ones are joined (3.10).
    """
    start, end = align_down(piece.start, PAGE_SIZE), align_down(piece.end, PAGE_SIZE)
    whole_2m = align_down(end, PMD_SIZE)
    large, huge = allowed & {PMD_SIZE}, allowed & {PMD_SIZE, PUD_SIZE}
    cuts = (
        (min(align_up(start, PMD_SIZE), end), frozenset[int]()),
        (min(align_up(start, PUD_SIZE), whole_2m), large),
        (align_down(end, PUD_SIZE), huge),
        (whole_2m, large),
        (end, frozenset[int]()),
    )
    parts = []
    for cut, sizes in cuts:
        if start < cut:
            parts.append(Part(start, cut, sizes))
            start = cut
    if upgrades_first:
        return _join([_upgrade(part, allowed, mb) for part in parts])
    return [_upgrade(part, allowed, mb) for part in _join(parts)]


def _upgrade(part: Part, allowed: frozenset[int], mb: Memblock) -> Part:
    """Give a part larger pages where everything they would cover is one region of RAM."""
    for size in (PMD_SIZE, PUD_SIZE):
        hull = Span(align_down(part.start, size), align_up(part.end, size))
        if size in allowed and any(
            region.span.covers(hull) for region in mb.memory.overlapping(*hull)
        ):
            part = part._replace(sizes=part.sizes | {size})
    return part


def _join(parts: Iterable[Part]) -> list[Part]:
    joined: list[Part] = []
    for part in parts:
        if joined and joined[-1].sizes == part.sizes and joined[-1].end == part.start:
            joined[-1] = joined[-1]._replace(end=part.end)
        else:
            joined.append(part)
    return joined


def _slots(start: int, end: int, size: int) -> range:
    return range(start // size, -(-end // size))


def pages_of_tables(
    memblock: Memblock,
    taken: Iterable[Span],
    brk: int,
    sizes: frozenset[int],
    rules: DirectMapRules,
) -> list[Span]:
    """Return what the tables take of RAM, outside the kernel image; nothing is changed.

    Args:
        memblock: RAM.
        taken: what is reserved at that time, in addition to what it has.
        brk: where the kernel image has its pages for tables.
        sizes: page sizes beyond 4K that are used.
        rules: this kernel's.
    """
    mapping = _Mapping(memblock, taken, Span(brk, brk + rules.brk_pages * PAGE_SIZE), sizes)
    mapping.memory_map_top_down(rules)
    return union(mapping.taken)


class _Mapping:
    def __init__(
        self, memblock: Memblock, taken: Iterable[Span], brk: Span, sizes: frozenset[int]
    ) -> None:
        self.taken: list[Span] = []
        self._memblock = copy(memblock)
        self._memblock.reserved = MemblockType("reserved", list(memblock.reserved))
        self._memblock.messages = []
        for span in taken:
            self._memblock.reserve(span.start, span.size)
        self._brk, self._sizes, self._tables = brk, sizes, Tables()
        self._mapped = Span(0, 0)

    def memory_map_top_down(self, rules: DirectMapRules) -> None:
        """Map the ISA range, and the rest in steps that grow."""
        end = align_down(self._memblock.end_of_dram, PAGE_SIZE)
        self._map_piece(Span(0, ISA_END_ADDRESS), in_brk=False)
        real_end = self._real_end(end)
        self._mapped = Span(real_end, 0)
        step, last, done = PMD_SIZE, real_end, 0
        while last > ISA_END_ADDRESS:
            last = self._skip_hole(last, step)
            start = ISA_END_ADDRESS
            if last > step:
                start = max(start, align_down(last - 1, step))
            fresh = self._map_ram(Span(start, last))
            self._mapped = Span(start, self._mapped.end)
            last = start
            grows = done + fresh >= step if rules.counts_all else fresh > done
            if grows and step < _LARGEST_STEP:
                step <<= rules.step_shift
            done += fresh
        if real_end < end:
            self._map_ram(Span(real_end, end))

    def _real_end(self, end: int) -> int:
        """Leave out what is taken at the end of RAM; the place is given back at once."""
        found = self._memblock.alloc(PMD_SIZE, PMD_SIZE, ISA_END_ADDRESS, end)
        if found is None:
            return align_down(end, PMD_SIZE)
        self._memblock.phys_free(found, PMD_SIZE)
        return found + PMD_SIZE

    def _skip_hole(self, last: int, step: int) -> int:
        """Leave out steps in which there is no RAM, of which there may be millions."""
        memory = self._memblock.memory
        if memory.overlapping(max(0, last - step), last):
            return last
        below = [region.end for region in memory if region.base < last]
        top = align_up(below[-1], step) if below else 0
        return top if ISA_END_ADDRESS < top < last else last

    def _map_ram(self, span: Span) -> int:
        mapped = 0
        for region in self._memblock.memory.overlapping(*span):
            start, end = align_up(region.base, PAGE_SIZE), align_down(region.end, PAGE_SIZE)
            piece = Span(start, end).clip(span) if start < end else Span(0, 0)
            if piece:
                # Linux: BRK pages may be in the piece, unmapped until it is done.
                self._map_piece(piece, in_brk=piece.overlaps(self._brk))
                mapped += piece.size
        return mapped

    def _map_piece(self, piece: Span, *, in_brk: bool) -> None:
        end = piece.end
        # Further tables of a piece would be beyond the limit, wherever they are.
        most = _MAX_PAGES + (self._brk.size >> PAGE_SHIFT)
        for part in split_mem_range(piece, self._sizes, self._memblock, upgrades_first=True):
            end, pages = self._tables.add(part, most)
            self._alloc_low_pages(pages, in_brk=in_brk)
        self._mapped = Span(self._mapped.start, max(self._mapped.end, end))

    def _alloc_low_pages(self, count: int, *, in_brk: bool) -> None:
        if not in_brk:
            kept = min(count, self._brk.size >> PAGE_SHIFT)
            self._brk = Span(self._brk.start + (kept << PAGE_SHIFT), self._brk.end)
            count -= kept
        low, high = self._mapped
        if low < high:
            self.taken += self._pages(min(count, _MAX_PAGES - len(self.taken)), low, high)

    def _pages(self, count: int, low: int, high: int) -> Iterator[Span]:
        for _ in range(count):
            page = self._memblock.alloc(PAGE_SIZE, PAGE_SIZE, low, high)
            if page is None:
                return
            yield Span(page, page + PAGE_SIZE)
