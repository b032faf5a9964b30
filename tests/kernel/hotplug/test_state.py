"""Zones, devices and policies of a running machine."""

from __future__ import annotations

from srat_tool.base.span import Span
from srat_tool.base.units import GIB
from srat_tool.kernel.hotplug.state import HotZone


def test_a_zone_grows_over_what_joins_it() -> None:
    """An empty one begins there."""
    zone = HotZone(nid=0, name="Movable")
    zone.grow(Span(4 * GIB, 5 * GIB))
    assert zone.span == Span(4 * GIB, 5 * GIB)
    zone.grow(Span(GIB, 2 * GIB))
    assert zone.span == Span(GIB, 5 * GIB)
    zone.resize(Span(0, 0))
    assert (zone.start, zone.spanned) == (0, 0)
