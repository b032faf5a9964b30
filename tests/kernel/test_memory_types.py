"""Types of nodes: who fixes them, and when they go."""

from __future__ import annotations

from srat_tool.kernel.memory_types import (
    NodeTypes,
    clear_node_memory_type,
    init_node_memory_type,
    set_node_memory_tier,
)

NONE: NodeTypes = {}


def test_the_first_memory_fixes_the_type() -> None:
    """A DIMM first, then kmem: DRAM stays."""
    dimm = set_node_memory_tier(NONE, 1, 576)
    both = init_node_memory_type(dimm, 1, 2880)
    assert both[1].type.adistance == 576


def test_a_device_that_goes_takes_a_use_along() -> None:
    """Linux does not ask whose use it is: the type of a DIMM goes with a device of kmem."""
    dimm = set_node_memory_tier(NONE, 1, 576)
    assert clear_node_memory_type(init_node_memory_type(dimm, 1, 2880), 1) == {}


def test_two_devices() -> None:
    """The type stays until the second one goes."""
    both = init_node_memory_type(init_node_memory_type(NONE, 1, 2304), 1, 2304)
    one = clear_node_memory_type(both, 1)
    assert one[1].type.adistance == 2304
    assert clear_node_memory_type(one, 1) == {}
    assert clear_node_memory_type(NONE, 1) == {}
