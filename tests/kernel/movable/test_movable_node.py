from srat_tool.base.units import GIB
from srat_tool.kernel.memblock import MemblockFlags
from srat_tool.kernel.movable import policy_of
from srat_tool.kernel.movable.movable_node import MOVABLE_NODE
from srat_tool.kernel.zone_policy import Limits
from tests.machines import boot

NO_LIMITS = Limits((), (), 0)


def test_the_lowest_hot_page_of_each_node() -> None:
    """Rounded down to a page before 6.12 and up from then on."""
    for kernel, pfn in (("6.1", 0x140000), ("6.12", 0x140001)):
        one = boot("movable_node", kernel=kernel)
        one.memblock.set_node(4 * GIB, 2 * GIB, 1)
        one.memblock.mark_hotplug(5 * GIB + 0x234, GIB)
        assert MOVABLE_NODE.place(one, NO_LIMITS, ()).starts == {1: pfn}


def test_it_comes_before_everything_else() -> None:
    """Sizes and mirrors are not looked at, even where nothing is hot."""
    one = boot("movable_node kernelcore=mirror movablecore=1G")
    assert policy_of(one) is MOVABLE_NODE
    assert MOVABLE_NODE.place(one, NO_LIMITS, ()).starts == {}
    assert all(region.flags == MemblockFlags.NONE for region in one.memblock.memory)
