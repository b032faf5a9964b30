"""Boot memory by memory block: its nodes, its zones, and what is known to occupy it.

*Mirrors:* drivers/base/memory.c `memory_dev_init`, `early_node_zone_for_memory_block`,
drivers/base/node.c `register_memory_blocks_under_node_early`, mm/memory_hotplug.c `offline_pages`,
5.10 to 7.2.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from srat_tool.base.span import Span, clipped, intersect, subtract, union
from srat_tool.base.units import align_down, align_up
from srat_tool.kernel.hotplug.occupants import Occupant
from srat_tool.kernel.memblock import Memblock, MemblockFlags, MemblockType
from srat_tool.kernel.zones import MOVABLE, Zone

_NOTHING = Span(0, 0)


class ZoneOfNode(NamedTuple):
    """A zone that a memory block meets."""

    nid: int
    name: str


class BlockRun(NamedTuple):
    """Equal memory blocks next to each other.

    Attributes:
        span: bytes, both ends multiples of the block size.
        nids: nodes with RAM in them, ascending; None is RAM without a node.
        zones: populated zones of these nodes whose span they meet, in the order of the zones.
        hole: the first range in them that is not RAM; empty when there is none.
        outside: the first range of RAM in them that no populated zone spans; empty when none is.
        occupants: early allocations in them, by address.
    """

    span: Span
    nids: tuple[int | None, ...]
    zones: tuple[ZoneOfNode, ...]
    hole: Span
    outside: Span
    occupants: tuple[Occupant, ...]

    @property
    def nid(self) -> int | None:
        """The node, None when there are several or none."""
        return self.nids[0] if len(self.nids) == 1 else None


def boot_blocks(
    memblock: Memblock,
    zones: Sequence[Zone],
    block: int,
    occupants: Iterable[Occupant],
    *,
    by_page: bool = False,
) -> tuple[BlockRun, ...]:
    """Return the memory blocks with any boot memory, equal neighbours joined.

    Args:
        memblock: RAM after NUMA initialisation.
        zones: all zones that span anything.
        block: memory block size in bytes.
        occupants: early allocations.
        by_page: a block is in the zones of its pages, not in all whose span it meets.
    """
    view = _BootMemory(memblock, zones, block, sorted(occupants))
    if by_page:
        view.pages_decide(memblock)
    return tuple(_joined(view.runs()))


def _joined(runs: Iterable[BlockRun]) -> Iterator[BlockRun]:
    last: BlockRun | None = None
    for run in runs:
        if last is not None and _alike(last, run):
            last = BlockRun(
                span=Span(last.span.start, run.span.end),
                nids=run.nids,
                zones=run.zones,
                hole=run.hole,
                outside=run.outside,
                occupants=run.occupants,
            )
            continue
        if last is not None:
            yield last
        last = run
    if last is not None:
        yield last


def _alike(left: BlockRun, right: BlockRun) -> bool:
    """Return whether two runs touch and are answered with the same words."""
    return (
        left.span.end == right.span.start
        and (left.nids, left.zones, left.occupants) == (right.nids, right.zones, right.occupants)
        and not any((left.hole, right.hole, left.outside, right.outside))
    )


class _BootMemory:
    """Sorted lists that answer what one memory block holds by bisection."""

    def __init__(
        self, memblock: Memblock, zones: Sequence[Zone], block: int, occupants: Sequence[Occupant]
    ) -> None:
        self.block = block
        self.page_shift = memblock.page_shift
        self.ram = [
            (Span(pages.start << self.page_shift, pages.end << self.page_shift), nid)
            for pages, nid in memblock.for_each_mem_pfn_range()
        ]
        self.joined = _freed_ram(memblock)
        self.occupants = occupants
        self._reach = _reach([occupant.span for occupant in occupants])
        self.zones: dict[int, list[Zone]] = {}
        for zone in zones:
            if zone.present:
                self.zones.setdefault(zone.nid, []).append(zone)
        self._spanned = union(self._span(zone) for zone in zones if zone.present)
        self.mirrored: list[Span] | None = None

    def pages_decide(self, memblock: Memblock) -> None:
        """Set the mirrored ranges, which split overlapping zones: ZONE_MOVABLE has none of them."""
        flag = MemblockFlags.MIRROR
        self.mirrored = union(region.span for region in memblock.memory if region.flags & flag)

    def runs(self) -> Iterator[BlockRun]:
        cuts = self._cuts()
        for start, end in pairwise(cuts):
            window = Span(start, end)
            nids = self._nids(window)
            ram = clipped(self.joined, window)
            if nids:
                yield BlockRun(
                    span=window,
                    nids=nids,
                    zones=tuple(self._met(window, nids)),
                    hole=_first(subtract([window], ram)),
                    outside=_first(subtract(ram, clipped(self._spanned, window))),
                    occupants=tuple(self._in(window)),
                )

    def _cuts(self) -> list[int]:
        """Return the addresses between which all blocks are alike."""
        edges: set[int] = set()
        for span, _ in self.ram:
            edges.update(span)
        for zones in self.zones.values():
            for zone in zones:
                edges.add(zone.start << self.page_shift)
                edges.add((zone.start + zone.spanned) << self.page_shift)
        for occupant in self.occupants:
            edges.update(occupant.span)
        return sorted({at for edge in edges for at in _around(edge, self.block)})

    def _nids(self, window: Span) -> tuple[int | None, ...]:
        first = bisect_right(self.ram, window.start, key=lambda item: item[0].end)
        last = bisect_left(self.ram, window.end, lo=first, key=lambda item: item[0].start)
        found = {nid for _, nid in self.ram[first:last]}
        return tuple(sorted(found, key=lambda nid: -1 if nid is None else nid))

    def _met(self, window: Span, nids: tuple[int | None, ...]) -> Iterator[ZoneOfNode]:
        low, high = window.start >> self.page_shift, window.end >> self.page_shift
        for nid in nids:
            for zone in self.zones.get(-1 if nid is None else nid, ()):
                if (
                    zone.start < high
                    and low < zone.start + zone.spanned
                    and self._has(zone, window)
                ):
                    yield ZoneOfNode(zone.nid, zone.name)

    def _has(self, zone: Zone, window: Span) -> bool:
        """Return whether a page of a zone is in a block that its span meets (`page_zone`)."""
        movable = next((z for z in self.zones[zone.nid] if z.name == MOVABLE), None)
        if self.mirrored is None or movable is None:
            return True
        ram = clipped(self.joined, self._span(zone).clip(window))
        taken = intersect(subtract(ram, self.mirrored), [self._span(movable)])
        return bool(taken if zone is movable else subtract(ram, taken))

    def _span(self, zone: Zone) -> Span:
        """Return the bytes that a zone spans."""
        return Span(zone.start << self.page_shift, (zone.start + zone.spanned) << self.page_shift)

    def _in(self, window: Span) -> Iterator[Occupant]:
        first = bisect_right(self._reach, window.start)
        last = bisect_left(self.occupants, window.end, key=lambda one: one.span.start)
        for occupant in self.occupants[first:last]:
            if occupant.span.overlaps(window):
                yield occupant


def _freed_ram(memblock: Memblock) -> list[Span]:
    """Return RAM in whole pages as it is when the rest of it is given to the page allocator.

    Regions that differ only in that one can be unplugged are one by then, and the page that is
    partly in both is whole. Mirrors: mm/memblock.c `free_low_memory_core_early`, since 3.14.
    """
    kept = ~MemblockFlags.HOTPLUG
    memory = MemblockType("memory", (r._replace(flags=r.flags & kept) for r in memblock.memory))
    memory.merge_regions()
    page = 1 << memblock.page_shift
    pages = (Span(align_up(one.base, page), align_down(one.end, page)) for one in memory)
    return union(span for span in pages if span.start < span.end)


def _first(spans: Sequence[Span]) -> Span:
    return spans[0] if spans else _NOTHING


def _reach(spans: Sequence[Span]) -> list[int]:
    """Return how far the spans up to each one reach; ascending."""
    reach: list[int] = []
    for span in spans:
        reach.append(max(span.end, reach[-1] if reach else 0))
    return reach


def _around(edge: int, block: int) -> tuple[int, int]:
    """Return the ends of the block in which an edge is; an aligned edge is both."""
    return align_down(edge, block), align_up(edge, block)
