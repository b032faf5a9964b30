"""Blocks of a device go offline together, and go.

*Mirrors:* drivers/acpi/scan.c `acpi_scan_try_to_offline`, mm/memory_hotplug.c
`offline_and_remove_memory` and `__remove_memory`, 4.13 to 7.2.
"""

from __future__ import annotations

from collections.abc import Sequence

from srat_tool.kernel.hotplug.answers import EventOutcome, refused
from srat_tool.kernel.hotplug.block_runs import HotRun
from srat_tool.kernel.hotplug.memory_hotplug import can_offline, offline_pages, remove_memory
from srat_tool.kernel.hotplug.state import Device, HotplugState


def offline_and_remove(state: HotplugState, device: Device, runs: Sequence[HotRun]) -> EventOutcome:
    """Take blocks away when every one of them can go offline."""
    answers = [can_offline(state, run) for run in runs if run.online]
    for answer in answers:
        if answer.can is False and answer.refusal is not None:
            return refused(answer.refusal, answer.why, device.nid, prints=False)
    for answer in answers:
        if answer.can is None:
            return EventOutcome(None, answer.why, device.nid)
    for run in runs:
        remove_memory(state, offline_pages(state, run) if run.online else run)
    state.devices.pop(device.id, None)
    gone = tuple(run.span for run in runs)
    return EventOutcome(True, "every block of it can go offline", device.nid, gone=gone)
