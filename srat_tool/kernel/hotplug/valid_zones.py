"""What the file `valid_zones` of a memory block shows.

*Mirrors:* drivers/base/memory.c `valid_zones_show`, 3.18 to 7.2.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from srat_tool.base.span import Span
from srat_tool.kernel.hotplug.block_runs import HotRun
from srat_tool.kernel.hotplug.rules import ZoneRule
from srat_tool.kernel.hotplug.state import HotplugState
from srat_tool.kernel.hotplug.zone_for_pfn_range import zone_for_pfn_range
from srat_tool.kernel.zones import MOVABLE


class ValidZones(NamedTuple):
    """Blocks with the same answer: their zone, or those that they can get, the default first."""

    span: Span
    zones: tuple[str, ...]


def valid_zones(state: HotplugState, run: HotRun) -> Iterator[ValidZones]:
    """Yield the answers of a run, in ascending order of address."""
    if run.online:
        yield ValidZones(run.span, ("none",) if run.zone is None else (run.zone,))
        return
    if state.rules.zones is ZoneRule.SHIFT:
        yield ValidZones(run.span, _one_zone(state, run))
        return
    rest = run
    while rest.span:
        chosen = zone_for_pfn_range(state, "online", rest)
        kernel = zone_for_pfn_range(state, "online_kernel", rest)
        end = min(chosen.span.end, kernel.span.end)
        other = kernel.zone if chosen.zone == MOVABLE else MOVABLE
        yield ValidZones(Span(rest.span.start, end), (chosen.zone, other))
        rest = rest._replace(span=Span(end, run.span.end))


def _one_zone(state: HotplugState, run: HotRun) -> tuple[str, ...]:
    """Return the zone that spans a block where zones cannot overlap."""
    movable = state.zone(run.nid or 0, MOVABLE)
    return (MOVABLE,) if movable.span.overlaps(run.span) else (state.kernel_zones[-1],)
