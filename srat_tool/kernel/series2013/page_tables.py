"""The direct map, built node by node, and the place of its page tables (patch 9 and its base).

*Mirrors:* arch/x86/mm/init.c `init_mem_mapping`, `init_range_memory_mapping`, `split_mem_range`,
`alloc_low_pages`, arch/x86/mm/init_64.c `kernel_physical_mapping_init`, 3.9 and 3.10 with "x86,
mm, numa: Put pagetable on local node ram for 64bit"; four-level paging.

Each run of blocks of one node is mapped from its top downwards in growing steps, so that the page
tables of a step are in memory that earlier steps mapped:

    |------------ 4 -----------|----- 3 ----|-- 2 --|1|- 5 -|
    start                                            real_end
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from srat_tool.base.span import Span
from srat_tool.base.units import PAGE_SHIFT, PAGE_SIZE, U64, align_down, align_up
from srat_tool.kernel.boot import Boot, Panic
from srat_tool.kernel.direct_map import (
    ISA_END_ADDRESS,
    PMD_SIZE,
    PUD_SIZE,
    Part,
    Tables,
    split_mem_range,
)
from srat_tool.kernel.events import NumaBlock
from srat_tool.kernel.series2013.events import BrkTaken, GbPages, RamMapped, RunMapped
from srat_tool.kernel.series2013.meminfo import AddressToNode, runs
from srat_tool.kernel.series2013.memory import SeriesMemblock

# A step grows by this shift when it maps more than all steps before it.
_STEP_SHIFT = 5

PAGE_SIZES = {
    "4K": frozenset[int](),
    "2M": frozenset({PMD_SIZE}),
    "1G": frozenset({PMD_SIZE, PUD_SIZE}),
}


class LocalRange(NamedTuple):
    """Page tables on the node that they map."""

    start: int
    end: int
    nid: int


class DirectMap:
    """Maps RAM run by run and allocates pages for the page tables.

    Args:
        boot: the boot; receives the events.
        memblock: the memblock of `boot`, from which pages are allocated.
        page_size: largest page that the processor can use: `4K`, `2M` or `1G`.
        brk: pages that the kernel image reserves for early page tables.
        upgrades_first: parts get larger pages before equal ones are joined (3.10).

    Attributes:
        local: LOCAL_NODE pages in order of allocation; neighbours are joined.
        plain: other pages outside the kernel image.
        brk_pages_used: pages allocated in the kernel image.
        max_mapped: end of mapped memory, in bytes.
    """

    def __init__(
        self,
        boot: Boot,
        memblock: SeriesMemblock,
        *,
        page_size: str,
        brk: Span,
        upgrades_first: bool,
    ) -> None:
        self.local: list[LocalRange] = []
        self.plain: list[Span] = []
        self.brk_pages_used = 0
        self.max_mapped = 0
        self._boot, self._memblock, self._upgrades_first = boot, memblock, upgrades_first
        self._nodes = AddressToNode(())
        self._possible = PAGE_SIZES[page_size]
        # Linux: page sizes are probed when the run that starts at 0 is mapped, not before.
        self._allowed: frozenset[int] = PAGE_SIZES["4K"]
        self._brk = brk
        self._brk_usable = True
        self._local_window = self._low_window = Span(0, 0)
        self._tables = Tables()

    def init_mem_mapping(self, blocks: Sequence[NumaBlock]) -> None:
        """Map all runs of the blocks of numa_meminfo.

        Raises:
            Panic: when there is no page for a table.
        """
        self._nodes = AddressToNode(blocks)
        for nid, run in runs(blocks):
            self._boot.say(RunMapped(nid, run))
            self._map_run(run)

    def _map_run(self, run: Span) -> None:
        start, is_low = run.start, run.start == 0
        if is_low:
            self._allowed = self._possible
            if PUD_SIZE in self._allowed:
                self._boot.say(GbPages())
            self._map_piece(Span(0, ISA_END_ADDRESS))
            start = ISA_END_ADDRESS
        if start < run.end:
            self._map_downwards(Span(start, run.end))
            if is_low:
                self._low_window = self._local_window

    def _map_downwards(self, run: Span) -> None:
        top = self._memblock.find_in_range(PMD_SIZE, PMD_SIZE, run.start, run.end)
        real_end = (top or 0) + PMD_SIZE
        self._local_window = Span(real_end, run.start)
        step, last, done = PMD_SIZE, real_end, 0
        while last > run.start:
            start = max(run.start, align_down(last - 1, step)) if last > step else run.start
            fresh = self._map_ram(Span(start, last))
            self._local_window = Span(start, max(self._local_window.end, last))
            last = start
            if fresh > done and step << _STEP_SHIFT <= U64:
                step <<= _STEP_SHIFT
            done += fresh
        if real_end < run.end:
            self._map_ram(Span(real_end, run.end))
            window = self._local_window
            self._local_window = Span(window.start, max(window.end, run.end))

    def _map_ram(self, span: Span) -> int:
        """Map the RAM in a range; return how many bytes that was."""
        mapped = 0
        for pages, _ in self._memblock.for_each_mem_pfn_range():
            piece = Span(pages.start << PAGE_SHIFT, pages.end << PAGE_SHIFT).clip(span)
            if piece:
                # Linux: BRK pages may be in the piece, unmapped until it is done.
                self._brk_usable = not piece.overlaps(self._brk)
                self._map_piece(piece)
                self._brk_usable = True
                mapped += piece.size
        return mapped

    def _map_piece(self, piece: Span) -> None:
        parts = split_mem_range(
            piece, self._allowed, self._memblock, upgrades_first=self._upgrades_first
        )
        self._boot.say(RamMapped(piece, tuple(parts)))
        for part in parts:
            self.max_mapped = max(self.max_mapped, self._map_part(part))

    def _map_part(self, part: Part) -> int:
        """Take the tables that a part needs; return the end of what is mapped.

        One page is as good as the next, so they are counted first and taken together.
        """
        end, pages = self._tables.add(part)
        self._alloc_low_pages(pages)
        return end

    def _alloc_low_pages(self, count: int) -> None:
        """Take pages one after the other, wherever each has to come from."""
        while count:
            if self._brk_usable and self._brk:
                count -= self._take_brk()
            elif self._local_window:
                count -= self._take_local(count)
            elif self._low_window:
                page = self._find_page(self._low_window)
                self._memblock.reserve(page, PAGE_SIZE)
                self.plain.append(Span(page, page + PAGE_SIZE))
                count -= 1
            else:
                raise Panic("alloc_low_page: ran out of memory")

    def _take_brk(self) -> int:
        page = self._brk.start
        self._brk = Span(page + PAGE_SIZE, self._brk.end)
        self.brk_pages_used += 1
        self._boot.say(BrkTaken(Span(page, page + PAGE_SIZE)))
        return 1

    def _take_local(self, count: int) -> int:
        """Take the highest free page of the local window, and pages below it that are alike."""
        page = self._find_page(self._local_window)
        nid = self._nodes.nid(page)
        low = max(self._local_window.start, self._memblock.free_from(page))
        low = max(low, page - (count - 1) * PAGE_SIZE, self._nodes.same_from(page))
        low = min(page, align_up(low, PAGE_SIZE))
        end = page + PAGE_SIZE
        self._memblock.reserve_local_pages(low, end, nid)
        self.local.append(LocalRange(low, end, nid))
        return (end - low) // PAGE_SIZE

    def _find_page(self, window: Span) -> int:
        page = self._memblock.find_in_range(PAGE_SIZE, PAGE_SIZE, window.start, window.end)
        if page is None:
            raise Panic("alloc_low_page: can not alloc memory")
        return page
