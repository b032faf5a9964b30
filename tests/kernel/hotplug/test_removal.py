"""A device goes with all its blocks, or not at all."""

from __future__ import annotations

from tests.hotplug import after, answers


def test_movable_blocks_go_together() -> None:
    """No block is left."""
    *_, gone = answers("dimm:8G+1G,pxm=1", "remove:d0", cmdline="movable_node")
    assert gone.accepted
    assert [block.state for block in gone.blocks] == ["gone"]
    assert gone.present_pages == -262144


def test_kernel_memory_may_stay() -> None:
    """The outcome is unknown before; the plan continues as if the kernel had refused."""
    state = after("dimm:8G+1G,pxm=1", "remove:d0")
    assert state.present(1) == 2 * 262144


def test_boot_memory_goes_when_a_device_describes_it() -> None:
    """The driver binds to its blocks, then ejects them."""
    bound, removed = answers(
        "dimm:5G+1G,pxm=1", "remove:d0", cmdline="nokaslr kernelcore=2G movablecore=3G"
    )
    assert bound.accepted
    assert removed.accepted is False or removed.accepted is None
