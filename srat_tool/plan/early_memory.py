"""RAM and what is taken of it, at the moment at which Linux looks at its SRAT.

Three sources, the best first: the `memblock=debug` lines of a log, the memory map and the named
reservations of a log, and what the user gave. What no source contains is assumed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from srat_tool.base.rawtable import OriginKind
from srat_tool.base.span import Span
from srat_tool.base.units import LOW_END, MIB
from srat_tool.kernel.e820 import ram_of
from srat_tool.kernel.memblock import Memblock, MemblockFlags
from srat_tool.kernel.profile import (
    EfiMemory,
    HotplugMark,
    KernelProfile,
    MirrorMarks,
    NumaDriver,
)
from srat_tool.observe.facts import MemblockDump, MemblockOp, Reservation
from srat_tool.plan.efi_memory import add_efi_memory, add_efi_types, mark_unmapped
from srat_tool.plan.inputs import Inputs
from srat_tool.plan.logged_memory import LoggedMemory
from srat_tool.plan.memory_limit import add_back, apply_limit, follows_limit
from srat_tool.plan.memory_map import (
    check_given_map,
    kernel_map,
    notice_missing_lines,
    taken_from_answer,
)
from srat_tool.plan.mirrored import mirrored_ranges
from srat_tool.plan.reservations import KERNEL_IMAGE, UPGRADED_TABLES, reservations
from srat_tool.tables.memmap import MemoryType

_KEPT_FLAGS = MemblockFlags.MIRROR | MemblockFlags.NOMAP | MemblockFlags.DRIVER_MANAGED
_FREES = frozenset({"free", "phys_free"})
_ADDS = frozenset({"add", "add_node"})


class EarlyMemory(NamedTuple):
    """The two lists, and what each reservation is for.

    Attributes:
        memblock: RAM and reservations.
        labels: named ranges; a reserved region may hold several, or none.
    """

    memblock: Memblock
    labels: tuple[Reservation, ...]


def early_memory(inputs: Inputs) -> EarlyMemory:
    """Return memblock as it is when NUMA is set up."""
    skips_hotplug = (
        inputs.options.movable_node and inputs.profile.hotplug_mark is HotplugMark.FLAGGED
    )
    marks = inputs.profile.mirror_marks
    marks_mirror = marks is MirrorMarks.ALWAYS or (
        marks is MirrorMarks.WITH_KERNELCORE and inputs.options.mirror
    )
    memblock = Memblock(
        bottom_up=skips_hotplug and inputs.profile.movable_node_allocates_bottom_up,
        movable_node=skips_hotplug,
        page_shift=inputs.arch.page_shift,
        marks_mirror=marks_mirror,
    )
    witnessed = inputs.machine.memory_map is None and _replay(memblock, inputs)
    answer = None if witnessed else taken_from_answer(inputs)
    if answer is not None:
        _from_answer(memblock, answer, inputs)
    elif not witnessed:
        _from_map(memblock, inputs)
        apply_limit(memblock, inputs)
        add_back(memblock, inputs)
    if not inputs.arch.has_e820 and inputs.profile.efi_memory is EfiMemory.BY_ATTRIBUTE:
        mark_unmapped(memblock, inputs.efi_map, inputs.log)
    if marks_mirror:
        for span in mirrored_ranges(inputs):
            memblock.mark_mirror(span.start, span.size)
    taken = reservations(inputs, memblock, witnessed=witnessed)
    by_hand = inputs.machine.reservations
    for reservation in by_hand if witnessed else (*taken.named, *taken.assumed):
        memblock.reserve(reservation.span.start, reservation.span.size)
    if inputs.arch.has_e820 and inputs.profile.numa_driver is not NumaDriver.MEMNODE:
        memblock.allow_resize()
    memblock.kernel_end = _bottom_up_start(inputs.profile, (*taken.named, *taken.assumed))
    labels = (*taken.named, *taken.assumed, *_acpi_table_upgrade(memblock, inputs))
    return EarlyMemory(memblock, labels)


def _bottom_up_start(profile: KernelProfile, labels: Iterable[Reservation]) -> int:
    images = (one.span.end for one in labels if one.what == KERNEL_IMAGE)
    return max(images, default=0) if profile.bottom_up_above_kernel else 0


def _acpi_table_upgrade(memblock: Memblock, inputs: Inputs) -> Iterator[Reservation]:
    """Copy the tables that an initrd brings, where no log shows it.

    Linux: drivers/acpi/tables.c `acpi_table_upgrade`, below the end of mapped RAM below 4 GiB.
    """
    brought = [raw for raw in inputs.machine.tables if raw.origin.kind is OriginKind.INITRD]
    if not brought or inputs.machine.boot_log is not None or not inputs.arch.has_e820:
        return
    size = sum(len(raw.data) for raw in brought)
    low = [region.end for region in memblock.memory if region.end <= LOW_END]
    place = memblock.alloc(size, 1 << memblock.page_shift, 0, max(low, default=0))
    if place is not None:
        why = "the kernel copies them before it reads them, and no log shows where"
        inputs.assume(UPGRADED_TABLES, f"{size} bytes at {place:#x}", why)
        yield Reservation(Span(place, place + size), UPGRADED_TABLES)


def _replay(memblock: Memblock, inputs: Inputs) -> bool:
    """Repeat the calls that the log shows, up to the kernel's answer; False if it shows none."""
    log = inputs.log
    end = _end_of_early_calls(inputs)
    dumps = [dump for dump in log.memblock_dumps if dump.complete and dump.line < end]
    dumps = [dump for dump in dumps if dump.memory]
    start = dumps[-1].line if dumps else -1
    if dumps:
        _load(memblock, dumps[-1])
    limited = False
    for op in log.memblock_ops:
        if start < op.line < end:
            if not limited and follows_limit(op, inputs):
                apply_limit(memblock, inputs)
                limited = True
            _repeat(memblock, op)
    if inputs.arch.has_e820 and not dumps:
        memblock.trim_memory()
    return len(memblock.memory) > 0


