"""virtio-mem: blocks that are partly there, and requests that shrink."""

from __future__ import annotations

from srat_tool.base.units import GIB, MIB
from tests.hotplug import answers

REGION = "virtio-mem:8G+4G,block=2M,requested={},pxm=1"
MOVABLE = "memhp_default_state=online_movable"


def test_the_last_block_is_present_whole_and_managed_in_part() -> None:
    """A request of 200 MiB makes two blocks."""
    (answer,) = answers(REGION.format("200M"), cmdline=MOVABLE)
    assert (answer.present_pages, answer.managed_pages) == (65536, 51200)
    assert answer.why == "200M are plugged" or answer.nid == 1


def test_more_fills_the_partial_block_first() -> None:
    """Then blocks follow."""
    _, answer = answers(REGION.format("200M"), "resize:d0=1G", cmdline=MOVABLE)
    assert (answer.present_pages, answer.managed_pages) == (196608, 210944)


def test_less_takes_movable_blocks_from_the_top() -> None:
    """What is left of the highest block that stays is present, and not managed."""
    _, answer = answers(REGION.format("1G"), "resize:d0=200M", cmdline=MOVABLE)
    assert [(b.start, b.end) for b in answer.blocks if b.state == "gone"] == [
        (8 * GIB + at * 128 * MIB, 8 * GIB + (at + 1) * 128 * MIB) for at in range(7, 1, -1)
    ]
    assert (answer.present_pages, answer.managed_pages) == (-196608, -210944)


def test_less_of_a_kernel_zone_is_a_maybe() -> None:
    """Only free memory can be unplugged there."""
    _, answer = answers(REGION.format("1G"), "resize:d0=200M")
    assert answer.accepted is None


def test_blocks_wait_while_too_much_is_offline() -> None:
    """1 GiB of offline blocks is the limit; each block that goes online makes room."""
    first, second = answers(
        REGION.format("2G"), "online_movable:8G+256M", cmdline="memhp_default_state=offline"
    )
    assert sum(block.end - block.start for block in first.blocks) == GIB
    assert sum(b.end - b.start for b in second.blocks if b.state == "offline") == 256 * MIB


def test_auto_movable_lets_kernel_memory_of_the_device_count() -> None:
    """Three movable blocks for every kernel block, once the share of the boot is used up."""
    (answer,) = answers(
        "virtio-mem:8G+8G,block=128M,requested=4G,pxm=1",
        cmdline="memory_hotplug.online_policy=auto-movable",
    )
    zones = [(block.zone, (block.end - block.start) // (128 * MIB)) for block in answer.blocks]
    assert zones == [
        ("Movable", 24),
        ("Normal", 1),
        ("Movable", 3),
        ("Normal", 1),
        ("Movable", 3),
    ]


def test_a_device_with_memory_stays() -> None:
    """The host must take all of it back first."""
    *_, refused, _, gone = answers(
        REGION.format("256M"), "remove:d0", "resize:d0=0", "remove:d0", cmdline=MOVABLE
    )
    assert refused.error == "EBUSY: device still has system memory added"
    assert gone.accepted


def test_before_big_blocks_a_device_block_can_be_as_large_as_a_memory_block() -> None:
    """Only a larger one is refused, by a line of its own."""
    same, larger = answers(
        "virtio-mem:8G+1G,block=128M,requested=256M,pxm=1",
        "virtio-mem:12G+1G,block=256M,requested=256M,pxm=2",
        profile="5.10",
        cmdline=MOVABLE,
    )
    assert (same.accepted, same.managed_pages) == (True, 65536)
    assert (larger.accepted, larger.error) == (
        False,
        "EINVAL: The block size is not supported (too big).",
    )


def test_a_region_with_other_memory_in_it_is_refused() -> None:
    """The driver reserves its region first."""
    answer, _, after = answers("virtio-mem:5G+1G,id=v", "dimm:8G+1G", "virtio-mem:8G+2G,id=w")
    for one in (answer, after):
        assert one.error == "EBUSY: could not reserve device region"
        assert one.accepted is False


def test_the_driver_prints_what_it_found() -> None:
    """When a device comes, and when the host changes what it wants."""
    plugged, resized = answers(
        "virtio-mem:8G+4G,block=2M,requested=512M,pxm=2", "resize:d0=1300M", cmdline=MOVABLE
    )
    assert plugged.lines == tuple(
        f"virtio_mem virtio0: {line}"
        for line in (
            "start address: 0x200000000",
            "region size: 0x100000000",
            "device block size: 0x200000",
            "nid: 2",
            "memory block size: 0x8000000",
            "subblock size: 0x200000",
            "plugged size: 0x0",
            "requested size: 0x20000000",
        )
    )
    assert resized.lines == (
        "virtio_mem virtio0: plugged size: 0x20000000",
        "virtio_mem virtio0: requested size: 0x51400000",
    )


def test_the_driver_warns_of_a_region_that_is_not_aligned() -> None:
    """The second device has the second number; big blocks are named as such."""
    *_, second = answers("dimm:20G+1G", "virtio-mem:8G+1G", "virtio-mem:12352M+512M,block=64M,id=v")
    said = [line.removeprefix("virtio_mem virtio1: ") for line in second.lines]
    assert "The alignment of the physical start address can make some memory unusable." in said
    assert "subblock size: 0x4000000" in said
    (big,) = answers("virtio-mem:8G+1G,block=128M")
    assert "virtio_mem virtio0: big block size: 0x8000000" in big.lines
    (old,) = answers("virtio-mem:8G+1G", profile="5.10")
    assert not old.lines
