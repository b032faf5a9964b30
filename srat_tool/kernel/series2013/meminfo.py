"""What the series asks of numa_meminfo: nodes of addresses and reservations, runs to map.

*Mirrors:* arch/x86/mm/numa.c `memory_add_physaddr_to_nid` (patch 8), mm/memblock.c
`memblock_reserve`, arch/x86/mm/init.c `init_mem_mapping`, 3.9 and 3.10 with the series.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby

from srat_tool.base.span import Span
from srat_tool.kernel.events import NumaBlock


class AddressToNode:
    """The node of every address, by blocks of numa_meminfo in the kernel's order.

    The last block that holds an address counts; outside all blocks it is the first block's node.
    """

    def __init__(self, blocks: Sequence[NumaBlock]) -> None:
        first = blocks[0].nid if blocks else 0
        self._borders = sorted({0, *(border for block in blocks for border in block.span)})
        self._nids = []
        for border in self._borders:
            holding = [block.nid for block in blocks if block.span.holds(border)]
            self._nids.append(holding[-1] if holding else first)

    def nid(self, address: int) -> int:
        """Return an address's node (`memory_add_physaddr_to_nid`)."""
        return self._nids[bisect_right(self._borders, address) - 1]

    def same_from(self, address: int) -> int:
        """Return an address from which on all up to this one are of its node."""
        return self._borders[bisect_right(self._borders, address) - 1]


def nid_of_reservation(blocks: Sequence[NumaBlock], start: int, end: int) -> int | None:
    """Return the node of the first block that holds a whole reservation.

    Linux: the last byte is compared with the block's end, so one byte may stick out.
    """
    for block in blocks:
        if block.start <= start and end - 1 <= block.end:
            return block.nid
    return None


def runs(blocks: Sequence[NumaBlock]) -> Iterator[tuple[int, Span]]:
    """Yield consecutive blocks of one node, from the first's start to the last's end.

    The blocks stand in table order, so a run may hold other nodes' RAM, or be backwards.
    """
    for nid, group in groupby(blocks, key=lambda block: block.nid):
        run = list(group)
        yield nid, Span(run[0].start, run[-1].end)
