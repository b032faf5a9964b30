"""Zones that cannot overlap: the 2013 series and all kernels before 4.13."""

from __future__ import annotations

from srat_tool.base.units import GIB, MIB
from tests.hotplug import after, answers


def test_added_memory_stretches_the_kernel_zone_at_once() -> None:
    """It is spanned before it is online."""
    state = after("dimm:8G+1G,pxm=1", profile="3.10")
    assert state.zone(1, "Normal").span.end == 9 * GIB
    assert state.zone(1, "Normal").present == 262144


def test_the_border_moves_in_both_directions() -> None:
    """The lowest movable block can go back."""
    events = ("dimm:8G+1G,pxm=1", "online_movable:9088M+128M", "online_movable:8960M+128M")
    state = after(*events, profile="3.10")
    assert state.zone(1, "Movable").span == (8960 * MIB, 9 * GIB)
    state = after(*events, "offline:8960M+128M", "online_kernel:8960M+128M", profile="3.10")
    assert state.zone(1, "Movable").span == (9088 * MIB, 9 * GIB)
    assert state.zone(1, "Normal").span.end == 9088 * MIB


def test_only_the_last_block_of_the_kernel_zone_can_leave_it() -> None:
    """Blocks go online in ascending order: each but the last ends below the zone's end."""
    events = ("dimm:8G+1G,pxm=1", "online:8G+512M", "dimm:100G+1G,pxm=1")
    *_, far = answers(*events, "online_movable:100G+1G", profile="3.10")
    assert (far.accepted, far.error) == (False, "EPERM")
    assert [(run.start, run.end, run.zone) for run in far.blocks] == [
        (101 * GIB - 128 * MIB, 101 * GIB, "Movable")
    ]
    state = after(*events, "online_movable:100G+1G", profile="3.10")
    assert state.zone(1, "Normal").span.end == 101 * GIB - 128 * MIB
    *_, below = answers(*events, "online_movable:8704M+128M", profile="3.10")
    assert (below.error, below.blocks) == ("EPERM", ())
