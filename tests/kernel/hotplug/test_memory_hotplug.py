"""Blocks come, go online and offline, and go."""

from __future__ import annotations

from srat_tool.base.units import GIB
from tests.hotplug import after, answers


def test_zones_grow_over_holes_and_shrink_at_their_ends() -> None:
    """A hole in the middle of a zone stays in its span."""
    state = after("dimm:8G+1G,pxm=1", "dimm:10G+1G,pxm=1", cmdline="movable_node")
    assert state.zone(1, "Movable").span == (8 * GIB, 11 * GIB)
    state = after("dimm:8G+1G,pxm=1", "dimm:10G+1G,pxm=1", "remove:d1", cmdline="movable_node")
    assert state.zone(1, "Movable").span == (8 * GIB, 9 * GIB)


def test_blocks_that_hold_their_own_map_are_not_all_managed() -> None:
    """512 of the 32768 pages of a block; before 6.8 only for a range of one block."""
    option = "memory_hotplug.memmap_on_memory=1 memhp_default_state=online"
    (many,) = answers("dimm:8G+256M,pxm=1", cmdline=option)
    assert (many.present_pages, many.managed_pages) == (65536, 64512)
    assert many.memmap == (4 << 20, 1, True)
    (old,) = answers("dimm:8G+256M,pxm=1", cmdline=option, profile="6.1")
    assert (old.present_pages, old.managed_pages) == (65536, 65536)
    (one,) = answers("dimm:8G+128M,pxm=1", cmdline=option, profile="6.1")
    assert one.managed_pages == 32256


def test_the_memory_map_of_a_node_without_kernel_memory_goes_elsewhere() -> None:
    """Node 2 has nothing but ZONE_MOVABLE."""
    first, second = answers("dimm:12G+1G,pxm=2", "dimm:13G+1G,pxm=2", cmdline="movable_node")
    assert first.memmap is not None
    assert (first.memmap.bytes, first.memmap.nid) == (16 << 20, 0)
    assert second.memmap is not None
    assert second.memmap.nid == 0


def test_offline_is_refused_in_the_order_of_the_kernels_checks() -> None:
    """Two zones without a word, holes with one; a kernel zone is a maybe."""
    zones, hole, kernel = answers("offline:0+128M", "offline:1920M+128M", "offline:4G+128M")
    assert zones.error == "EINVAL"
    assert hole.error is not None
    assert hole.error.endswith("failed due to memory holes")
    assert (kernel.accepted, kernel.present_pages) == (None, 0)


def test_a_node_leaves_with_its_last_block() -> None:
    """Node 2 is online from the first block on."""
    assert 2 in after("dimm:12G+1G,pxm=2").nodes_online
    state = after("dimm:12G+1G,pxm=2", "remove:d0", cmdline="movable_node")
    assert 2 not in state.nodes_online
    assert 2 not in state.has_memory


def test_addresses_beyond_the_architecture_are_refused() -> None:
    """No page table reaches them."""
    (answer,) = answers("dimm:4096T+1G,pxm=1")
    assert answer.error is not None
    assert answer.error.startswith("E2BIG: Hotplug memory [0x10000000000000-")
