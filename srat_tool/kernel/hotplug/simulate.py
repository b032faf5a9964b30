"""One event after the other on a running machine."""

from __future__ import annotations

from srat_tool.base.span import Span
from srat_tool.kernel.hotplug.acpi_memhotplug import (
    acpi_memory_enable_device,
    acpi_memory_remove_memory,
    eject_refused,
)
from srat_tool.kernel.hotplug.answers import EventOutcome, KernelError, refused
from srat_tool.kernel.hotplug.configured import NO_HOTPLUG
from srat_tool.kernel.hotplug.events import (
    AddDimm,
    AddKmem,
    AddVirtioMem,
    ChangeState,
    MemoryEvent,
    RemoveDevice,
    Resize,
)
from srat_tool.kernel.hotplug.kmem import dev_dax_kmem_probe, dev_dax_kmem_remove
from srat_tool.kernel.hotplug.memory_hotplug import (
    can_offline,
    offline_pages,
    online_pages,
    written,
)
from srat_tool.kernel.hotplug.state import HotplugState
from srat_tool.kernel.hotplug.virtio_mem import (
    run_wq,
    virtio_mem_init,
    virtio_mem_refresh_config,
    virtio_mem_remove,
)

_REMOVERS = {
    "dimm": acpi_memory_remove_memory,
    "kmem": dev_dax_kmem_remove,
    "virtio-mem": virtio_mem_remove,
}

_NO_BLOCK = "a memory block of the range does not exist"
_NOT_ONLINE = {
    "ENOENT": _NO_BLOCK,
    "EINVAL": "a block is online already",
    "EPERM": "zones cannot overlap",
}


class NotWholeBlocksError(Exception):
    """State files are of whole memory blocks, and a range is not.

    Attributes:
        block: memory block size in bytes.
    """

    def __init__(self, block: int) -> None:
        super().__init__(block)
        self.block = block


def apply_event(state: HotplugState, event: MemoryEvent) -> EventOutcome:
    """Let an event happen.

    Raises:
        NotWholeBlocksError: when a range does not consist of whole memory blocks.
    """
    state.now_present = state.now_managed = 0
    state.new_blocks.clear()
    if not state.rules.hotplug:
        errno = "ENOENT" if isinstance(event, ChangeState) else "ENODEV"
        return refused(KernelError(errno), NO_HOTPLUG)
    match event:
        case AddDimm():
            return acpi_memory_enable_device(state, event)
        case AddVirtioMem():
            return virtio_mem_init(state, event)
        case AddKmem():
            return dev_dax_kmem_probe(state, event)
        case ChangeState():
            return _change_state(state, event)
        case _:
            return _of_device(state, event)


def _of_device(state: HotplugState, event: Resize | RemoveDevice) -> EventOutcome:
    device = state.devices.get(event.id)
    if device is None and event.id in state.acpi_devices:
        return eject_refused(state, event.id)
    if device is None:
        return refused(KernelError("ENODEV"), f"{event.id} brought no memory, or is gone")
    if isinstance(event, RemoveDevice):
        return _REMOVERS[device.kind](state, device)
    lines = virtio_mem_refresh_config(state, device, event.requested)
    device.requested = min(event.requested, device.ranges[0].size)
    return run_wq(state, device)._replace(lines=lines)


def _change_state(state: HotplugState, event: ChangeState) -> EventOutcome:
    if event.span.start % state.block or event.span.end % state.block:
        raise NotWholeBlocksError(state.block)
    runs = state.blocks.within(event.span)
    nid = runs[0].nid if runs else None
    if event.state == "offline":
        return _offline(state, event.span)
    changes = tuple(run.span for run in runs if not run.online)
    refusal = online_pages(state, event.state, event.span)
    changed = tuple(run.span for span in changes for run in state.blocks.within(span) if run.online)
    more = _retry(state)
    if refusal is None:
        return EventOutcome(True, "the blocks were offline", nid, touched=(*changed, *more))
    return refused(refusal, _NOT_ONLINE[refusal.errno], nid)._replace(touched=(*changed, *more))


def _retry(state: HotplugState) -> tuple[Span, ...]:
    """Let virtio-mem devices go on that waited for blocks to go online."""
    touched: list[Span] = []
    for device in state.devices.values():
        if device.requested > device.plugged:
            touched += run_wq(state, device).touched
    return tuple(touched)


def _offline(state: HotplugState, span: Span) -> EventOutcome:
    changed: list[Span] = []
    unknown = first = None
    nid = None
    for run in written(state, span):
        if run is None:
            first = first or (KernelError("ENOENT"), _NO_BLOCK)
            continue
        nid = run.nid if nid is None else nid
        if not run.online:
            first = first or (KernelError("EINVAL"), "a block is offline already")
            continue
        answer = can_offline(state, run)
        if answer.can:
            changed.append(offline_pages(state, run).span)
        elif answer.refusal is not None:
            first = first or (answer.refusal, answer.why)
        else:
            unknown = unknown or answer.why
    if first is not None:
        return _refused_in_part(*first, nid, unknown or "")._replace(touched=tuple(changed))
    if unknown is not None:
        return EventOutcome(None, unknown, nid, touched=tuple(changed))
    return EventOutcome(True, "no kernel page can be in ZONE_MOVABLE", nid, touched=tuple(changed))


def _refused_in_part(
    refusal: KernelError, why: str, nid: int | None, unsettled: str
) -> EventOutcome:
    """Return the outcome of a range of which some blocks stay and others may go."""
    if unsettled:
        why = f"{why}; whether the other blocks go cannot be known ({unsettled})"
    return refused(refusal, why, nid, prints=False)._replace(unsettled=unsettled)
