"""Which zone memory gets when it goes online.

*Mirrors:* mm/memory_hotplug.c `zone_for_pfn_range`, `default_zone_for_pfn`,
`auto_movable_zone_for_pfn` and `auto_movable_can_online_movable`, 4.13 to 7.2.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from srat_tool.base.span import Span
from srat_tool.base.units import align_down, align_up
from srat_tool.kernel.hotplug.block_runs import HotRun
from srat_tool.kernel.hotplug.state import Device, HotplugState, HotZone, MemoryGroup
from srat_tool.kernel.zones import MOVABLE


class Chosen(NamedTuple):
    """Blocks that get the same zone."""

    span: Span
    zone: str


def zone_for_pfn_range(state: HotplugState, how: str, run: HotRun) -> Chosen:
    """Return the zone of the first block of a run, and how many blocks after it get the same.

    The answer counts as long as these blocks go online in ascending order.
    """
    nid = run.nid or 0
    if how == "online_movable":
        return Chosen(run.span, MOVABLE)
    first = Span(run.span.start, run.span.start + state.block)
    kernel = _kernel_zone(state, nid, first)
    if how == "online" and state.policy.auto_movable:
        return _auto_movable(state, run, kernel)
    end = _next_edge(state, nid, run.span)
    if how == "online_kernel":
        return Chosen(Span(run.span.start, end), kernel)
    return Chosen(Span(run.span.start, end), _contiguous(state, nid, first, kernel))


def _contiguous(state: HotplugState, nid: int, block: Span, kernel: str) -> str:
    """Return the zone that the block meets, when it meets one of the two and not the other."""
    in_kernel = state.zone(nid, kernel).span.overlaps(block)
    in_movable = state.zone(nid, MOVABLE).span.overlaps(block)
    if in_kernel != in_movable:
        return kernel if in_kernel else MOVABLE
    return MOVABLE if state.boot.options.movable_node else kernel


def _kernel_zone(state: HotplugState, nid: int, block: Span) -> str:
    """*Mirrors:* `default_kernel_zone_for_pfn`."""
    *low, normal = state.kernel_zones
    for name in low:
        zone = state.zones.get((nid, name))
        if zone is not None and zone.span.overlaps(block):
            return name
    return normal


def _next_edge(state: HotplugState, nid: int, span: Span) -> int:
    """Return up to where all blocks meet the same zones as the first one does."""
    edges = [
        around
        for zone in state.zones_of(nid)
        for edge in zone.span
        for around in (align_down(edge, state.block), align_up(edge, state.block))
    ]
    return min((edge for edge in edges if span.start < edge < span.end), default=span.end)


def _auto_movable(state: HotplugState, run: HotRun, kernel: str) -> Chosen:
    device = state.devices.get(run.device or "")
    group = device.group if device else None
    first = Span(run.span.start, run.span.start + state.block)
    if not state.policy.ratio:
        return Chosen(run.span, kernel)
    if group is not None and group.max:
        fits = not group.kernel and _room(state, run, group) >= group.max - group.movable
        return Chosen(run.span, MOVABLE if fits else kernel)
    if device is not None and group is not None and device.big_block > state.block:
        return Chosen(first, _of_unit(state, run, device, kernel))
    blocks = _room(state, run, group) // state.block_pages
    if blocks <= 0:
        return Chosen(first, kernel)
    end = min(run.span.end, run.span.start + blocks * state.block)
    return Chosen(Span(run.span.start, end), MOVABLE)


def _of_unit(state: HotplugState, run: HotRun, device: Device, kernel: str) -> str:
    """Decide about a block of a unit that has several: all of them share a zone."""
    base = device.ranges[0].start
    start = base + align_down(run.span.start - base, device.big_block)
    unit = Span(start, start + device.big_block)
    online = [other for other in state.blocks.within(unit) if other.online]
    if any(other.zone != MOVABLE for other in online):
        return kernel
    missing = (unit.size - sum(other.span.size for other in online)) >> state.boot.page_shift
    return MOVABLE if _room(state, run, device.group) >= missing else kernel


def _room(state: HotplugState, run: HotRun, group: MemoryGroup | None) -> int:
    """Return how many more pages of ZONE_MOVABLE the ratio allows; below 0 for none."""
    room = _room_in(state, state.zones.values(), group, None)
    if state.policy.numa_aware:
        room = min(room, _room_in(state, state.zones_of(run.nid or 0), group, run.nid))
    return room


def _room_in(
    state: HotplugState, zones: Iterable[HotZone], group: MemoryGroup | None, nid: int | None
) -> int:
    """*Mirrors:* `auto_movable_can_online_movable`."""
    populated = [zone for zone in zones if zone.present]
    cma = sum(zone.cma for zone in populated)
    early = sum(zone.early for zone in populated if zone.name != MOVABLE) - cma
    movable = sum(zone.present for zone in populated if zone.name == MOVABLE) + cma
    ratio, needed = state.policy.ratio, 0
    for other in _dynamic(state, nid):
        if other is not group:
            needed += max(0, other.movable * 100 // ratio - other.kernel)
            movable -= other.movable
    if early <= needed:
        return -1
    early -= needed
    if group is not None and group.unit:
        early += group.kernel
    return ratio * early // 100 - movable


def _dynamic(state: HotplugState, nid: int | None) -> Iterator[MemoryGroup]:
    for device in state.devices.values():
        group = device.group
        if group is not None and group.unit and nid in (None, group.nid):
            yield group
