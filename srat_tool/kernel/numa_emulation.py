"""`numa=fake=`: nodes cut smaller than they are.

*Mirrors:* arch/x86/mm/numa_emulation.c (mm/numa_emulation.c from 6.12), since 4.17.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from itertools import accumulate, count

from srat_tool.base.span import Span
from srat_tool.base.units import (
    GIB,
    MIB,
    U64,
    align_down,
    align_up,
    int32,
    pfn_down,
    pfn_up,
)
from srat_tool.kernel.boot import Boot
from srat_tool.kernel.bootopts import memparse, simple_strtoull
from srat_tool.kernel.distance import Distances
from srat_tool.kernel.events import EmulatedNode, NumaBlock
from srat_tool.kernel.numa_meminfo import NumaInfo, numa_cleanup_meminfo

_MIN_SIZE = 32 * MIB
_DMA32_SIZE = 4 * GIB


class Ram:
    """Counts pages of RAM below an address, so that holes cost no walk over all regions."""

    def __init__(self, boot: Boot) -> None:
        self._shift = boot.page_shift
        pages = [span for span, _ in boot.memblock.for_each_mem_pfn_range()]
        self._starts = [span.start for span in pages]
        self._ends = [span.end for span in pages]
        self._before = [0, *accumulate(span.pages for span in pages)]

    def hole_size(self, start: int, end: int) -> int:
        """Return the bytes of whole pages without RAM (`mem_hole_size`)."""
        first, last = pfn_up(start, self._shift), pfn_down(end, self._shift)
        if first >= last:
            return 0
        return last - first - (self._below(last) - self._below(first)) << self._shift

    def reach(self, start: int, size: int) -> int | None:
        """Return the address up to which there are `size` bytes of RAM; None if there are not."""
        wanted = self._below(pfn_up(start, self._shift)) + pfn_up(size, self._shift)
        index = bisect_left(self._before, wanted)
        if index >= len(self._before):
            return None
        return self._ends[index - 1] - (self._before[index] - wanted) << self._shift

    def _below(self, pfn: int) -> int:
        index = bisect_right(self._starts, pfn)
        if not index:
            return 0
        return self._before[index] - max(0, self._ends[index - 1] - pfn)


class Emulation:
    """Fake nodes in the making: `left` is what has not been cut yet (`pi`), `made` the rest."""

    def __init__(self, boot: Boot, info: NumaInfo) -> None:
        self.boot = boot
        self.ram = Ram(boot)
        self.left = list(info.blocks)
        self.made: list[NumaBlock] = []
        self.physical: dict[int, int] = {}
        self.nodes = sorted(info.parsed)
        from_zero = boot.profile.faked_node_from_zero
        self.dma_end = _DMA32_SIZE + (0 if from_zero else boot.memblock.start_of_dram)

    def split(self, text: str) -> bool:
        """Split nodes by `numa=fake=`: `NU` splits each node, else a size or a number of nodes."""
        if "U" in text:
            return self._split_each(simple_strtoull(text)[0])
        top = self.boot.max_pfn << self.boot.page_shift
        if "M" in text or "G" in text:
            return self._split_sized(memparse(text)[0], top)
        return self._split_counted(simple_strtoull(text)[0], top)

    def _split_counted(self, count: int, top: int) -> bool:
        """Give each of `count` nodes an equal share of RAM (`split_nodes_interleave`)."""
        if not 0 < count < 1 << 31:
            return False
        count = min(count, self.boot.profile.max_nodes)
        shift = self.boot.page_shift
        share = (top - self.ram.hole_size(0, top) >> shift) // count << shift
        big = share % _MIN_SIZE * count // _MIN_SIZE
        size = align_down(share, _MIN_SIZE)
        if not size:
            return False
        for number, at in enumerate(self._round_robin(self.nodes)):
            block = self.left[at]
            end = block.start + size + (_MIN_SIZE if number < big else 0)
            end = self._stretched(block, end, size)
            self._cut(at, number % count, self._ending(block, end, size))
        return True

    def _split_sized(self, size: int, top: int) -> bool:
        """Make nodes with at least `size` bytes of RAM (`split_nodes_size_interleave`)."""
        if not size:
            return False
        shift = self.boot.page_shift
        pages = top - self.ram.hole_size(0, top) >> shift
        least = pages // self.boot.profile.max_nodes << shift
        least = align_up(max(least, _MIN_SIZE), _MIN_SIZE)
        size = align_down(max(size, least), _MIN_SIZE)
        for number, at in enumerate(self._round_robin(self.nodes)):
            block = self.left[at]
            end = self._stretched(block, block.start + size, size)
            self._cut(at, number % self.boot.profile.max_nodes, self._ending(block, end, size))
        return True

    def _split_each(self, count: int) -> bool:
        """Split each node in `count`, holes and all (`..._uniform`)."""
        nid = 0
        for _ in self.nodes:
            if not self.left or not count:
                return bool(self.made)
            block = self.left[0]
            shift = self.boot.page_shift
            pages = pfn_down(block.end, shift) - pfn_down(block.start, shift)
            share = pages // count << shift
            size = align_up(max(share, _MIN_SIZE), _MIN_SIZE)
            first = nid
            for at in self._round_robin([block.nid]):
                end = self._ending(self.left[at], self.left[at].start + size, None)
                self._cut(at, nid % self.boot.profile.max_nodes, end)
                nid += 1
            given = nid - first if self.boot.profile.fake_counts_each else nid
            if given < count and (given or not self.boot.profile.fake_counts_each):
                return False
        return True

    def _round_robin(self, nodes: list[int]) -> Iterator[int]:
        """Yield the index of the first block of each node in turn, until none has any left."""
        waiting = list(nodes)
        while waiting:
            for nid in list(waiting):
                at = next((i for i, block in enumerate(self.left) if block.nid == nid), None)
                if at is None:
                    waiting.remove(nid)
                elif len(self.made) >= 2 * self.boot.profile.max_nodes:
                    return
                else:
                    yield at

    def _stretched(self, block: NumaBlock, end: int, size: int) -> int:
        """Go on in steps until there is enough RAM, or the block ends."""
        enough = self.ram.reach(block.start, size)
        if enough is None:
            return block.end
        if enough <= end:
            return end
        end += align_up(enough - end, _MIN_SIZE)
        return min(end, block.end)

    def _ending(self, block: NumaBlock, end: int, size: int | None) -> int:
        """Take what would be too little for another node; `size` None leaves the block's end."""
        below = self.dma_end - end - self.ram.hole_size(end, self.dma_end)
        if end < self.dma_end and below < _MIN_SIZE:
            end = self.dma_end
        rest = (block.end - end - self.ram.hole_size(end, block.end)) & U64
        if size is not None and rest < size:
            end = block.end
        return min(end, block.end)

    def _cut(self, at: int, nid: int, end: int) -> None:
        block = self.left[at]
        self.physical.setdefault(nid, block.nid)
        self.made.append(block._replace(end=end, nid=nid, hot=False))
        self.boot.say(EmulatedNode(nid, Span(block.start, end), block.nid))
        if end >= block.end:
            del self.left[at]
        else:
            self.left[at] = block._replace(start=end)


