"""Zones that cannot overlap: the 2013 series and all kernels before 4.13."""

from __future__ import annotations

from srat_tool.base.units import GIB, MIB
from tests.hotplug import after


def test_added_memory_stretches_the_kernel_zone_at_once() -> None:
    """It is spanned before it is online."""
    state = after("dimm:8G+1G,pxm=1", profile="3.10")
    assert state.zone(1, "Normal").span.end == 9 * GIB
    assert state.zone(1, "Normal").present == 262144


def test_the_border_moves_in_both_directions() -> None:
    """The lowest movable block can go back."""
    events = ("dimm:8G+1G,pxm=1", "online_movable:8960M+256M")
    state = after(*events, profile="3.10")
    assert state.zone(1, "Movable").span == (8960 * MIB, 9 * GIB)
    state = after(*events, "offline:8960M+128M", "online_kernel:8960M+128M", profile="3.10")
    assert state.zone(1, "Movable").span == (9088 * MIB, 9 * GIB)
    assert state.zone(1, "Normal").span.end == 9088 * MIB
