"""The node of an address."""

from __future__ import annotations

from srat_tool.base.units import GIB
from srat_tool.kernel.events import NumaBlock
from srat_tool.kernel.hotplug.numa_memblks import (
    meminfo_to_nid,
    memory_add_physaddr_to_nid,
    phys_to_target_node,
)
from tests.hotplug import running


def test_ranges_without_ram_are_known_for_planned_memory_only() -> None:
    """What is added without a node looks at ranges with RAM, else takes the first one's node."""
    state = running()
    assert phys_to_target_node(state.boot, state.numa, 13 * GIB) == 2
    assert memory_add_physaddr_to_nid(state.boot, state.numa, 13 * GIB) == 0
    assert phys_to_target_node(state.boot, state.numa, 64 * GIB) is None


def test_ends_are_exclusive() -> None:
    """The byte after a block is outside it."""
    blocks = [NumaBlock(0, 10, 3)]
    assert (meminfo_to_nid(blocks, 9), meminfo_to_nid(blocks, 10)) == (3, None)
