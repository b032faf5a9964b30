"""The lists of regions that Linux's early allocator keeps, with their nodes and flags.

*Mirrors:* mm/memblock.c (`struct memblock_type`, `memblock_add_range`, `memblock_isolate_range`,
`memblock_merge_regions`, `memblock_setclr_flag`), since 5.10, and with the flags of the 2013
series 3.9 and 3.10: kernels differ in which flags exist and who sets them, not in how regions are
inserted and merged.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from enum import IntFlag
from operator import attrgetter
from typing import NamedTuple

from srat_tool.base.span import Span
from srat_tool.base.units import U64, align_down, align_up


class MemblockFlags(IntFlag):
    """Flags of a region in mainline (7.2; earlier kernels have the first few)."""

    NONE = 0
    HOTPLUG = 0x1
    MIRROR = 0x2
    NOMAP = 0x4
    DRIVER_MANAGED = 0x8
    RSRV_NOINIT = 0x10
    RSRV_KERN = 0x20
    KHO_SCRATCH = 0x40


class SeriesFlags(IntFlag):
    """Flags of a region in the 2013 series (`MEMBLK_*`), all of them on reserved regions."""

    DEFAULT = 0
    LOCAL_NODE = 0x1
    HOTPLUGGABLE = 0x2


NONE = MemblockFlags.NONE
INIT_MEMBLOCK_REGIONS = 128
"""Regions for which a list has room before it allocates memory."""


class MemblockRegion(NamedTuple):
    """One region; `nid` None means that no node was set."""

    base: int
    size: int
    nid: int | None = None
    flags: IntFlag = NONE

    @property
    def end(self) -> int:
        """First byte after the region."""
        return self.base + self.size

    @property
    def span(self) -> Span:
        """The range alone."""
        return Span(self.base, self.base + self.size)


_base_of = attrgetter("base")
_end_of = attrgetter("end")


class MemblockType:
    """An ordered list of regions that do not overlap (`struct memblock_type`).

    Neighbours that touch and agree in node and flags are one region, always: an operation merges
    around what it touched. Only `renumber` leaves equal neighbours apart, as its kernel does.

    Attributes:
        capacity: regions for which there is room.
        double_array: makes room for twice as many, as a range is about to be inserted or split;
            it returns False where there is no memory, and then nothing is done. None for a list
            that grows without taking memory.
    """

    __slots__ = ("_tidy", "_trimmed", "capacity", "double_array", "name", "regions")

    def __init__(self, name: str, regions: Iterable[MemblockRegion] = ()) -> None:
        self.name = name
        self.regions = list(regions)
        self._tidy = not self.regions
        self._trimmed = 0
        self.capacity = INIT_MEMBLOCK_REGIONS
        self.double_array: Callable[[MemblockType, Span], bool] | None = None

    def __iter__(self) -> Iterator[MemblockRegion]:
        return iter(self.regions)

    def __len__(self) -> int:
        return len(self.regions)

    def __getitem__(self, index: int) -> MemblockRegion:
        return self.regions[index]

    @property
    def total_size(self) -> int:
        """Bytes in all regions, as the kernel counts them.

        Linux: `memblock_trim_memory` does not take what it cuts off from the total.
        """
        return (sum(region.size for region in self.regions) + self._trimmed) & U64

    def overlapping(self, start: int, end: int) -> list[MemblockRegion]:
        """Return the regions that share a byte with `[start, end)`, whole, in order."""
        first, last = self._touched(start, end)
        return self.regions[first:last]

    def add_range(self, base: int, size: int, nid: int | None, flags: IntFlag) -> bool:
        """Insert the parts of a range that no region covers; the others keep what they are.

        before      |AAAA|      |BB|
        added     |------------------|
        after     |NN|AAAA|NNNN|BB|NN|

        Returns:
            False where the list is full and there is no memory for a larger one.
        """
        end = _capped_end(base, size)
        if base < end and not self.regions:
            self._trimmed = 0
        first, last = self._touched(base, end)
        fresh = self._filled(Span(base, end), self.regions[first:last], nid, flags)
        new = len(fresh) - (last - first)
        if not new:
            return True
        if self.double_array is not None and 2 * len(self.regions) + 1 > self.capacity:
            if not self._make_room(new, Span(base, end)):
                return False
            first, last = self._touched(base, end)
            fresh = self._filled(Span(base, end), self.regions[first:last], nid, flags)
        self.regions[first:last] = fresh
        self.merge_regions(first, first + len(fresh))
        return True

    @staticmethod
    def _filled(
        span: Span, inside: Iterable[MemblockRegion], nid: int | None, flags: IntFlag
    ) -> list[MemblockRegion]:
        """Return the regions that touch a range, and new ones between them."""
        fresh = []
        base, end = span
        for region in inside:
            if region.base > base:
                fresh.append(MemblockRegion(base, region.base - base, nid, flags))
            fresh.append(region)
            base = region.end
        if base < end:
            fresh.append(MemblockRegion(base, end - base, nid, flags))
        return fresh

    def _make_room(self, new: int, span: Span) -> bool:
        """Double the list until there is room for more regions; doubling itself may insert one."""
        while self.double_array is not None and len(self.regions) + new > self.capacity:
            if not self.double_array(self, span):
                return False
        return True

    def isolate_range(self, base: int, size: int) -> tuple[int, int]:
        """Split regions at both ends of a range; return the indices of those inside it."""
        end = _capped_end(base, size)
        if base < end and not self._make_room(2, Span(base, end)):
            return len(self.regions), len(self.regions)
        first, last = self._touched(base, end)
        if first == last or base >= end:
            return first, first
        inside = self.regions[first:last]
        head, tail = inside[0], inside[-1]
        before, after = [], []
        if tail.end > end:
            after.append(tail._replace(base=end, size=tail.end - end))
            inside[-1] = tail._replace(size=end - tail.base)
        if head.base < base:
            before.append(head._replace(size=base - head.base))
            inside[0] = inside[0]._replace(base=base, size=inside[0].end - base)
        self.regions[first:last] = [*before, *inside, *after]
        return first + len(before), last + len(before)

    def remove_range(self, base: int, size: int) -> None:
        """Take a range out of every region."""
        first, last = self.isolate_range(base, size)
        del self.regions[first:last]

    def set_node(self, base: int, size: int, nid: int | None) -> None:
        """Give the regions inside a range a node, and merge what has become equal."""
        first, last = self.isolate_range(base, size)
        self.regions[first:last] = [r._replace(nid=nid) for r in self.regions[first:last]]
        self.merge_regions(first, last)

    def setclr_flag(self, base: int, size: int, *, set_: bool, flag: IntFlag) -> None:
        """Set or clear a flag on the regions inside a range, and merge what has become equal."""
        first, last = self.isolate_range(base, size)
        for at in range(first, last):
            flags = self.regions[at].flags
            flags = flags | flag if set_ else flags ^ (flags & flag)
            self.regions[at] = self.regions[at]._replace(flags=flags)
        self.merge_regions(first, last)

    def renumber(self, index: int, nid: int | None) -> None:
        """Change the node of one region where it is, without splitting or merging."""
        self.regions[index] = self.regions[index]._replace(nid=nid)
        self._tidy = False

    def merge_regions(self, first: int = 0, last: int | None = None) -> None:
        """Join neighbours that touch and are alike.

        The kernel goes over the whole list. As long as it was merged before, looking at what
        changed and its two neighbours has the same result.
        """
        if last is None or not self._tidy:
            first, last = 0, len(self.regions)
            self._tidy = True
        first, last = max(0, first - 1), min(len(self.regions), last + 1)
        joined: list[MemblockRegion] = []
        for region in self.regions[first:last]:
            previous = joined[-1] if joined else None
            if previous is not None and _alike(previous, region):
                joined[-1] = previous._replace(size=previous.size + region.size)
            else:
                joined.append(region)
        self.regions[first:last] = joined

    def trim(self, align: int) -> None:
        """Cut every region to whole multiples of `align`; what is smaller vanishes."""
        trimmed = []
        for region in self.regions:
            start, end = align_up(region.base, align), align_down(region.end, align)
            if start < end:
                trimmed.append(region._replace(base=start, size=end - start))
                self._trimmed += region.size - (end - start)
        self.regions = trimmed

    def _touched(self, start: int, end: int) -> tuple[int, int]:
        first = bisect_right(self.regions, start, key=_end_of)
        return first, max(first, bisect_left(self.regions, end, lo=first, key=_base_of))


def _capped_end(base: int, size: int) -> int:
    """Return the end of a range, kept below the last address (`memblock_cap_size`)."""
    return base + min(size, U64 - base)


def _alike(left: MemblockRegion, right: MemblockRegion) -> bool:
    return left.end == right.base and left.nid == right.nid and left.flags == right.flags


# What an empty list holds in the kernel, and shows in a dump.
_EMPTY = MemblockRegion(0, 0)


def dump(type_: MemblockType) -> Iterator[str]:
    """Yield a list's lines of `memblock=debug` (5.10 and later)."""
    regions = type_.regions or [_EMPTY]
    yield f" {type_.name}.cnt  = {len(regions):#x}"
    for index, region in enumerate(regions):
        node = "" if region.nid is None else f" on node {region.nid}"
        yield (
            f" {type_.name}[{index:#x}]\t[{region.base:#018x}-{(region.end - 1) & U64:#018x}], "
            f"{region.size:#018x} bytes{node} flags: {int(region.flags):#x}"
        )
