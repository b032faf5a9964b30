"""Which node an address belongs to once the machine runs.

*Mirrors:* arch/x86/mm/numa.c, mm/numa_memblks.c from 6.12: `memory_add_physaddr_to_nid`,
`phys_to_target_node`; arm64's own driver before 6.12 knows no node and answers 0.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from heapq import heappop, heappush
from typing import NamedTuple

from srat_tool.base.span import Span
from srat_tool.kernel.boot import Boot
from srat_tool.kernel.events import NumaBlock
from srat_tool.kernel.numa_init import NumaResult
from srat_tool.kernel.profile import NumaDriver


def meminfo_to_nid(blocks: Iterable[NumaBlock], address: int) -> int | None:
    """Return the node of the block that holds an address; None when none does."""
    for block in blocks:
        if block.start <= address < block.end:
            return block.nid
    return None


def memory_add_physaddr_to_nid(boot: Boot, numa: NumaResult, address: int) -> int:
    """Return the node of memory that is added without a node."""
    if boot.profile.numa_driver in (NumaDriver.DIRECT, NumaDriver.NONE) or not numa.info.blocks:
        return 0
    found = meminfo_to_nid(numa.info.blocks, address)
    return numa.info.blocks[0].nid if found is None else found


def phys_to_target_node(boot: Boot, numa: NumaResult, address: int) -> int | None:
    """Return the node that an address is planned for; None is NUMA_NO_NODE."""
    return meminfo_to_nid(_planned(boot, numa), address)


def _planned(boot: Boot, numa: NumaResult) -> Iterator[NumaBlock]:
    """Yield the blocks that map addresses to their planned nodes; the first match counts."""
    lists = [numa.info.blocks, numa.info.reserved]
    if boot.profile.window_first:
        lists.reverse()
    for blocks in lists:
        yield from blocks


class PlannedNodes(NamedTuple):
    """`phys_to_target_node` of all addresses: the node of each run, from its start to the next.

    Attributes:
        starts: ascending, in bytes; the first is 0.
        nids: the node of each run; None is NUMA_NO_NODE.
    """

    starts: Sequence[int]
    nids: Sequence[int | None]

    def at(self, address: int) -> int | None:
        """Return the node of one address."""
        return self.nids[bisect_right(self.starts, address) - 1]

    def within(self, span: Span) -> Iterator[tuple[Span, int | None]]:
        """Yield the parts of a range, each of one node."""
        first = bisect_right(self.starts, span.start) - 1
        for number in range(first, len(self.starts)):
            start = max(self.starts[number], span.start)
            if start >= span.end:
                return
            last = number + 1 == len(self.starts)
            end = span.end if last else min(self.starts[number + 1], span.end)
            yield Span(start, end), self.nids[number]


def planned_nodes(boot: Boot, numa: NumaResult) -> PlannedNodes:
    """Return the nodes of all addresses, in one pass over the blocks in order of address."""
    blocks = list(_planned(boot, numa))
    by_start = sorted(range(len(blocks)), key=lambda number: blocks[number].start)
    borders = sorted({edge for block in blocks for edge in (block.start, block.end)})
    starts, nids = [0], list[int | None]([None])
    there: list[int] = []
    following = 0
    for at in borders:
        while following < len(by_start) and blocks[by_start[following]].start <= at:
            heappush(there, by_start[following])
            following += 1
        # The first block in order that holds the address counts; one that has ended is dropped.
        while there and blocks[there[0]].end <= at:
            heappop(there)
        nid = blocks[there[0]].nid if there else None
        if nid == nids[-1]:
            continue
        if at == starts[-1]:
            nids[-1] = nid
        else:
            starts.append(at)
            nids.append(nid)
    return PlannedNodes(starts, nids)
