"""What the boot put into memory, in words."""

from __future__ import annotations

from srat_tool.base.units import MIB
from srat_tool.kernel.hotplug.occupants import Content, for_any_node, node_name


def test_each_field_is_worded_once() -> None:
    """A node, an address and a size follow the name."""
    assert str(Content("NODE_DATA", 1)) == "NODE_DATA of node 1"
    assert str(Content("an early allocation", at=0x1000)) == "an early allocation at 0x1000"
    map_of = Content("the memory map", 2, size=64 * MIB)
    assert str(map_of) == "the memory map of node 2 (about 64M)"


def test_a_node_may_be_any() -> None:
    """Only its own number is left out."""
    assert [node_name(for_any_node(nid, 1)) for nid in (None, 0, 1)] == [
        "no node",
        "node 0",
        "the node",
    ]
