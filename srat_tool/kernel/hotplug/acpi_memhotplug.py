"""DIMMs that ACPI reports.

*Mirrors:* drivers/acpi/acpi_memhotplug.c `acpi_memory_enable_device`,
`acpi_memory_remove_memory`; drivers/acpi/scan.c `acpi_scan_try_to_offline`; 4.13 to 7.2.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from srat_tool.base.span import Span
from srat_tool.base.words import address_range
from srat_tool.kernel.hotplug.answers import EventOutcome, KernelError, refused
from srat_tool.kernel.hotplug.configured import NO_ACPI_MEMORY
from srat_tool.kernel.hotplug.events import AddDimm
from srat_tool.kernel.hotplug.memory_hotplug import (
    add_memory_resource,
    admit,
    memmap_pages,
    unknown_addresses,
)
from srat_tool.kernel.hotplug.numa_memblks import memory_add_physaddr_to_nid
from srat_tool.kernel.hotplug.removal import offline_and_remove
from srat_tool.kernel.hotplug.state import Device, HotplugState, MemoryGroup

_NOT_ENABLED = "acpi_memory_enable_device() error"


def acpi_memory_enable_device(state: HotplugState, event: AddDimm) -> EventOutcome:
    """Add the ranges of a device; those that fit stay, whatever becomes of the others."""
    # Firmware names a device for each slot, and the kernel numbers them at boot, plugged or not.
    state.number_device(state.acpi_devices, event.id)
    missing = _no_driver(state)
    if missing:
        return refused(KernelError("ENODEV"), missing)
    spans = acpi_memory_get_device_resources(event.ranges)
    nid, because = acpi_get_node(state, event.pxm, spans[0].start)
    unknown = _unprepared(state, event.pxm) or unknown_addresses(state, spans)
    if unknown:
        return EventOutcome(None, unknown, nid)
    pages = sum(span.size for span in spans) >> state.boot.page_shift
    group = MemoryGroup(nid=nid, max=pages) if state.rules.auto_movable else None
    device = Device(id=event.id, kind="dimm", ranges=(), nid=nid, group=group)
    state.devices[event.id] = device
    ranges = _Enabled()
    for span in spans:
        if not _enable(state, device, span, ranges):
            break
    device.ranges = (*ranges.added, *ranges.found)
    return _outcome(state, device, ranges, because)


def _no_driver(state: HotplugState) -> str:
    """Return why no driver takes a memory device; empty where one does."""
    if not state.rules.acpi_memory:
        return f"{NO_ACPI_MEMORY} (CONFIG_ACPI_HOTPLUG_MEMORY=n)"
    if state.boot.options.has("acpi_no_memhotplug"):
        return f"{NO_ACPI_MEMORY} (acpi_no_memhotplug)"
    return ""


def acpi_memory_get_device_resources(ranges: Iterable[Span]) -> tuple[Span, ...]:
    """Return the ranges of a device as the driver has them.

    A range that continues another one is part of it (`acpi_memory_get_resource`).
    """
    kept: list[Span] = []
    ends: dict[int, int] = {}
    for span in ranges:
        at = ends.pop(span.start, None)
        if at is None:
            at = len(kept)
            kept.append(span)
        else:
            kept[at] = Span(kept[at].start, span.end)
        ends.setdefault(span.end, at)
    return tuple(kept)


@dataclass(slots=True, kw_only=True)
class _Enabled:
    """What became of the ranges of a device.

    Attributes:
        added: new memory.
        found: memory that was there already, and that the driver is bound to.
        refusals: errors of the others.
        foreign: error for blocks that another memory device is bound to; it ends the work.
    """

    added: list[Span] = field(default_factory=list)
    found: list[Span] = field(default_factory=list)
    refusals: list[KernelError] = field(default_factory=list)
    foreign: KernelError | None = None


def _enable(state: HotplugState, device: Device, span: Span, ranges: _Enabled) -> bool:
    """Add one range and bind its blocks; return whether the driver goes on with the next one."""
    refusal = admit(state, device.nid, span)
    if refusal is None:
        add_memory_resource(state, device, span, asks=True)
    elif refusal.errno != "EEXIST":
        ranges.refusals.append(refusal)
        return True
    ranges.foreign = acpi_bind_memory_blocks(state, device, span)
    if ranges.foreign is not None:
        return False
    (ranges.added if refusal is None else ranges.found).append(span)
    return True


def acpi_bind_memory_blocks(state: HotplugState, device: Device, span: Span) -> KernelError | None:
    """Bind the blocks of a range to a device; return the error when another one has a block.

    No block of the range is bound to any device then (`acpi_unbind_memory_blocks`).
    """
    runs = state.blocks.within(span)
    taken = next((run for run in runs if run.companion is not None), None)
    companion = device.id if taken is None else None
    for run in runs:
        state.blocks.swap(run, run._replace(companion=companion))
    if taken is None:
        return None
    number = taken.span.start // state.block
    return KernelError("ENODEV", f"memory memory{number}: ACPI companion already set")


def _outcome(state: HotplugState, device: Device, ranges: _Enabled, because: str) -> EventOutcome:
    lines = tuple(refusal.line for refusal in ranges.refusals if refusal.line)
    if ranges.foreign is not None:
        del state.devices[device.id]
        outcome = refused(
            ranges.foreign, "a memory device is bound to blocks of it already", device.nid
        )
        lines = (*lines, *outcome.lines, f"{_name(state, device)}: {_NOT_ENABLED}")
        return outcome._replace(lines=lines, touched=tuple(ranges.added))
    if not device.ranges:
        del state.devices[device.id]
        name = _name(state, device)
        outcome = refused(ranges.refusals[0], "ACPI: add_memory failed", device.nid)
        lines = (*lines, f"{name}: add_memory failed", f"{name}: {_NOT_ENABLED}")
        return outcome._replace(lines=lines)
    why = because
    if ranges.found:
        why = f"memory is at {address_range(ranges.found[0])} already: the driver binds to it"
    added = ranges.added
    own = sum(memmap_pages(state, span.size, asks=True) * _blocks(state, span) for span in added)
    return EventOutcome(
        True,
        why,
        device.nid if added else None,
        next(iter(ranges.refusals), None),
        touched=tuple(added),
        memmap_pages=own,
        made=sum(span.size for span in added),
        lines=lines,
    )


def _name(state: HotplugState, device: Device) -> str:
    """Return how the kernel calls a memory device."""
    return f"acpi PNP0C80:{state.acpi_devices[device.id]:02x}"


def _blocks(state: HotplugState, span: Span) -> int:
    return span.size // state.block


def _unprepared(state: HotplugState, pxm: int | None) -> str:
    """Return why the node of a device cannot be known; empty where it can."""
    if not state.rules.maps_unknown_pxm or pxm is None or "off" in state.boot.options.numa:
        return ""
    if pxm in state.numa.pxms.nodes:
        return ""
    return f"no table names PXM {pxm}: the kernel makes a node for it that it did not set up"


def acpi_get_node(state: HotplugState, pxm: int | None, address: int) -> tuple[int, str]:
    """Return the node of a device, and why."""
    nid = None
    if pxm is not None and "off" not in state.boot.options.numa:
        nid = state.numa.pxms.nodes.get(pxm)
    if nid is not None:
        return nid, f"PXM {pxm} of the device is node {nid}"
    nid = memory_add_physaddr_to_nid(state.boot, state.numa, address)
    given = "the device has no PXM" if pxm is None else f"no table names PXM {pxm}"
    return nid, f"{given}; address {address:#x} counts as node {nid}"


def acpi_memory_remove_memory(state: HotplugState, device: Device) -> EventOutcome:
    """Eject a device: all its blocks go offline first, or none."""
    runs = state.runs_of(device)
    lost = next((run for run in runs if run.online and run.companion != device.id), None)
    if lost is not None:
        span = f"{lost.span.start:#x}-{lost.span.end - 1:#x}"
        line = f"removing memory fails, because memory [{span}] is onlined"
        why = "blocks are bound to it no more and stay online: the kernel stops with a BUG"
        return refused(KernelError("EBUSY", line), why, device.nid)
    outcome = offline_and_remove(state, device, runs)
    if outcome.accepted:
        state.acpi_devices.pop(device.id, None)
    return outcome


def eject_refused(state: HotplugState, name: str) -> EventOutcome:
    """Eject a device that the driver is not bound to: there is nothing to bring offline."""
    del state.acpi_devices[name]
    return EventOutcome(True, "the driver is not bound to it")
