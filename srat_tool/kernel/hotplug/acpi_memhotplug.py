"""DIMMs that ACPI reports.

*Mirrors:* drivers/acpi/acpi_memhotplug.c `acpi_memory_enable_device`,
`acpi_memory_remove_memory`; drivers/acpi/scan.c `acpi_scan_try_to_offline`; 4.13 to 7.2.
"""

from __future__ import annotations

from itertools import count

from srat_tool.base.span import Span
from srat_tool.base.words import address_range
from srat_tool.kernel.hotplug.answers import EventOutcome, KernelError, refused
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


def acpi_memory_enable_device(state: HotplugState, event: AddDimm) -> EventOutcome:
    """Add the ranges of a device; those that fit stay, whatever becomes of the others."""
    state.acpi_devices[event.id] = _free_slot(state)
    nid, because = acpi_get_node(state, event.pxm, event.ranges[0].start)
    unknown = unknown_addresses(state, event.ranges)
    if unknown:
        return EventOutcome(None, unknown, nid)
    pages = sum(span.size for span in event.ranges) >> state.boot.page_shift
    group = MemoryGroup(nid=nid, max=pages) if state.rules.auto_movable else None
    device = Device(id=event.id, kind="dimm", ranges=event.ranges, nid=nid, group=group)
    state.devices[event.id] = device
    added: list[Span] = []
    bound: list[Span] = []
    first: KernelError | None = None
    for span in event.ranges:
        refusal = admit(state, nid, span)
        if refusal is None:
            add_memory_resource(state, device, span, asks=True)
            added.append(span)
        elif refusal.errno == "EEXIST":
            bound.append(span)
        else:
            first = first or refusal
    if not added and not bound and first is not None:
        del state.devices[event.id]
        outcome = refused(first, "ACPI: add_memory failed", nid)
        return outcome._replace(lines=(*outcome.lines, *_acpi_lines(state, event)))
    why = because
    if bound:
        why = f"memory is at {address_range(bound[0])} already: the driver binds to it"
    own = sum(memmap_pages(state, span.size, asks=True) * _blocks(state, span) for span in added)
    return EventOutcome(
        True,
        why,
        nid if added else None,
        first,
        touched=tuple(added),
        memmap_pages=own,
        made=sum(span.size for span in added),
    )


def _free_slot(state: HotplugState) -> int:
    """Return the first slot without a device.

    Firmware names a device for each slot, and the kernel numbers them in the order in which they
    are named, at boot, plugged or not.
    """
    taken = set(state.acpi_devices.values())
    return next(number for number in count() if number not in taken)


def _acpi_lines(state: HotplugState, event: AddDimm) -> tuple[str, str]:
    """Return what the driver prints."""
    number = state.acpi_devices[event.id]
    return (
        f"acpi PNP0C80:{number:02x}: add_memory failed",
        f"acpi PNP0C80:{number:02x}: acpi_memory_enable_device() error",
    )


def _blocks(state: HotplugState, span: Span) -> int:
    return span.size // state.block


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
    outcome = offline_and_remove(state, device, state.runs_of(device))
    if outcome.accepted:
        state.acpi_devices.pop(device.id, None)
    return outcome


def eject_refused(state: HotplugState, name: str) -> EventOutcome:
    """Eject a device that the kernel has not taken: there is nothing to bring offline."""
    del state.acpi_devices[name]
    return EventOutcome(True, "the kernel had taken none of its memory")
