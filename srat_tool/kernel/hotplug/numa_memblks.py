"""Which node an address belongs to once the machine runs.

*Mirrors:* arch/x86/mm/numa.c, mm/numa_memblks.c from 6.12: `memory_add_physaddr_to_nid`,
`phys_to_target_node`; arm64's own driver before 6.12 knows no node and answers 0.
"""

from __future__ import annotations

from collections.abc import Iterable

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
    lists = [numa.info.blocks, numa.info.reserved]
    if boot.profile.window_first:
        lists.reverse()
    for blocks in lists:
        found = meminfo_to_nid(blocks, address)
        if found is not None:
            return found
    return None
