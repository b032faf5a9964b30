"""Memory that a host gives to its guest and takes away.

*Mirrors:* drivers/virtio/virtio_mem.c, 5.8 to 7.2: `virtio_mem_init`,
`virtio_mem_sbm_plug_request`, `virtio_mem_bbm_plug_request`, `virtio_mem_sbm_unplug_request`,
`virtio_mem_bbm_unplug_request`. The host is taken to grant every request.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.span import Span
from srat_tool.base.units import GIB, align_up, format_size
from srat_tool.kernel.hotplug.acpi_memhotplug import acpi_get_node
from srat_tool.kernel.hotplug.answers import EventOutcome, KernelError, refused
from srat_tool.kernel.hotplug.block_runs import HotRun
from srat_tool.kernel.hotplug.events import AddVirtioMem
from srat_tool.kernel.hotplug.memory_hotplug import (
    add_memory_resource,
    can_offline,
    check_hotplug_memory_range,
    is_taken,
    offline_pages,
    remove_memory,
)
from srat_tool.kernel.hotplug.mhp_range import mhp_range_allowed
from srat_tool.kernel.hotplug.state import Device, HotplugState, MemoryGroup
from srat_tool.kernel.zones import MOVABLE

_OFFLINE_THRESHOLD = GIB


def virtio_mem_init(state: HotplugState, event: AddVirtioMem) -> EventOutcome:
    """Start a device, and plug what the host asks for."""
    if not state.rules.virtio_mem:
        return refused(KernelError("ENODEV"), "this kernel has no virtio-mem driver")
    nid, why = acpi_get_node(state, event.pxm, event.region.start)
    state.number_device(state.virtio_devices, event.id)
    sub_block = max(event.block, state.rules.sub_block)
    big_block = 0 if sub_block < state.block else max(event.block, state.block)
    if not state.rules.big_blocks:
        if event.block > state.block:
            refusal = KernelError("EINVAL", "The block size is not supported (too big).")
            return refused(refusal, "a device block is more than a memory block", nid)
        big_block = 0
    unit = big_block or state.block
    lines = tuple(_at_probe(state, event, nid, sub_block=sub_block, big_block=big_block))
    if is_taken(state, event.region):
        refusal = KernelError("EBUSY", "could not reserve device region")
        outcome = refused(refusal, "other memory is in the region already", nid, prints=False)
        more = _driver_lines(state, event.id, refusal.line, "reloading the driver is not supported")
        return outcome._replace(lines=(*lines, *more))
    region, unknown = pluggable(state, event.region)
    if unknown:
        return EventOutcome(None, unknown, nid)
    group = None
    if state.rules.auto_movable:
        group = MemoryGroup(nid=nid, unit=unit >> state.boot.page_shift)
    device = Device(
        id=event.id,
        kind="virtio-mem",
        ranges=(Span(align_up(region.start, unit), region.end),),
        nid=nid,
        group=group,
        sub_block=sub_block,
        big_block=big_block,
        requested=min(event.requested, event.region.size),
    )
    state.devices[event.id] = device
    lines = (*lines, *virtio_mem_refresh_config(state, device, event.requested))
    return run_wq(state, device)._replace(nid=nid, why=why, lines=lines)


def _driver_lines(state: HotplugState, name: str, *lines: str) -> tuple[str, ...]:
    """Return lines of the driver as the log has them; none where they are not known."""
    if not state.rules.virtio_mem_prints:
        return ()
    return tuple(f"virtio_mem virtio{state.virtio_devices[name]}: {line}" for line in lines)


def _at_probe(
    state: HotplugState, event: AddVirtioMem, nid: int, *, sub_block: int, big_block: int
) -> Iterator[str]:
    """Yield what the driver prints about a new device (`virtio_mem_init_hotplug`)."""
    region = event.region
    lines = [
        f"start address: {region.start:#x}",
        f"region size: {region.size:#x}",
        f"device block size: {event.block:#x}",
        f"nid: {nid}",
    ]
    for edge, name in zip(region, ("start", "end"), strict=True):
        if edge % state.block:
            lines.append(
                f"The alignment of the physical {name} address can make some memory unusable."
            )
    if mhp_range_allowed(state.rules, state.mappable, region).refusal is not None:
        lines.append(
            "Some device memory is not addressable/pluggable. This can make some memory unusable."
        )
    lines.append(f"memory block size: {state.block:#x}")
    unit = f"big block size: {big_block:#x}" if big_block else f"subblock size: {sub_block:#x}"
    yield from _driver_lines(state, event.id, *lines, unit)


def virtio_mem_refresh_config(
    state: HotplugState, device: Device, requested: int
) -> tuple[str, ...]:
    """Return what the driver prints when the host changes the requested size."""
    sizes = (f"plugged size: {device.plugged:#x}", f"requested size: {requested:#x}")
    return _driver_lines(state, device.id, *sizes)


def pluggable(state: HotplugState, region: Span) -> tuple[Span, str]:
    """Return what the driver uses of a region, and why that cannot be known; empty when it can."""
    answer = mhp_range_allowed(state.rules, state.mappable, region)
    if answer.refusal is None:
        return region, answer.unknown
    return region.clip(state.mappable.surely), state.mappable.unknown


def run_wq(state: HotplugState, device: Device) -> EventOutcome:
    """Bring what is plugged to what the host asks for (`virtio_mem_run_wq`)."""
    if device.requested < device.plugged:
        return _unplug(state, device)
    touched = tuple(_plug(state, device))
    made = sum(span.size for span in touched if _is_new(state, span))
    missing = device.requested - device.plugged
    why = f"{format_size(device.plugged)} are plugged"
    if missing >= device.sub_block:
        why += f"; {format_size(missing)} more wait until blocks go online"
    return EventOutcome(True, why, device.nid, touched=touched, made=made)


def _is_new(state: HotplugState, span: Span) -> bool:
    return span.start in state.new_blocks


def _step(device: Device) -> int:
    return device.big_block or device.sub_block


def _plug(state: HotplugState, device: Device) -> Iterator[Span]:
    """Fill blocks that are partly plugged, then add blocks; yield those that change."""
    missing = (device.requested - device.plugged) // _step(device) * _step(device)
    for run in _partial(state, device):
        if not missing:
            return
        filled = min(missing, run.unplugged)
        missing -= filled
        device.plugged += filled
        if run.online:
            state.now_managed += filled >> state.boot.page_shift
        state.blocks.swap(run, run._replace(unplugged=run.unplugged - filled))
        yield run.span
    yield from _add_blocks(state, device, missing)


def _partial(state: HotplugState, device: Device) -> list[HotRun]:
    """Return blocks with something unplugged in the order in which they are filled."""
    runs = [run for run in state.runs_of(device) if run.unplugged]
    return sorted(runs, key=lambda run: (not run.online, run.zone == MOVABLE, run.span))


def _add_blocks(state: HotplugState, device: Device, missing: int) -> Iterator[Span]:
    unit = device.big_block or state.block
    whole = missing // unit * unit
    at = device.ranges[0].start
    while missing and at + unit <= device.ranges[0].end:
        free = _free_from(state, device, at, unit)
        size = min(free.size, whole) or min(unit, free.size)
        if not free or size < unit:
            return
        size = _below_threshold(state, device, size, unit)
        if not size:
            return
        plugged = min(missing, size)
        span = Span(free.start, free.start + size)
        _add(state, device, span, size - plugged)
        device.plugged += plugged
        missing -= plugged
        whole = missing // unit * unit
        at = span.end
        yield span


def _free_from(state: HotplugState, device: Device, at: int, unit: int) -> Span:
    """Return the next run of units of the region without blocks."""
    end = device.ranges[0].end
    for run in state.blocks.within(Span(at, end)):
        if run.span.start >= at + unit:
            return Span(at, at + (run.span.start - at) // unit * unit)
        at = max(at, align_up(run.span.end - device.ranges[0].start, unit) + device.ranges[0].start)
    return Span(at, at + max(0, end - at) // unit * unit)


def _below_threshold(state: HotplugState, device: Device, size: int, unit: int) -> int:
    """Return how much can be added while blocks stay offline (`virtio_mem_could_add_memory`)."""
    if state.policy.default_type != "offline":
        return size
    offline = sum(run.span.size for run in state.runs_of(device) if not run.online)
    room = max(_OFFLINE_THRESHOLD, 2 * unit) - offline
    return max(0, min(size, room // unit * unit))


def _add(state: HotplugState, device: Device, span: Span, unplugged: int) -> None:
    if is_taken(state, span) or check_hotplug_memory_range(state, span) is not None:
        return
    add_memory_resource(state, device, span, asks=False, unplugged=unplugged)
    state.new_blocks.add(span.start)


def _unplug(state: HotplugState, device: Device) -> EventOutcome:
    """Take memory back: blocks offline and partly plugged first, else from the highest down."""
    excess = (device.plugged - device.requested) // _step(device) * _step(device)
    runs = [part for run in state.runs_of(device) for part in _singly(state, run, excess)]
    order = sorted(
        runs,
        key=lambda run: (run.online, not run.unplugged, run.zone != MOVABLE, -run.span.start),
    )
    if any(run.online and can_offline(state, run).can is None for run in order):
        zone = next(run.zone for run in order if run.online and run.zone != MOVABLE)
        return EventOutcome(
            None, f"{zone} is a kernel zone: only free memory can be unplugged", device.nid
        )
    touched: list[Span] = []
    gone: list[Span] = []
    for run in order:
        if not excess:
            break
        plugged = run.span.size - run.unplugged
        taken = min(excess, plugged)
        excess -= taken
        device.plugged -= taken
        if taken < plugged:
            state.blocks.swap(run, run._replace(unplugged=run.unplugged + taken))
            state.now_managed -= (taken >> state.boot.page_shift) if run.online else 0
            touched.append(run.span)
            continue
        remove_memory(state, offline_pages(state, run) if run.online else run)
        gone.append(run.span)
    why = f"{format_size(device.plugged)} stay plugged"
    return EventOutcome(True, why, device.nid, touched=tuple(touched), gone=tuple(gone))


def _singly(state: HotplugState, run: HotRun, excess: int) -> list[HotRun]:
    """Return the highest blocks of a run, as many as may have to go, one by one, and the rest."""
    unit = state.block
    parts: list[HotRun] = []
    end = run.span.end
    while end > run.span.start and len(parts) <= excess // unit + 1:
        parts += state.blocks.within(Span(end - unit, end))
        end -= unit
    return parts


def virtio_mem_remove(state: HotplugState, device: Device) -> EventOutcome:
    """Remove a device: one that has added memory stays."""
    if state.runs_of(device):
        line = "device still has system memory added"
        why = "the host must take all memory back first: resize it to 0"
        return refused(KernelError("EBUSY", line), why, device.nid)
    state.devices.pop(device.id, None)
    state.virtio_devices.pop(device.id, None)
    return EventOutcome(True, "nothing of it is plugged", device.nid)
