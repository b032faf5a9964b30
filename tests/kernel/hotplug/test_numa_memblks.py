"""The node of an address."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from srat_tool.base.span import Span
from srat_tool.base.units import GIB
from srat_tool.kernel.events import NumaBlock
from srat_tool.kernel.hotplug.numa_memblks import (
    meminfo_to_nid,
    memory_add_physaddr_to_nid,
    phys_to_target_node,
    planned_nodes,
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


_BLOCKS = st.lists(
    st.builds(
        lambda start, size, nid: NumaBlock(start, start + size, nid),
        *(st.integers(0, 20), st.integers(0, 8), st.integers(0, 3)),
    ),
    max_size=8,
)


@given(_BLOCKS, _BLOCKS, st.integers(0, 20), st.integers(1, 12))
def test_the_nodes_of_all_addresses(
    blocks: list[NumaBlock], reserved: list[NumaBlock], start: int, size: int
) -> None:
    """Runs give what the kernel finds by walking, with any overlap; parts of a range join up."""
    state = running()
    info = state.numa.info
    info.blocks[:], info.reserved[:] = blocks, reserved
    found = planned_nodes(state.boot, state.numa)
    asked = range(32)
    expected = [phys_to_target_node(state.boot, state.numa, address) for address in asked]
    assert [found.at(address) for address in asked] == expected
    span = Span(start, start + size)
    parts = list(found.within(span))
    assert [(part.start, part.end) for part, _ in parts] == [
        (part.start, after)
        for (part, _), after in zip(
            parts, [*(p.start for p, _ in parts[1:]), span.end], strict=True
        )
    ]
    assert parts[0][0].start == span.start
    assert [nid for part, nid in parts for _ in range(part.size)] == expected[start : span.end]
