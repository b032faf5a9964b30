"""Ranges of nodes: collected, cut to RAM, merged, and applied to memblock.

*Mirrors:* arch/x86/mm/numa.c `numa_add_memblk` to `numa_register_memblks` (3.10 to 6.11), and
mm/numa_memblks.c, which holds the same for all architectures from 6.12 on.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import accumulate

from srat_tool.base.span import Span
from srat_tool.base.units import MIB, U64
from srat_tool.kernel.boot import Boot
from srat_tool.kernel.distance import Distances
from srat_tool.kernel.events import (
    BlockAbsent,
    BlockClamped,
    BlocksMerged,
    BlocksOverlap,
    HotplugCleared,
    KernelNode,
    NotCovered,
    NumaBlock,
)
from srat_tool.kernel.memblock import MemblockFlags
from srat_tool.kernel.profile import CoverageRule
from srat_tool.kernel.table_events import InvalidBlock


@dataclass(slots=True, kw_only=True)
class NumaInfo:
    """What one attempt at NUMA has found (wiped before the next).

    Attributes:
        blocks: `numa_meminfo`, in the order of the kernel's array.
        reserved: `numa_reserved_meminfo`: ranges without RAM.
        parsed: nodes that a table named (`numa_nodes_parsed`).
        initiators: nodes with generic initiators.
        memoryless: nodes without memory that a log names, whatever is on them.
        distances: the distance table.
        kernel_nodes: nodes with early data, and where it is.
        online: nodes that were registered.
        emulated: the physical node of each fake one.
        adopted: the physical node of each node that fake ones do not represent, which is left
            without memory.
        domains: node of each proximity domain; None while the SRAT counts as rejected.
    """

    blocks: list[NumaBlock] = field(default_factory=list)
    reserved: list[NumaBlock] = field(default_factory=list)
    parsed: set[int] = field(default_factory=set)
    initiators: set[int] = field(default_factory=set)
    memoryless: set[int] = field(default_factory=set)
    distances: Distances = field(default_factory=Distances)
    kernel_nodes: dict[int, list[Span]] = field(default_factory=dict)
    online: set[int] = field(default_factory=set)
    emulated: dict[int, int] = field(default_factory=dict)
    adopted: dict[int, int] = field(default_factory=dict)
    domains: dict[int, int] | None = None

    def add_memblk(
        self, boot: Boot, nid: int, span: Span, offset: int | None = None, *, hot: bool = False
    ) -> bool:
        """Add a range; False only when there is no room for it.

        An empty range is left out without a word, a backwards one with a warning.
        """
        if span.start == span.end:
            return True
        if span.end < span.start:
            boot.say(InvalidBlock(nid, span))
            return True
        if len(self.blocks) >= 2 * boot.profile.max_nodes:
            return False
        origins = () if offset is None else (offset,)
        self.blocks.append(NumaBlock(span.start, span.end, nid, origins, hot))
        return True

    @property
    def possible(self) -> set[int]:
        """Nodes that were named, or that have a block."""
        return self.parsed | {block.nid for block in self.blocks}

    def span_of(self, nid: int) -> Span:
        """Return a node from the start of its lowest block to the end of its highest."""
        return self.spans().get(nid, Span(0, 0))

    def spans(self) -> dict[int, Span]:
        """Return each node that has a block, from the start of its lowest to the end of its last.

        What asks about all nodes asks once.
        """
        found: dict[int, Span] = {}
        for block in self.blocks:
            known = found.get(block.nid)
            if known is None:
                found[block.nid] = block.span
            else:
                start, end = min(known.start, block.start), max(known.end, block.end)
                found[block.nid] = Span(start, end)
        return found


def numa_cleanup_meminfo(boot: Boot, info: NumaInfo) -> str | None:
    """Trim and merge the blocks; return why that failed, or None (`numa_cleanup_meminfo`)."""
    _trim(boot, info)
    return _merge(boot, info)


def _trim(boot: Boot, info: NumaInfo) -> None:
    dram = Span(boot.memblock.start_of_dram, boot.memblock.end_of_dram)
    limits = dram if boot.profile.clamps_to_dram else Span(0, boot.max_pfn << boot.page_shift)
    kept = []
    for block in info.blocks:
        if boot.profile.absent_to_reserved_list and not boot.memblock.memory.overlapping(
            block.start, block.end
        ):
            info.reserved.append(block)
            boot.say(BlockAbsent(block))
            continue
        cut = block._replace(start=max(block.start, limits.start), end=min(block.end, limits.end))
        if block.end > limits.end and boot.profile.absent_to_reserved_list:
            info.reserved.append(block._replace(start=limits.end))
        if cut != block:
            boot.say(BlockClamped(block, cut))
        if cut.start < cut.end:
            kept.append(cut)
    info.blocks[:] = kept


def _merge(boot: Boot, info: NumaInfo) -> str | None:
    """Join blocks of a node unless another node is between, in the kernel's order.

    0 [A A A]   hole   [A A]        0 [A A A]  1 [B]  0 [A A]
    0 [A A A A A A A A A A A]       stays as it is

    Blocks of one node that are not hot-pluggable alike count as those of two.
    """
    runs = _runs(info.blocks)
    if runs is not None:
        info.blocks[:] = _merge_runs(boot, info.blocks, runs)
        return None
    i = 0
    while i < len(info.blocks):
        why = _merge_into(boot, info.blocks, i)
        if why is not None:
            return why
        i += 1
    return None


def _runs(blocks: list[NumaBlock]) -> list[list[int]] | None:
    """Return the indices of blocks that will be joined; None when unlike blocks overlap.

    Where unlike blocks are disjoint, a block is joined with those like it that follow one another
    in address order, and with no others; so not every pair has to be compared.
    """
    runs: list[list[int]] = []
    end = 0
    for i in sorted(range(len(blocks)), key=lambda i: blocks[i].span):
        block = blocks[i]
        if runs and _alike(blocks[runs[-1][0]], block):
            runs[-1].append(i)
        elif block.start < end:
            return None
        else:
            runs.append([i])
        end = max(end, block.end)
    return runs


def _merge_runs(boot: Boot, blocks: list[NumaBlock], runs: list[list[int]]) -> list[NumaBlock]:
    """Join each run into its first block, in the order in which the kernel meets them."""
    merged = []
    for first, *rest in sorted(sorted(run) for run in runs):
        left = blocks[first]
        for i in rest:
            right = blocks[i]
            if left.end > right.start and left.start < right.end:
                boot.say(BlocksOverlap(left, right))
            left = _join(boot, left, right)
        merged.append(left)
    return merged


def _join(boot: Boot, left: NumaBlock, right: NumaBlock) -> NumaBlock:
    low, high = min(left.start, right.start), max(left.end, right.end)
    joined = NumaBlock(low, high, right.nid, left.origins + right.origins, left.hot)
    boot.say(BlocksMerged(left, right, joined))
    return joined


def _merge_into(boot: Boot, blocks: list[NumaBlock], i: int) -> str | None:
    """Compare one block with all that follow it, and join what can be joined."""
    left = blocks[i]
    others = _Others(block for block in blocks if not _alike(block, left))
    j = i + 1
    while j < len(blocks):
        right = blocks[j]
        start, end, nid = right[:3]
        if left.end > start and left.start < end:
            boot.say(BlocksOverlap(left, right))
            if left.nid != nid:
                return f"node {left.nid} overlaps with node {nid}"
        low, high = min(left.start, start), max(left.end, end)
        if not _alike(left, right) or others.touch(low, high):
            j += 1
            continue
        blocks[i] = left = _join(boot, left, right)
        del blocks[j]
    return None


def _alike(left: NumaBlock, right: NumaBlock) -> bool:
    return left.nid == right.nid and left.hot == right.hot


class _Others:
    """Blocks of other nodes, sorted, so that looking whether one is in the way costs no walk.

    `_highest[n]` is where the n + 1 lowest of them end.
    """

    def __init__(self, blocks: Iterable[NumaBlock]) -> None:
        spans = sorted(block.span for block in blocks)
        self._starts = [span.start for span in spans]
        self._highest = list(accumulate((span.end for span in spans), max))

    def touch(self, start: int, end: int) -> bool:
        below = bisect_left(self._starts, end)
        return below > 0 and self._highest[below - 1] > start


def apply_nodes(boot: Boot, info: NumaInfo) -> None:
    """Give RAM its nodes, and take the hotplug marks off nodes with early data."""
    for block in info.blocks:
        boot.memblock.set_node(block.start, block.end - block.start, block.nid)
    if boot.profile.clears_kernel_nodes and not boot.profile.clears_after_node_data:
        numa_clear_kernel_node_hotplug(boot, info)


def numa_clear_kernel_node_hotplug(boot: Boot, info: NumaInfo) -> None:
    """Find the nodes that hold early data; none of their memory can be unplugged.

    *Mirrors:* `numa_clear_kernel_node_hotplug`, since 3.14: whole blocks are cleared, memory in
    the holes that a merge swallowed included.
    """
    reserved = boot.memblock.reserved
    for block in info.blocks:
        reserved.set_node(block.start, block.end - block.start, block.nid)
    for region in reserved:
        if region.nid is not None:
            info.kernel_nodes.setdefault(region.nid, []).append(region.span)
    for nid, taken in sorted(info.kernel_nodes.items()):
        boot.say(KernelNode(nid, tuple(taken)))
    for block in info.blocks:
        touched = boot.memblock.memory.overlapping(block.start, block.end)
        hot = any(region.flags & MemblockFlags.HOTPLUG for region in touched)
        if hot and block.nid in info.kernel_nodes:
            boot.memblock.clear_hotplug(block.start, block.end - block.start)
            boot.say(HotplugCleared(block))


def cover_memory(boot: Boot, info: NumaInfo) -> str | None:
    """Return why too much RAM is left without a node; None when it is not."""
    if boot.profile.coverage is CoverageRule.REGIONS_WITHOUT_NODE:
        return _memblock_validate_numa_coverage(boot)
    return _numa_meminfo_cover_memory(boot, info)


def _memblock_validate_numa_coverage(boot: Boot) -> str | None:
    """*Mirrors:* mm/memblock.c `memblock_validate_numa_coverage`, since 6.8."""
    ranges = list(boot.memblock.for_each_mem_pfn_range())
    missing = sum(pages.pages for pages, nid in ranges if nid is None) << boot.page_shift
    if missing <= boot.profile.coverage_slack:
        return None
    total = boot.memblock.memory.total_size
    boot.say(NotCovered(total - missing, missing, total))
    return f"{missing // MIB} MiB of RAM are in no range of it"


def _numa_meminfo_cover_memory(boot: Boot, info: NumaInfo) -> str | None:
    """*Mirrors:* `numa_meminfo_cover_memory`, 3.10 to 6.7: RAM counts only in its own node.

    Linux: in the 2013 series no RAM has a node yet, so what is in two blocks counts twice.
    """
    any_node = boot.profile.coverage is CoverageRule.PAGES_OF_ANY_BLOCK
    pages = sum(pages.pages for pages, _ in boot.memblock.for_each_mem_pfn_range())
    total, size = pages << boot.page_shift, 1 << boot.page_shift
    covered = 0
    for block in info.blocks:
        start = block.start & ~(size - 1) & U64
        end = block.end & ~(size - 1) & U64
        for region in boot.memblock.memory.overlapping(start, end):
            if any_node or region.nid == block.nid:
                first = -(-region.base // size) * size
                last = region.end // size * size
                covered += max(0, min(last, end) - max(first, start))
    missing = total - covered
    if missing < boot.profile.coverage_slack:
        return None
    boot.say(NotCovered(covered, missing, total))
    return f"{missing // MIB} MiB of RAM are in no range of it"
