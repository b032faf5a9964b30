"""Reservations of the series' kernels: node, flags and `memblock=debug` lines (patches 6 and 9).

*Mirrors:* mm/memblock.c `memblock_reserve`, `memblock_reserve_node`, `memblock_alloc_nid`,
`memblock_dump`, 3.9 and 3.10 with the series.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from srat_tool.base.units import U64
from srat_tool.kernel.memblock import (
    Memblock,
    MemblockRegion,
    MemblockType,
    SeriesFlags,
)

SMP_CACHE_BYTES = 64


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

    def reserve_hotpluggable(self, start: int, end: int, nid: int) -> None:
        """Keep everybody out of a range; parts that are taken stay what they are."""
        self._reserve(start, end, nid, SeriesFlags.HOTPLUGGABLE)

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
        # Linux: the second number is the first byte that is not taken.
        self.debug.append(
            f"memblock_reserve: [{start:#016x}-{end:#016x}] with flags {int(flags):#016x}"
        )
        self.mb.reserve(start, end - start, nid, flags)


def _dump(type_: MemblockType) -> Iterator[str]:
    regions = type_.regions or [MemblockRegion(0, 0)]
    yield f" {type_.name}.cnt  = {len(regions):#x}"
    for index, region in enumerate(regions):
        node = "" if region.nid is None else f" on node {region.nid}"
        yield (
            f" {type_.name}[{index:#x}]\t[{region.base:#016x}-{(region.end - 1) & U64:#016x}], "
            f"{region.size:#x} bytes{node} flags: {int(region.flags):#x}"
        )
