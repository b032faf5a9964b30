"""The file valid_zones."""

from __future__ import annotations

from tests.hotplug import answers


def test_offline_blocks_show_the_default_first() -> None:
    """With movable_node that is ZONE_MOVABLE."""
    (plain,) = answers("dimm:8G+1G,pxm=1", cmdline="memhp_default_state=offline")
    (movable,) = answers("dimm:8G+1G,pxm=1", cmdline="memhp_default_state=offline movable_node")
    assert plain.blocks[0].valid_zones == ("Normal", "Movable")
    assert movable.blocks[0].valid_zones == ("Movable", "Normal")


def test_zones_that_cannot_overlap_leave_no_choice() -> None:
    """Kernels before 4.13 decide when memory is added."""
    (answer,) = answers("dimm:8G+1G,pxm=1", profile="3.10")
    assert answer.blocks[0].valid_zones == ("Normal",)
