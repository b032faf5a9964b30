"""Reservations of the series' kernels: node, flags and `memblock=debug` lines (patches 6 and 9).

*Mirrors:* mm/memblock.c `memblock_reserve`, `memblock_reserve_node`, `memblock_alloc_nid`,
`memblock_dump`, 3.9 and 3.10 with the series.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from srat_tool.base.units import PAGE_SIZE, U64
from srat_tool.kernel.memblock import (
    Memblock,
    MemblockRegion,
    MemblockType,
    SeriesFlags,
)

SMP_CACHE_BYTES = 64
# Limit: of more page tables than this the lines are not kept.
_MOST_LINES = 4096


class Panic(Exception):  # noqa: N818 (what the kernel does, not an error of ours)
    """This boot ends here; the message is the kernel's."""


class SeriesMemory:
    """Memblock as the series has it.

    Attributes:
        mb: the lists.
        debug: what `memblock=debug` prints.
        node_of: node of a plain reservation, None while (or where) nobody can tell.
    """

    def __init__(self) -> None:
        self.mb = Memblock()
        self.debug: list[str] = []
        self.node_of: Callable[[int, int], int | None] = lambda _start, _end: None

    def reserve(self, start: int, end: int) -> None:
        """Take a range for the kernel."""
        self._reserve(start, end, self.node_of(start, end), SeriesFlags.DEFAULT)

    def reserve_local_node(self, start: int, end: int, nid: int) -> None:
        """Take a range for data that lives and dies with its node."""
        self._reserve(start, end, nid, SeriesFlags.LOCAL_NODE)

    def reserve_local_pages(self, start: int, end: int, nid: int) -> None:
        """Take one page after the other from the end of a range, for the same kind of data."""
        room = max(0, _MOST_LINES - len(self.debug)) * PAGE_SIZE
        for page in range(end - PAGE_SIZE, max(start, end - room) - 1, -PAGE_SIZE):
            self._say(page, page + PAGE_SIZE, SeriesFlags.LOCAL_NODE)
        self.mb.reserve(start, end - start, nid, SeriesFlags.LOCAL_NODE)

    def reserve_hotpluggable(self, start: int, end: int, nid: int) -> None:
        """Keep everybody out of a range; parts that are taken stay what they are."""
        self._reserve(start, end, nid, SeriesFlags.HOTPLUGGABLE)

    def free_from(self, page: int) -> int:
        """Return where the free range begins that holds a page."""
        region = self.mb.memory.overlapping(page, page + 1)[0]
        taken = self.mb.reserved.overlapping(region.base, page)
        return taken[-1].end if taken else region.base

    def alloc_try_nid(self, size: int, nid: int) -> int:
        """Take memory on a node, or on any other (patch 1).

        Raises:
            Panic: when there is none anywhere.
        """
        found = self.mb.find_in_range(size, SMP_CACHE_BYTES, nid=nid)
        if found is None:
            found = self.mb.find_in_range(size, SMP_CACHE_BYTES)
        if found is None:
            raise Panic(f"ERROR: Failed to allocate {size:#x} bytes below 0x0.\n")
        self.reserve(found, found + size)
        return found

    def dump_all(self) -> None:
        """Print both lists."""
        ram, taken = self.mb.memory.total_size, self.mb.reserved.total_size
        self.debug.append("MEMBLOCK configuration:")
        self.debug.append(f" memory size = {ram:#x} reserved size = {taken:#x}")
        self.debug += _dump(self.mb.memory)
        self.debug += _dump(self.mb.reserved)

    def _reserve(self, start: int, end: int, nid: int | None, flags: SeriesFlags) -> None:
        self._say(start, end, flags)
        self.mb.reserve(start, end - start, nid, flags)

    def _say(self, start: int, end: int, flags: SeriesFlags) -> None:
        # Linux: the second number is the first byte that is not taken.
        self.debug.append(
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
