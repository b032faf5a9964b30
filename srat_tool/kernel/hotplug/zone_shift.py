"""Zones of added memory where they cannot overlap: kernels before 4.13, the 2013 series too.

*Mirrors:* mm/memory_hotplug.c `__add_zone`, `move_pfn_range_left`, `move_pfn_range_right`, 3.9 to
3.12. Added memory joins the highest kernel zone at once; it changes zones only at the border
between that zone and ZONE_MOVABLE.
"""

from __future__ import annotations

from srat_tool.base.span import Span
from srat_tool.kernel.hotplug.block_runs import HotRun
from srat_tool.kernel.hotplug.state import HotplugState
from srat_tool.kernel.zones import MOVABLE


def joins_at_once(state: HotplugState, run: HotRun) -> None:
    """Stretch the highest kernel zone over new memory (`grow_zone_span`)."""
    state.zone(run.nid or 0, state.kernel_zones[-1]).grow(run.span)


def shifted_zone(state: HotplugState, how: str, block: Span, nid: int) -> str | None:
    """Return the zone that a block gets, moving the border of zones; None when it cannot move.

    Only the last block of the kernel zone can leave it, and only the first of ZONE_MOVABLE.

    Args:
        state: the machine.
        how: a word of `ChangeState`.
        block: one memory block, in bytes.
        nid: its node.
    """
    normal, movable = state.zone(nid, state.kernel_zones[-1]), state.zone(nid, MOVABLE)
    is_movable = movable.span.overlaps(block) and not normal.span.overlaps(block)
    if how == "online_movable" and not is_movable:
        return _to_movable(state, nid, block)
    if how == "online_kernel" and is_movable:
        return _to_kernel(state, nid, block)
    return MOVABLE if is_movable else normal.name


def _to_movable(state: HotplugState, nid: int, span: Span) -> str | None:
    """*Mirrors:* `move_pfn_range_right`."""
    normal, movable = state.zone(nid, state.kernel_zones[-1]), state.zone(nid, MOVABLE)
    mine = normal.span
    if mine.start > span.start or mine.end > span.end or span.start >= mine.end:
        return None
    normal.resize(Span(mine.start, span.start))
    movable.resize(Span(span.start, movable.span.end if movable.span else span.end))
    return MOVABLE


def _to_kernel(state: HotplugState, nid: int, span: Span) -> str | None:
    """*Mirrors:* `move_pfn_range_left`."""
    normal, movable = state.zone(nid, state.kernel_zones[-1]), state.zone(nid, MOVABLE)
    mine = movable.span
    if span.end > mine.end or span.start > mine.start or span.end <= mine.start:
        return None
    normal.resize(Span(normal.span.start if normal.span else span.start, span.end))
    movable.resize(Span(span.end, mine.end))
    return normal.name
