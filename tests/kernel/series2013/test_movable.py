"""The policy of `movablecore=acpi`: kernel nodes, reservations, zone start, and the leaky walk."""

from __future__ import annotations

from srat_tool.base.span import Span
from srat_tool.base.units import GIB, MIB, PAGE_SIZE
from srat_tool.kernel.boot import Boot
from srat_tool.kernel.memblock import MemblockRegion, SeriesFlags
from srat_tool.kernel.movable import policy_of
from srat_tool.kernel.numa_init import numa_init
from srat_tool.kernel.numa_meminfo import NumaInfo
from srat_tool.kernel.profile import KernelProfile
from srat_tool.kernel.series2013.memory import SeriesMemblock
from srat_tool.kernel.series2013.movable import (
    MOVABLECORE_ACPI,
    free_hotpluggable,
    mark_kernel_nodes,
    reserve_hotpluggable,
)
from srat_tool.kernel.zone_policy import Limits
from tests.kernel.series2013.support import INTENDED, V2_POSTED, start, tables
from tests.machines import mem

RAM = (Span(0, 2 * GIB), Span(4 * GIB, 12 * GIB))
IMAGE = Span(16 * MIB, 48 * MIB)
NO_LIMITS = Limits((), (), 0)


class Policy:
    """Node 0 has 2 GiB, nodes 1 to 4 have 2 GiB each from 4 GiB on; the image is on node 0."""

    def __init__(self, *hot: int, profile: KernelProfile = INTENDED, taken: Span = IMAGE) -> None:
        self.boot: Boot
        self.memblock: SeriesMemblock
        self.boot, self.memblock = start(RAM, {IMAGE, taken}, "movablecore=acpi", profile)
        entries = [mem(0, 0, 2 * GIB, hot=0 in hot)]
        entries += [
            mem(nid, (2 + 2 * nid) * GIB, (4 + 2 * nid) * GIB, hot=nid in hot)
            for nid in range(1, 5)
        ]
        assert profile.series is not None
        self.variant = profile.series
        self.info: NumaInfo = numa_init(self.boot, tables(entries)).info
        self.stray = mark_kernel_nodes(self.boot, self.memblock, self.info, self.variant)

    def reserve(self) -> list[int | None]:
        """Reserve the hot blocks; return whose regions are HOTPLUGGABLE now."""
        reserve_hotpluggable(self.memblock, self.info, self.variant)
        hot = SeriesFlags.HOTPLUGGABLE
        return [region.nid for region in self.memblock.reserved if region.flags == hot]

    def starts(self) -> dict[int, int]:
        """Return where the policy starts ZONE_MOVABLE."""
        return MOVABLECORE_ACPI.place(self.boot, NO_LIMITS, ()).starts


def test_the_kernels_node_is_found_and_spared() -> None:
    """Node 0 holds the image: its hot range is not reserved."""
    policy = Policy(0, 1)
    assert policy.info.kernel_nodes == {0: [IMAGE]}
    assert policy.reserve() == [1]


def test_as_posted_nobody_is_a_kernel_node() -> None:
    """No reservation has a node yet, so the kernel's own node is reserved as HOTPLUGGABLE."""
    policy = Policy(0, 1, profile=V2_POSTED)
    assert policy.info.kernel_nodes == {}
    assert len(policy.stray) == 1
    assert set(policy.reserve()) == {0, 1}


def test_a_reservation_across_two_nodes_marks_neither() -> None:
    """Only a block that holds it whole gives it a node."""
    across = Span(6 * GIB - MIB, 6 * GIB + MIB)
    policy = Policy(1, 2, taken=across)
    assert list(policy.info.kernel_nodes) == [0]
    assert [region.span for region in policy.stray] == [across]


def test_zone_starts_at_the_lowest_reservation_unrounded() -> None:
    """In pages, or as posted in bytes."""
    pages = {}
    for profile in (INTENDED, V2_POSTED):
        policy = Policy(1, 2, profile=profile)
        policy.memblock.reserve(4 * GIB, PAGE_SIZE)
        policy.reserve()
        pages[profile.name] = policy.starts()
    assert pages[INTENDED.name] == {1: 4 * GIB // PAGE_SIZE + 1, 2: 6 * GIB // PAGE_SIZE}
    assert pages[V2_POSTED.name] == {1: 4 * GIB + PAGE_SIZE, 2: 6 * GIB}


def test_the_switch_is_the_first_policy() -> None:
    """It takes precedence over any size, and only where it was given."""
    for cmdline, name in (
        ("kernelcore=1G movablecore=acpi", "movablecore=acpi"),
        ("kernelcore=1G", "sizes"),
    ):
        policy = policy_of(start(RAM, cmdline=cmdline)[0])
        assert policy is not None
        assert policy.name == name


def test_the_walk_misses_every_second_entry_of_a_run() -> None:
    """Consecutive list entries leak, whether or not they touch; anything between ends the run.

    list     |plain|H 1|H 2|H 3|L 4|H 4|
    freed            x       x       x
    leaked               x
    """
    local, hot = SeriesFlags.LOCAL_NODE, SeriesFlags.HOTPLUGGABLE
    regions = [MemblockRegion(16 * MIB, MIB)]
    regions += [MemblockRegion((2 + 2 * nid) * GIB, GIB, nid, hot) for nid in (1, 2, 3)]
    regions += [MemblockRegion(10 * GIB, MIB, 4, local), MemblockRegion(11 * GIB, GIB, 4, hot)]
    freed = free_hotpluggable(regions)
    assert [region.nid for region in freed.released] == [1, 3, 4]
    assert [region.nid for region in freed.leaked] == [2]
    assert [region.flags for region in freed.kept] == [local]
    assert [region.nid for region in regions] == [None, 2, 4]
