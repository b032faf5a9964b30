"""Linux's early memory allocator: what is RAM, what of it is taken, and by whom.

*Mirrors:* mm/memblock.c, since 5.10 (the allocator of 3.9 and 3.10 differs only in having no
mirrored, hidden or hot-pluggable memory). Functions keep the kernel's names
(`memblock_mark_hotplug` is `Memblock.mark_hotplug`) and its arguments: a base and a size in bytes.
NUMA_NO_NODE is None.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntFlag
from typing import NamedTuple

from srat_tool.base.span import PfnSpan, Span
from srat_tool.base.units import PAGE_SHIFT, U64, align_down, align_up, pfn_down, pfn_up
from srat_tool.kernel.memblock_type import (
    NONE,
    MemblockFlags,
    MemblockRegion,
    MemblockType,
    SeriesFlags,
    dump,
)

__all__ = [
    "NONE",
    "FreeRange",
    "Memblock",
    "MemblockFlags",
    "MemblockRegion",
    "MemblockType",
    "SeriesFlags",
]

_MIRROR, _HOTPLUG = int(MemblockFlags.MIRROR), int(MemblockFlags.HOTPLUG)
_REGION_BYTES = 24
"""Limit: from 3.14 to 4.1 a region takes 32 bytes, which is a page more from 512 regions on."""
_HIDDEN = int(MemblockFlags.NOMAP | MemblockFlags.DRIVER_MANAGED)


class FreeRange(NamedTuple):
    """RAM that is not reserved, half open, in bytes."""

    start: int
    end: int
    nid: int | None


class Memblock:
    """What is RAM and what of it is taken.

    Attributes:
        memory: RAM.
        reserved: what is taken, RAM or not.
        bottom_up: allocate upwards from `kernel_end` (x86 with movable_node, until SRAT is read).
        current_limit: no allocation ends above it unless its caller allows it.
        movable_node: `movable_node` is in effect: HOTPLUG regions are not given out.
        marks_mirror: mirrored memory is marked: MIRROR regions go first.
        messages: what allocations made the kernel print.
        arrays: where lists of regions are that outgrew their first room, by name.
    """

    def __init__(
        self,
        *,
        bottom_up: bool = False,
        movable_node: bool = False,
        marks_mirror: bool = False,
        page_shift: int = PAGE_SHIFT,
    ) -> None:
        self.page_shift = page_shift
        self.memory = MemblockType("memory")
        self.reserved = MemblockType("reserved")
        self.bottom_up = bottom_up
        self.kernel_end = 0
        self.current_limit = U64
        self.movable_node = movable_node
        self.marks_mirror = marks_mirror
        self.messages: list[str] = []
        self.arrays: dict[str, Span] = {}
        self._has_some_mirror = False

    def allow_resize(self) -> None:
        """Let lists that are full take memory; what they have outgrown by now is elsewhere.

        Linux: on x86 lists grow below 1 MiB until all RAM is mapped.
        """
        for type_ in (self.memory, self.reserved):
            while type_.capacity < len(type_):
                type_.capacity *= 2
            type_.double_array = self._double_array

    def _double_array(self, type_: MemblockType, span: Span) -> bool:
        """Move a list to where there is room for twice as many regions (`memblock_double_array`).

        Args:
            type_: the list.
            span: the range that is being inserted; what grows for a reservation keeps out of it.

        Returns:
            Whether there was memory for it.
        """
        size = align_up(2 * type_.capacity * _REGION_BYTES, 1 << self.page_shift)
        kept_out = span if type_ is self.reserved else Span(0, 0)
        found = self._find_unowned(size, kept_out.end, 0)
        if found is None and kept_out:
            found = self._find_unowned(size, 0, min(kept_out.start, self.current_limit))
        if found is None:
            entries = f"from {type_.capacity} to {2 * type_.capacity} entries"
            self.messages.append(f"memblock: Failed to double {type_.name} array {entries} !")
            return False
        type_.capacity *= 2
        old = self.arrays.get(type_.name)
        self.arrays[type_.name] = Span(found, found + size)
        if old is not None:
            self.phys_free(old.start, old.size)
        self.reserve(found, size)
        return True

    def _find_unowned(self, size: int, start: int, end: int) -> int | None:
        """Find whole pages on any node, mirrored first (`memblock_find_in_range`)."""
        for flags in self._choose_memblock_flags():
            found = self.find_in_range(size, 1 << self.page_shift, start, end, flags=flags)
            if found is not None:
                return found
            self._miss_mirrored(flags, size)
        return None

    def _miss_mirrored(self, flags: MemblockFlags, size: int) -> None:
        if flags & MemblockFlags.MIRROR:
            # %pap: a pointer to an address, 18 characters wide.
            self.messages.append(f"Could not allocate {size:#018x} bytes of mirrored memory")

    # What is RAM, and what is taken

    def add(self, base: int, size: int, nid: int | None = None, flags: IntFlag = NONE) -> None:
        """Add RAM (`memblock_add`, `memblock_add_node`)."""
        self.memory.add_range(base, size, nid, flags)

    def remove(self, base: int, size: int) -> None:
        """Take RAM away."""
        self.memory.remove_range(base, size)

    def mem_limit_remove_map(self, limit: int) -> None:
        """Keep the lowest `limit` bytes of RAM, and all NOMAP regions (`mem=` of arm64).

        Linux: RAM that is not mapped counts, and a limit above all RAM changes nothing.
        """
        end = self.find_max_addr(limit)
        if end is not None:
            self.cap_memory_range(end)

    def enforce_memory_limit(self, limit: int) -> None:
        """Keep the lowest `limit` bytes of RAM, and no reservation above them.

        Linux: a limit of zero, or above all RAM, changes nothing.
        """
        end = self.find_max_addr(limit) if limit else None
        if end is not None:
            self.memory.remove_range(end, U64 - end)
            self.reserved.remove_range(end, U64 - end)

    def find_max_addr(self, limit: int) -> int | None:
        """Return where the lowest `limit` bytes of RAM end; None when there is less."""
        for region in self.memory:
            if limit <= region.size:
                return region.base + limit
            limit -= region.size
        return None

    def cap_memory_range(self, end: int) -> None:
        """Remove RAM from `end` on, but not what is not mapped, and every reservation."""
        _, last = self.memory.isolate_range(0, end)
        kept = [r for r in self.memory.regions[last:] if r.flags & MemblockFlags.NOMAP]
        self.memory.regions[last:] = kept
        self.reserved.remove_range(end, U64 - end)

    def reserve(self, base: int, size: int, nid: int | None = None, flags: IntFlag = NONE) -> bool:
        """Take a range, RAM or not; return False where its list is full and cannot grow."""
        return self.reserved.add_range(base, size, nid, flags)

    def phys_free(self, base: int, size: int) -> None:
        """Give a range back; it stays RAM."""
        self.reserved.remove_range(base, size)

    def trim_memory(self, align: int | None = None) -> None:
        """Cut RAM to multiples of `align` bytes; None for whole pages."""
        self.memory.trim(1 << self.page_shift if align is None else align)

    def set_node(self, base: int, size: int, nid: int | None) -> None:
        """Give the RAM in a range a node; `reserved.set_node` does the same for what is taken."""
        self.memory.set_node(base, size, nid)

    # Flags

    def mark_hotplug(self, base: int, size: int) -> None:
        """Mark RAM as hot-pluggable (`memblock_mark_hotplug`)."""
        self.memory.setclr_flag(base, size, set_=True, flag=MemblockFlags.HOTPLUG)

    def clear_hotplug(self, base: int, size: int) -> None:
        """Clear the hot-pluggable mark of RAM (`memblock_clear_hotplug`)."""
        self.memory.setclr_flag(base, size, set_=False, flag=MemblockFlags.HOTPLUG)

    def mark_mirror(self, base: int, size: int) -> None:
        """Mark RAM as mirrored; without effect where the kernel does not ask for it."""
        if self.marks_mirror:
            self._has_some_mirror = True
            self.memory.setclr_flag(base, size, set_=True, flag=MemblockFlags.MIRROR)

    def mark_nomap(self, base: int, size: int) -> None:
        """Keep RAM out of the direct map."""
        self.memory.setclr_flag(base, size, set_=True, flag=MemblockFlags.NOMAP)

    def clear_nomap(self, base: int, size: int) -> None:
        """Let RAM into the direct map again."""
        self.memory.setclr_flag(base, size, set_=False, flag=MemblockFlags.NOMAP)

    # What there is

    @property
    def start_of_dram(self) -> int:
        """Lowest address of RAM; 0 when there is none."""
        return self.memory[0].base if self.memory else 0

    @property
    def end_of_dram(self) -> int:
        """First byte above all RAM; 0 when there is none."""
        return self.memory[-1].end if self.memory else 0

    def for_each_mem_pfn_range(
        self, nid: int | None = None
    ) -> Iterator[tuple[PfnSpan, int | None]]:
        """Yield whole pages of RAM with their node, ascending; of one node, or of all (None)."""
        for region in self.memory:
            pages = PfnSpan(
                pfn_up(region.base, self.page_shift), pfn_down(region.end, self.page_shift)
            )
            if pages and nid in (None, region.nid):
                yield pages, region.nid

    def for_each_free_mem_range(
        self, nid: int | None = None, flags: IntFlag = NONE, *, reverse: bool = False
    ) -> Iterator[FreeRange]:
        """Yield RAM that is not taken, ascending unless `reverse`.

        Args:
            nid: only this node's; None for any.
            flags: MIRROR gives mirrored RAM only; HOTPLUG, NOMAP and DRIVER_MANAGED let RAM of
                that kind in, which is otherwise left out.
            reverse: from high to low addresses.
        """
        yield from self._free_within(Span(0, U64), nid, flags, reverse=reverse)

    # Allocation

    def find_in_range(
        self,
        size: int,
        align: int,
        start: int = 0,
        end: int = 0,
        *,
        nid: int | None = None,
        flags: IntFlag = NONE,
    ) -> int | None:
        """Return where an allocation would go, taking nothing; None when there is no room.

        Args:
            size: bytes, at least 1.
            align: a power of two.
            start: lowest address; the first page is never given out.
            end: first address not to use; 0 represents the current limit.
            nid: only this node's RAM; None for any.
            flags: as for `for_each_free_mem_range`.
        """
        upwards = self.bottom_up and (end or self.current_limit) > self.kernel_end
        start = max(start, 1 << self.page_shift, self.kernel_end if upwards else 0)
        window = Span(start, max(start, end or self.current_limit))
        for free in self._free_within(window, nid, flags, reverse=not upwards):
            low, high = max(free.start, window.start), min(free.end, window.end)
            found = align_up(low, align) if upwards else align_down(high - size, align)
            if low <= found and found + size <= high:
                return found
        return None

    def alloc(
        self,
        size: int,
        align: int,
        start: int = 0,
        end: int = 0,
        *,
        nid: int | None = None,
        exact_nid: bool = False,
    ) -> int | None:
        """Take memory (`memblock_alloc_range_nid`): on the node, else anywhere, else unmirrored.

        Arguments and answer are those of `find_in_range`.
        """
        nodes = [nid] if nid is None or exact_nid else [nid, None]
        for flags in self._choose_memblock_flags():
            for wanted in nodes:
                found = self.find_in_range(size, align, start, end, nid=wanted, flags=flags)
                if found is not None and self.reserve(found, size):
                    return found
            self._miss_mirrored(flags, size)
        return None

    def dump_all(self) -> list[str]:
        """Return the lines that `memblock=debug` prints (5.10 and later)."""
        ram, taken = self.memory.total_size, self.reserved.total_size
        return [
            "MEMBLOCK configuration:",
            f" memory size = {ram:#018x} reserved size = {taken:#018x}",
            *dump(self.memory),
            *dump(self.reserved),
        ]

    def _choose_memblock_flags(self) -> tuple[MemblockFlags, ...]:
        return (MemblockFlags.MIRROR, NONE) if self._has_some_mirror else (NONE,)

    def _free_within(
        self, window: Span, nid: int | None, flags: IntFlag, *, reverse: bool
    ) -> Iterator[FreeRange]:
        regions = self.memory.overlapping(*window)
        mirror, hidden = self._skipped_flags(flags)
        for region in reversed(regions) if reverse else regions:
            if nid is not None and region.nid != nid:
                continue
            own = int(region.flags)  # a boot asks for this a hundred thousand times
            if own & mirror == mirror and not own & hidden:
                pieces = self._free_pieces(region)
                yield from reversed(pieces) if reverse else pieces

    def _free_pieces(self, region: MemblockRegion) -> list[FreeRange]:
        pieces = []
        start = region.base
        for taken in self.reserved.overlapping(region.base, region.end):
            if taken.base > start:
                pieces.append(FreeRange(start, taken.base, region.nid))
            start = taken.end
        if start < region.end:
            pieces.append(FreeRange(start, region.end, region.nid))
        return pieces

    def _skipped_flags(self, wanted: IntFlag) -> tuple[int, int]:
        """Return what a region must have, and what it may not (`should_skip_region`)."""
        hidden = _HIDDEN | (_HOTPLUG if self.movable_node else 0)
        return int(wanted) & _MIRROR, hidden & ~int(wanted)
