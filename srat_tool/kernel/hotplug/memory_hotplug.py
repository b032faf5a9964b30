"""Blocks come, go online, go offline and go.

*Mirrors:* mm/memory_hotplug.c and drivers/base/memory.c, 4.13 to 7.2; for kernels whose zones
cannot overlap, `zone_shift.py` decides instead of `zone_for_pfn_range`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from srat_tool.base.span import Span, clipped
from srat_tool.base.units import mem_range
from srat_tool.kernel.hotplug.answers import KernelError
from srat_tool.kernel.hotplug.block_runs import HotRun
from srat_tool.kernel.hotplug.configured import NO_HOTREMOVE
from srat_tool.kernel.hotplug.late_steps import LateStep
from srat_tool.kernel.hotplug.mhp_range import mhp_range_allowed
from srat_tool.kernel.hotplug.rules import MemmapRule, RangeRule, ZoneRule
from srat_tool.kernel.hotplug.state import Device, HotplugState, HotZone, MemoryGroup
from srat_tool.kernel.hotplug.zone_for_pfn_range import Chosen, zone_for_pfn_range
from srat_tool.kernel.hotplug.zone_shift import joins_at_once, shifted_zone
from srat_tool.kernel.zones import MOVABLE

STRUCT_PAGE = 64
_PMD_SIZE = 2 << 20


class OfflineAnswer(NamedTuple):
    """Whether blocks can go offline: True, False or None where unknown; why; the error."""

    can: bool | None
    why: str
    refusal: KernelError | None = None


def memmap_pages(state: HotplugState, size: int, *, asks: bool) -> int:
    """Return the pages of each block that hold its own memory map; 0 where they do not.

    *Mirrors:* `mhp_supports_memmap_on_memory`.

    Args:
        state: the machine.
        size: bytes of the range that is added.
        asks: the driver requests it (`MHP_MEMMAP_ON_MEMORY`).
    """
    rule = state.rules.memmap
    if not asks or not state.policy.memmap_on_memory or rule is MemmapRule.ABSENT:
        return 0
    if rule is MemmapRule.ONE_BLOCK and size != state.block:
        return 0
    map_bytes = state.block_pages * STRUCT_PAGE
    return 0 if map_bytes % _PMD_SIZE else map_bytes >> state.boot.page_shift


def check_hotplug_memory_range(state: HotplugState, span: Span) -> KernelError | None:
    """Return why a range does not consist of whole blocks; None when it does."""
    block = state.block
    if span and span.start % block == 0 and span.size % block == 0:
        return None
    line = (
        f"Block size [{block:#x}] unaligned hotplug range: start {span.start:#x}, "
        f"size {span.size:#x}"
    )
    return KernelError("EINVAL", line)


def is_taken(state: HotplugState, span: Span) -> bool:
    """Return whether a range overlaps RAM of the boot or memory that was added."""
    return bool(clipped(state.busy, span)) or state.blocks.touches(span)


def unknown_addresses(state: HotplugState, spans: Iterable[Span]) -> str:
    """Return why it is unknown whether the kernel maps the addresses; empty when it is known."""
    answers = (mhp_range_allowed(state.rules, state.mappable, span) for span in spans)
    return next((answer.unknown for answer in answers if answer.unknown), "")


def admit(state: HotplugState, nid: int, span: Span) -> KernelError | None:
    """Return why memory cannot be added; None when it can (`add_memory`)."""
    addresses = mhp_range_allowed(state.rules, state.mappable, span).refusal
    others = _range_refused(state, nid, span)
    if state.rules.range_check is RangeRule.LATE:
        return others or addresses
    return addresses or others


def _range_refused(state: HotplugState, nid: int, span: Span) -> KernelError | None:
    if is_taken(state, span):
        return KernelError("EEXIST")
    unaligned = check_hotplug_memory_range(state, span)
    if unaligned is not None:
        return unaligned
    if nid not in state.possible:
        if not state.rules.checks_possible:
            return KernelError("EINVAL", f"node {nid} is not possible")
        return KernelError("EINVAL", f"node {nid} was absent from the node_possible_map")
    return None


def add_memory_resource(
    state: HotplugState, device: Device, span: Span, *, asks: bool, unplugged: int = 0
) -> None:
    """Add blocks, and put them online where the policy requires it.

    Args:
        state: the machine.
        device: whose blocks they are.
        span: whole blocks.
        asks: the driver requests that they hold their own memory map.
        unplugged: bytes of the last block that are not there (virtio-mem).
    """
    if device.nid not in state.nodes_online:
        state.nodes_online.add(device.nid)
        state.late_steps.append(LateStep("node", device.nid))
    run = HotRun(
        span=span,
        nid=device.nid,
        online=False,
        zone=None,
        device=device.id,
        memmap_pages=memmap_pages(state, span.size, asks=asks),
    )
    state.blocks.add(run)
    if unplugged:
        (last,) = state.blocks.within(Span(span.end - state.block, span.end))
        state.blocks.swap(last, last._replace(unplugged=unplugged))
    if state.rules.zones is ZoneRule.SHIFT:
        joins_at_once(state, run)
    if state.policy.default_type != "offline":
        online_pages(state, state.policy.default_type, span)


def written(state: HotplugState, span: Span) -> Iterator[HotRun | None]:
    """Yield the runs of a range in ascending order; None where a memory block does not exist."""
    at = span.start
    for run in state.blocks.within(span):
        if run.span.start > at:
            yield None
        yield run
        at = run.span.end
    if at < span.end:
        yield None


def online_pages(state: HotplugState, how: str, span: Span) -> KernelError | None:
    """Put every block of a range online, in ascending order; return the first error."""
    refusal = None
    for run in written(state, span):
        if run is None or run.online:
            refusal = refusal or KernelError("ENOENT" if run is None else "EINVAL")
            continue
        rest = run
        while rest.span:
            chosen = choose_zone(state, how, rest)
            if isinstance(chosen, KernelError):
                refusal = refusal or chosen
                rest = rest._replace(span=Span(rest.span.start + state.block, run.span.end))
                continue
            for part in state.blocks.within(chosen.span):
                _online(state, part, chosen.zone)
            rest = rest._replace(span=Span(chosen.span.end, run.span.end))
    return refusal


def choose_zone(state: HotplugState, how: str, run: HotRun) -> Chosen | KernelError:
    """Return the zone of the first blocks of a run; an error is that of the first one alone."""
    if state.rules.zones is ZoneRule.FREE:
        return zone_for_pfn_range(state, how, run)
    first = Span(run.span.start, run.span.start + state.block)
    name = shifted_zone(state, how, first, run.nid or 0)
    return KernelError("EPERM") if name is None else Chosen(first, name)


def _online(state: HotplugState, run: HotRun, name: str) -> None:
    zone = state.zone(run.nid or 0, name)
    was_populated = zone.present > 0
    zone.grow(run.span)
    state.blocks.swap(run, run._replace(online=True, zone=name))
    _account(state, run, zone, 1)
    state.has_memory.add(zone.nid)
    if not was_populated:
        state.late_steps.append(LateStep("memory", zone.nid, name))


def _account(state: HotplugState, run: HotRun, zone: HotZone, sign: int) -> None:
    """*Mirrors:* `adjust_present_page_count`."""
    pages = run.span.size >> state.boot.page_shift
    blocks = run.span.size // state.block
    zone.present += sign * pages
    zone.early += sign * pages if run.early else 0
    state.now_present += sign * pages
    unplugged = run.unplugged >> state.boot.page_shift
    state.now_managed += sign * (pages - blocks * run.memmap_pages - unplugged)
    group = group_of(state, run)
    if group is None:
        return
    if zone.name == MOVABLE:
        group.movable += sign * pages
    else:
        group.kernel += sign * pages


def group_of(state: HotplugState, run: HotRun) -> MemoryGroup | None:
    """Return the memory group of blocks; boot memory has none."""
    device = state.devices.get(run.device or "")
    return device.group if device is not None else None


def can_offline(state: HotplugState, run: HotRun) -> OfflineAnswer:
    """Return whether online blocks can go offline, in the order in which the kernel checks."""
    if not state.rules.hotremove:
        return OfflineAnswer(False, NO_HOTREMOVE, KernelError("EINVAL"))
    refused = _refused(run)
    if refused is not None:
        return refused
    occupants = run.boot.occupants if run.boot is not None else ()
    if occupants:
        return OfflineAnswer(None, f"it may hold {occupants[0].what}")
    if run.zone == MOVABLE:
        return OfflineAnswer(True, "ZONE_MOVABLE")
    return OfflineAnswer(None, f"{run.zone} is a kernel zone")


def _refused(run: HotRun) -> OfflineAnswer | None:
    """Return what keeps boot memory for certain; None where nothing does."""
    if run.boot is None:
        return None
    if run.nid is None or run.zone is None:
        return OfflineAnswer(False, "it is not in exactly one zone", KernelError("EINVAL"))
    failed = f"memory offlining {mem_range(run.span)} failed due to"
    if run.boot.hole:
        error = KernelError("EINVAL", f"{failed} memory holes")
        return OfflineAnswer(False, "not all of it is RAM", error)
    for occupant in run.boot.occupants:
        if occupant.certain:
            error = KernelError("EBUSY", f"{failed} failure to isolate range")
            return OfflineAnswer(False, f"it holds {occupant.what}", error)
    return None


def offline_pages(state: HotplugState, run: HotRun) -> HotRun:
    """Take blocks offline that can go; return them as they are then."""
    zone = state.zone(run.nid or 0, run.zone or "")
    gone = run._replace(online=False, zone=None, boot=None)
    state.blocks.swap(run, gone)
    _account(state, run, zone, -1)
    _shrink_zone_span(state, zone, run.span)
    if zone.present <= 0:
        state.late_steps.append(LateStep("no memory", zone.nid, zone.name))
        if state.present(zone.nid) <= 0:
            state.has_memory.discard(zone.nid)
    return gone


def _shrink_zone_span(state: HotplugState, zone: HotZone, gone: Span) -> None:
    """*Mirrors:* `shrink_zone_span`: only what was at an end makes a zone smaller."""
    span = zone.span
    if span.start < gone.start and gone.end < span.end:
        return
    members = [part for run in state.blocks for part in _in_zone(run, zone)]
    start = min((part.start for part in members), default=0)
    end = max((part.end for part in members), default=0)
    if gone.start > span.start:
        start = min(span.start, start) if members else 0
    if gone.end < span.end:
        end = max(span.end, end) if members else 0
    zone.resize(Span(start, end))


def _in_zone(run: HotRun, zone: HotZone) -> Iterator[Span]:
    """Yield the part of a run that is in a zone; blocks in several zones count for each."""
    if run.online and run.nid == zone.nid and run.zone == zone.name:
        yield run.span.clip(zone.span)
    elif run.boot is not None and any(
        (met.nid, met.name) == (zone.nid, zone.name) for met in run.boot.zones
    ):
        part = run.span.clip(zone.booted)
        if part:
            yield part


def remove_memory(state: HotplugState, run: HotRun) -> None:
    """Take offline blocks away, and their node when nothing of it is left."""
    state.blocks.drop(run)
    state.busy = [part for part in state.busy if not part.overlaps(run.span)] + [
        rest for part in state.busy if part.overlaps(run.span) for rest in _outside(part, run.span)
    ]
    state.busy.sort()
    nid = run.nid
    if nid is None or nid in state.stable or nid in state.has_memory:
        return
    if not any(other.nid == nid for other in state.blocks):
        state.nodes_online.discard(nid)
        state.late_steps.append(LateStep("no node", nid))


def _outside(part: Span, hole: Span) -> Iterator[Span]:
    for rest in (Span(part.start, hole.start), Span(hole.end, part.end)):
        if rest:
            yield rest
