from srat_tool.base.units import GIB
from srat_tool.kernel.events import MirrorIgnored, UnmirroredKernelMemory
from srat_tool.kernel.movable import policy_of
from srat_tool.kernel.movable.mirror import MIRROR
from srat_tool.kernel.zone_policy import Limits
from tests.machines import boot

NO_LIMITS = Limits((), (), 0)


def test_without_mirrored_memory() -> None:
    """Older kernels make everything above 4 GiB movable, later ones ignore the option."""
    old = boot("kernelcore=mirror kernelcore=1G", kernel="6.1")
    old.memblock.set_node(0, 2 * GIB, 0)
    old.memblock.set_node(4 * GIB, 2 * GIB, 1)
    assert policy_of(old) is MIRROR
    assert MIRROR.place(old, NO_LIMITS, ()).starts == {1: 0x100000}
    assert old.events == [UnmirroredKernelMemory()]
    new = boot("kernelcore=mirror", kernel="6.12")
    assert MIRROR.place(new, NO_LIMITS, ()).starts == {}
    assert new.events == [MirrorIgnored()]


def test_mirrored_memory_stays_with_the_kernel() -> None:
    """The lowest unmirrored page above 4 GiB of each node counts."""
    one = boot("kernelcore=mirror", kernel="7.2")
    one.memblock.set_node(0, 6 * GIB, 0)
    one.memblock.mark_mirror(0, 5 * GIB)
    assert MIRROR.place(one, NO_LIMITS, ()).starts == {0: 0x140000}
    assert one.events == []
