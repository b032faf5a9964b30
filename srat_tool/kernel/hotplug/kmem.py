"""Memory of dax devices as RAM.

*Mirrors:* drivers/dax/kmem.c `dev_dax_kmem_probe` and `dev_dax_kmem_remove`, drivers/dax/cxl.c
`cxl_dax_region_probe`, 5.1 to 7.2.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

from srat_tool.base.span import Span
from srat_tool.base.units import format_size, inward
from srat_tool.kernel.hotplug.answers import EventOutcome, KernelError, refused
from srat_tool.kernel.hotplug.events import AddKmem
from srat_tool.kernel.hotplug.late_steps import LateStep
from srat_tool.kernel.hotplug.memory_hotplug import (
    add_memory_resource,
    admit,
    is_taken,
    memmap_pages,
    remove_memory,
    unknown_addresses,
)
from srat_tool.kernel.hotplug.numa_memblks import memory_add_physaddr_to_nid, phys_to_target_node
from srat_tool.kernel.hotplug.state import Device, HotplugState, MemoryGroup
from srat_tool.kernel.string_helpers import string_get_size


def dev_dax_kmem_probe(state: HotplugState, event: AddKmem) -> EventOutcome:
    """Add the whole memory blocks inside the ranges of a dax device."""
    if not state.rules.kmem:
        return refused(KernelError("ENODEV"), "this kernel has no kmem driver")
    nid = _target_node(state, event)
    if nid is None:
        line = "rejecting DAX region with invalid node: -1"
        return refused(KernelError("EINVAL", line), "no table gives the address a node")
    spans = [span for span in (inward(one, state.block) for one in event.ranges) if span]
    if not spans:
        line = "rejecting DAX region without any memory after alignment"
        return refused(KernelError("EINVAL", line), "no whole memory block is inside", nid)
    unknown = unknown_addresses(state, spans)
    if unknown:
        return EventOutcome(None, unknown, nid)
    group = None
    if state.rules.auto_movable:
        group = MemoryGroup(nid=nid, max=sum(span.size for span in spans) >> state.boot.page_shift)
    device = Device(id=event.id, kind="kmem", ranges=tuple(spans), nid=nid, group=group)
    state.devices[event.id] = device
    state.late_steps.append(LateStep("device", nid, event.id))
    return _add(state, event, device)


def _target_node(state: HotplugState, event: AddKmem) -> int | None:
    if event.nid is not None:
        return event.nid
    start = event.ranges[0].start
    nid = phys_to_target_node(state.boot, state.numa, start)
    if nid is None and event.source == "cxl":
        return memory_add_physaddr_to_nid(state.boot, state.numa, start)
    return nid


def _add(state: HotplugState, event: AddKmem, device: Device) -> EventOutcome:
    asks = event.source == "cxl" and state.rules.kmem_memmap
    added: list[Span] = []
    first: KernelError | None = None
    for at, span in zip(count(), device.ranges):
        refusal = _refusal(state, device.nid, at, span)
        if refusal is None:
            add_memory_resource(state, device, span, asks=asks)
            added.append(span)
        else:
            first = first or refusal
    if not added and first is not None:
        del state.devices[device.id]
        state.late_steps.append(LateStep("no device", device.nid, device.id))
        return refused(first, "no range of it can be added", device.nid)
    made = sum(span.size for span in added)
    own = sum(memmap_pages(state, s.size, asks=asks) * (s.size // state.block) for s in added)
    why, lines = _cut(state, event.ranges, device)
    return EventOutcome(
        True, why, device.nid, first, tuple(added), memmap_pages=own, made=made, lines=lines
    )


def _refusal(state: HotplugState, nid: int, at: int, span: Span) -> KernelError | None:
    if is_taken(state, span):
        where = f"{span.start:#x}-{span.end - 1:#x}"
        return KernelError("EBUSY", f"mapping{at}: {where} could not reserve region")
    return admit(state, nid, span)


def _cut(
    state: HotplugState, ranges: Sequence[Span], device: Device
) -> tuple[str, tuple[str, ...]]:
    """Return the sentence about the node and what alignment costs, and the kernel's line."""
    lost = sum(span.size for span in ranges) - sum(span.size for span in device.ranges)
    why = f"the address is planned for node {device.nid}"
    if not lost:
        return why, ()
    why += f"; {format_size(lost)} outside whole memory blocks stays unused"
    if not state.rules.kmem_reports_cut:
        return why, ()
    return why, (f"DAX region truncated by {string_get_size(lost)} due to alignment",)


def dev_dax_kmem_remove(state: HotplugState, device: Device) -> EventOutcome:
    """Unbind the driver: it takes no block offline itself."""
    runs = state.runs_of(device)
    state.devices.pop(device.id, None)
    for run in runs:
        if run.online:
            where = f"{run.span.start:#x}-{run.span.end - 1:#x}"
            line = f"mapping0: {where} cannot be hotremoved until the next reboot"
            why = "blocks are online; the device is unbound all the same"
            return refused(KernelError("EBUSY", line), why, device.nid)
    for run in runs:
        remove_memory(state, run)
    state.late_steps.append(LateStep("no device", device.nid, device.id))
    gone = tuple(run.span for run in runs)
    return EventOutcome(True, "all its blocks are offline", device.nid, gone=gone)