def _end_of_early_calls(inputs: Inputs) -> int:
    """Return the line of the kernel's answer, or of a call that it makes for it before.

    Linux: the distance table of arm64's own driver, an allocation that names its caller in front.
    """
    log = inputs.log
    end, call = log.end_of_input, log.distance_call_line
    if inputs.profile.numa_driver is not NumaDriver.DIRECT or call is None:
        return end
    return min(end, call)


def _load(memblock: Memblock, dump: MemblockDump) -> None:
    for region in dump.memory:
        flags = MemblockFlags(region.flags) & _KEPT_FLAGS
        memblock.add(region.span.start, region.span.size, None, flags & ~MemblockFlags.MIRROR)
        if flags & MemblockFlags.MIRROR:
            memblock.mark_mirror(region.span.start, region.span.size)
    for region in dump.reserved:
        memblock.reserve(region.span.start, region.span.size)


def _repeat(memblock: Memblock, op: MemblockOp) -> None:
    base, size = op.span.start, op.span.size
    if op.op in _ADDS:
        memblock.add(base, size)
    elif op.op == "reserve":
        memblock.reserve(base, size)
    elif op.op in _FREES:
        memblock.phys_free(base, size)
    elif op.op == "remove":
        memblock.remove(base, size)


def _from_answer(memblock: Memblock, answer: LoggedMemory, inputs: Inputs) -> None:
    """Fill memblock with the RAM that the kernel ended up with, its limits applied."""
    size = sum(span.size for span in ram_of(answer.memory))
    inputs.assume("memory map", f"{size // MIB} MiB of RAM", answer.why)
    for span in ram_of(answer.memory):
        memblock.add(span.start, span.size)
    memblock.trim_memory()


def _from_map(memblock: Memblock, inputs: Inputs) -> None:
    """Fill memblock from a memory map (`e820__memblock_setup`)."""
    if not inputs.arch.has_e820 and inputs.efi_map:
        if inputs.machine.memory_map is None:
            notice_missing_lines(inputs, inputs.log)
        by_type = inputs.profile.efi_memory is EfiMemory.BY_TYPE
        (add_efi_types if by_type else add_efi_memory)(memblock, inputs.efi_map)
        if not by_type:
            memblock.trim_memory()
        return
    check_given_map(inputs)
    firmware_map = kernel_map(inputs)
    for span in ram_of(firmware_map):
        memblock.add(span.start, span.size)
    memblock.trim_memory()
    for entry in firmware_map.entries:
        if entry.type == MemoryType.SOFT_RESERVED:
            memblock.reserve(entry.start, entry.end - entry.start)
