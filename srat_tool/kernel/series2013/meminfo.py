"""Look-ups in numa_meminfo: the node of an address or a reservation, and the runs to map.

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
    """The node of every address, from the blocks of numa_meminfo in the kernel's order.

    The last block that contains the address decides; outside all blocks, the first block does.
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
        """Return an address such that all from it to `address` have the same node."""
        return self._borders[bisect_right(self._borders, address) - 1]


def nid_of_reservation(blocks: Sequence[NumaBlock], start: int, end: int) -> int | None:
    """Return the node of the first block that contains the whole reservation, else None.

    Linux: the last byte is compared with the block's end, so one byte may be outside.
    """
    for block in blocks:
        if block.start <= start and end - 1 <= block.end:
            return block.nid
    return None


def runs(blocks: Sequence[NumaBlock]) -> Iterator[tuple[int, Span]]:
    """Yield each run of consecutive blocks of one node, from the first start to the last end.

    The blocks are in table order, so a run may contain RAM of other nodes, or end before it starts.
    """
    for nid, group in groupby(blocks, key=lambda block: block.nid):
        run = list(group)
        yield nid, Span(run[0].start, run[-1].end)