def numa_emulation(boot: Boot, info: NumaInfo) -> None:
    """Replace the blocks by those of fake nodes; what goes wrong leaves everything as it is."""
    text = boot.options.fake_nodes
    if text is None:
        return
    emulation = Emulation(boot, info)
    if not emulation.split(text):
        return
    fake = NumaInfo(blocks=emulation.made)
    if numa_cleanup_meminfo(boot, fake) is not None:
        return
    adopted: dict[int, int] | None = {}
    if boot.profile.fake_maps_domains:
        adopted = fix_pxm_node_maps(boot, info, emulation.physical)
    if adopted is None:
        return
    info.blocks[:] = fake.blocks
    info.reserved += fake.reserved
    info.parsed = {block.nid for block in fake.blocks} | set(adopted)
    info.emulated, info.adopted = emulation.physical, adopted
    info.distances = _distances(boot, info, text)


def fix_pxm_node_maps(
    boot: Boot, info: NumaInfo, physical: Mapping[int, int]
) -> dict[int, int] | None:
    """Find numbers for the nodes that no fake node represents; None gives the emulation up.

    *Mirrors:* drivers/acpi/numa/srat.c, since 6.14, and 6.12.67 and later.

    Returns:
        the physical node of each number, which becomes a node without memory.
    """
    if "off" in boot.options.numa:
        return None
    known = set((info.domains or {}).values())
    taken = {nid for nid, node in physical.items() if node in known}
    if not taken:
        return {}
    if max(taken) != max(physical):
        # Linux: it warns that the highest fake node has no proximity domain.
        return None
    free = (nid for nid in count() if nid not in taken)
    left = sorted(known - set(physical.values()))
    return dict(zip(free, left, strict=False))


def _distances(boot: Boot, info: NumaInfo, text: str) -> Distances:
    """Give fake nodes the distances of the nodes that they are parts of, or those of the option."""
    given = _given_distances(text.partition(":")[2])
    distances, old = Distances(), info.distances
    distances.create(boot, info.possible)
    last = max(info.emulated, default=0)
    default = next(iter(info.emulated.values()), 0)
    for row in range(last + 1):
        for column in range(last + 1):
            near, far = (info.emulated.get(nid, default) for nid in (row, column))
            asked = next(given, None)
            distance = old.node_distance(near, far) if asked is None else asked
            distances.set(row, column, distance)
    if boot.profile.fake_maps_domains:
        _distances_of_adopted(boot, distances, old, info.emulated, last)
    return distances


def _given_distances(text: str) -> Iterator[int]:
    """Yield the numbers that a comma follows (`get_option`); nothing after anything else.

    Linux reads a last number without a comma, and does not use it.
    """
    while True:
        sign = -1 if text.startswith("-") else 1
        digits = text.removeprefix("-")
        value, rest = simple_strtoull(digits)
        if rest == digits or not rest.startswith(","):
            return
        text = rest[1:]
        yield int32(sign * value)


def _distances_of_adopted(
    boot: Boot, distances: Distances, old: Distances, physical: Mapping[int, int], last: int
) -> None:
    """Copy distances for nodes above the fake ones, out of a table that may not exist.

    Linux: the table of the real nodes is looked up by number minus that of the last fake node.
    """
    if distances.size > last + 1 and not old.size:
        boot.died = (
            f"numa=fake= leaves node {last + 1} without memory, and there is no SLIT: Linux reads "
            "a distance table that does not exist (NULL pointer dereference in numa_emulation)"
        )
        return
    places = {nid: physical.get(nid, nid - last) for nid in range(distances.size)}
    for row, near in places.items():
        for column, far in places.items():
            if row > last or column > last:
                distances.set(row, column, old.entry(near * old.size + far))
