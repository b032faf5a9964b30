"""Memblock with the changes of the series: nodes of plain reservations, messages (patches 6, 9).

*Mirrors:* mm/memblock.c `memblock_reserve`, `memblock_reserve_node`, `memblock_dump`, 3.9 and 3.10
with the series.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import IntFlag

from srat_tool.base.units import PAGE_SIZE, U64
from srat_tool.kernel.memblock import NONE, Memblock, MemblockRegion, MemblockType, SeriesFlags

# Limit: the messages of further page table pages are not stored.
_MAX_LINES = 4096


class SeriesMemblock(Memblock):
    """Memblock with the lines of `memblock=debug` in `messages`.

    Attributes:
        node_of: returns the node of a plain reservation, None if it is not known.
    """

    def __init__(self) -> None:
        super().__init__()
        self.node_of: Callable[[int, int], int | None] = lambda _start, _end: None

    def reserve(self, base: int, size: int, nid: int | None = None, flags: IntFlag = NONE) -> bool:
        """Reserve a range; parts that are already reserved keep their node and flags."""
        self._say(base, base + size, flags)
        if flags == SeriesFlags.DEFAULT:
            nid = self.node_of(base, base + size)
        return super().reserve(base, size, nid, flags)

    def reserve_local_pages(self, start: int, end: int, nid: int) -> None:
        """Reserve the pages of a range one by one from its end, for page tables of a node."""
        room = max(0, _MAX_LINES - len(self.messages)) * PAGE_SIZE
        for page in range(end - PAGE_SIZE, max(start, end - room) - 1, -PAGE_SIZE):
            self._say(page, page + PAGE_SIZE, SeriesFlags.LOCAL_NODE)
        super().reserve(start, end - start, nid, SeriesFlags.LOCAL_NODE)

    def free_from(self, page: int) -> int:
        """Return the start of the free range that contains a page."""
        region = self.memory.overlapping(page, page + 1)[0]
        taken = self.reserved.overlapping(region.base, page)
        return taken[-1].end if taken else region.base

    def dump_all(self) -> list[str]:
        """Return the lines about both lists: addresses are padded to 16 characters, sizes not."""
        ram, taken = self.memory.total_size, self.reserved.total_size
        return [
            "MEMBLOCK configuration:",
            f" memory size = {ram:#x} reserved size = {taken:#x}",
            *_dump(self.memory),
            *_dump(self.reserved),
        ]

    def _say(self, start: int, end: int, flags: IntFlag) -> None:
        # Linux: the second number is the end of the range, exclusive.
        self.messages.append(
            f"memblock_reserve: [{start:#016x}-{end:#016x}] with flags {int(flags):#016x}"
        )


def _dump(type_: MemblockType) -> Iterator[str]:
    regions = type_.regions or [MemblockRegion(0, 0)]
    yield f" {type_.name}.cnt  = {len(regions):#x}"
    for index, region in enumerate(regions):
        node = "" if region.nid is None else f" on node {region.nid}"
        yield (
            f" {type_.name}[{index:#x}]\t[{region.base:#016x}-{(region.end - 1) & U64:#016x}], "
            f"{region.size:#x} bytes{node} flags: {int(region.flags):#x}"
        )
