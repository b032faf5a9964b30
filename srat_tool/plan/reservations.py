"""What is taken before SRAT is looked at, and for what.

Linux never takes the hotplug marks off a node without a reason: the reason is one of these.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from srat_tool.base.span import Span
from srat_tool.base.units import MIB, PAGE_SIZE, align_down, align_up
from srat_tool.kernel.image_sizes import image_size
from srat_tool.kernel.memblock import Memblock
from srat_tool.observe.facts import BootLog, Reservation
from srat_tool.plan.boot_path import (
    INITRD,
    INITRD_BYTES,
    NO_INITRD,
    boot_path,
    boot_services,
    initrd_places,
    moved_initrd,
    page_tables,
)
from srat_tool.plan.inputs import Inputs
from srat_tool.tables.memmap import MemoryType

KERNEL_IMAGE = "kernel image"
UPGRADED_TABLES = "ACPI tables from the initrd"
_BIOS_AREA = Span(0x9F000, MIB)
# CONFIG_PHYSICAL_ALIGN of x86-64.
IMAGE_ALIGN = 2 * MIB
# Measured: EDK II, which allocates from the top of RAM, has 128 to 159 MiB above an arm64 kernel.
_ABOVE_IMAGE = 160 * MIB

# The function that makes a reservation determines what it is for.
_CALLERS = {
    "acpi_table_upgrade": UPGRADED_TABLES,
    "acpi_reserve_initial_tables": "ACPI tables",
    "alloc_low_pages": "page tables",
    "crash_reserve_low_1M": "first MiB",
    "efi_memattr_init": "EFI memory attributes",
    "efi_memblock_x86_reserve_range": "EFI memory map",
    "efi_reserve_boot_services": "EFI boot services",
    "reserve_real_mode": "first MiB",
    "reserve_regions": "ACPI tables",
}


class Taken(NamedTuple):
    """Named reservations.

    Attributes:
        named: what a log or the user names; every one is real.
        assumed: what this kernel takes on every such machine.
    """

    named: tuple[Reservation, ...]
    assumed: tuple[Reservation, ...]


def reservations(inputs: Inputs, memblock: Memblock, *, witnessed: bool) -> Taken:
    """Collect all early reservations.

    Args:
        inputs: the boot.
        memblock: RAM, and with `witnessed` every reservation as well.
        witnessed: the log shows each call, so that nothing needs to be assumed.
    """
    named = list(_named(inputs))
    assumed: list[Reservation] = []
    if inputs.profile.low_reservation:
        assumed.append(Reservation(Span(0, inputs.profile.low_reservation), "first pages"))
    if inputs.arch.has_e820:
        assumed.append(Reservation(_BIOS_AREA, "BIOS area"))
    if not witnessed:
        assumed += _early_page_tables(inputs, memblock)
        assumed += _unwitnessed(inputs, memblock)
    image = next((taken.span for taken in named if taken.what == KERNEL_IMAGE), None)
    if image is None:
        image = _kernel_image(inputs, memblock, witnessed=witnessed)
        if image is not None:
            assumed.append(Reservation(image, KERNEL_IMAGE))
    if not witnessed:
        before = _before_the_map((*named, *assumed))
        assumed += page_tables(inputs, memblock, before, image)
    return Taken(tuple(named), tuple(assumed))


def _before_the_map(taken: Iterable[Reservation]) -> Iterator[Span]:
    """Yield what is taken when all RAM is mapped: an initrd where it was loaded alone.

    Linux: `reserve_initrd`, which moves one that is not in mapped RAM, follows `init_mem_mapping`.
    """
    initrds = 0
    for one in taken:
        initrds += one.what == INITRD
        if one.what != INITRD or initrds == 1:
            yield one.span


def _early_page_tables(inputs: Inputs, memblock: Memblock) -> Iterator[Reservation]:
    """Yield the page tables that a kernel takes from the top of RAM before its log shows calls.

    Linux: `mem=` is applied after that, and frees what is above it.
    """
    size, end = inputs.profile.early_page_tables, memblock.end_of_dram
    if size and inputs.options.last("mem") is None:
        yield Reservation(Span(end - size, end), "page tables")


def _unwitnessed(inputs: Inputs, memblock: Memblock) -> Iterator[Reservation]:
    """Yield what a boot adds that no log shows: all of it before a boot, a part in plain logs."""
    if not inputs.arch.has_e820:
        return
    yield from boot_services(inputs, memblock)
    if inputs.machine.boot_log is not None or not inputs.profile.clears_kernel_nodes:
        return
    if inputs.profile.reserves_acpi_tables and inputs.machine.memory_map is not None:
        for entry in inputs.machine.memory_map.entries:
            if entry.type == MemoryType.ACPI:
                yield Reservation(entry.span, "ACPI tables")
    if inputs.machine.initrd is None and inputs.arch.has_e820:
        yield from _unnamed_initrd(inputs, memblock)


def _unnamed_initrd(inputs: Inputs, memblock: Memblock) -> Iterator[Reservation]:
    """Yield the initrd that a loader puts into RAM which is known; none where it is assumed too.

    Firmware takes an unknown part of the end of low RAM, where loaders put an initrd.
    """
    places = initrd_places(inputs, memblock, INITRD_BYTES)
    if places is None:
        return
    if inputs.machine.memory_map is None and inputs.machine.boot_path is None:
        why = "no memory map shows where a loader has room for it: --initrd, --memory-map"
        inputs.assume(INITRD, NO_INITRD, why)
        return
    inputs.assume(
        INITRD,
        f"{INITRD_BYTES // MIB} MiB or more below {places.usual.end:#x}",
        f"no log shows it, and boot path {boot_path(inputs).value} loads it there: --initrd",
    )
    yield Reservation(places.usual, INITRD)
    moved = moved_initrd(memblock, places.usual)
    if moved is not None:
        yield Reservation(moved, INITRD)


def _named(inputs: Inputs) -> Iterator[Reservation]:
    machine, log = inputs.machine, inputs.log
    image = machine.kernel_image or log.kernel_image
    if image is not None:
        yield Reservation(image, KERNEL_IMAGE)
    if machine.initrd:
        yield Reservation(machine.initrd, INITRD)
    yield from machine.reservations
    for taken in log.reservations:
        if taken.line >= log.end_of_input:
            continue
        is_given = taken.what == INITRD and machine.initrd is not None
        if not is_given and (machine.kernel_image is None or taken.what != KERNEL_IMAGE):
            yield taken
    # Without an e820 map they are in EFI's ACPI memory or allocated: both are reserved.
    if inputs.profile.reserves_acpi_tables or not (inputs.arch.has_e820 or inputs.efi_map):
        for table in log.tables:
            span = Span(table.address, table.address + table.length)
            yield Reservation(span, f"ACPI table {table.signature}")
    yield from _called(log)


def _called(log: BootLog) -> Iterator[Reservation]:
    """Name what `memblock=debug` shows; an allocation is named by the line before its reserve."""
    for op in log.memblock_ops:
        what = _CALLERS.get(op.caller.partition("+")[0])
        takes = op.op in ("reserve", "phys_alloc_range") and op.line < log.end_of_input
        if what is not None and takes:
            yield Reservation(op.span, what)


def _kernel_image(inputs: Inputs, memblock: Memblock, *, witnessed: bool) -> Span | None:
    base, size = inputs.arch.kernel_base, inputs.arch.kernel_image
    if witnessed:
        return _seen_image(memblock, base or 0)
    if base is None:
        return _loaded_by_firmware(inputs, memblock, size)
    booted = image_size(inputs.release)
    if booted is not None:
        size = booted.size
    place = _place_of_image(memblock, base, size)
    if place is None:
        return None
    seen = "" if booted is None else f"; {booted.seen} was booted and has this size"
    why = f"not in a log{seen}; use --kernel-image"
    if place.start != base:
        why = f"there is no RAM at the usual place, and {why}"
    inputs.assume(KERNEL_IMAGE, f"{size // MIB} MiB at {place.start:#x}", why)
    return place


def _loaded_by_firmware(inputs: Inputs, memblock: Memblock, size: int) -> Span | None:
    """Return where firmware that allocates from the top of RAM puts an image; it may be elsewhere.

    Only where its node is another one for it: None for kernels to which it makes no difference.
    """
    room = [region for region in memblock.memory if region.size >= size]
    if not inputs.profile.clears_kernel_nodes or not room:
        return None
    top = max(room[-1].base + size, room[-1].end - _ABOVE_IMAGE)
    start = max(room[-1].base, align_down(top - size, IMAGE_ALIGN))
    why = "firmware decides where it is, and no log shows it; use --kernel-image"
    inputs.assume(KERNEL_IMAGE, f"{size // MIB} MiB at {start:#x}", why)
    return Span(start, start + size)


def _place_of_image(memblock: Memblock, base: int, size: int) -> Span | None:
    """Return where an image is that its boot loader put at its link address.

    Where there is no RAM, as in the part of it that a crash kernel gets, it is in the first RAM
    that has room for it; None where none has.
    """
    if memblock.memory.overlapping(base, base + 1):
        return Span(base, base + size)
    for region in memblock.memory:
        start = align_up(max(region.base, MIB), IMAGE_ALIGN)
        if start + size <= region.end:
            return Span(start, start + size)
    return None


def _seen_image(memblock: Memblock, base: int) -> Span | None:
    """Find the image among the reserved regions: without KASLR it begins at its link address."""
    for region in memblock.reserved:
        if region.base <= base < region.end and region.size >= PAGE_SIZE * 256:
            return region.span
    return None


def what_is_in(span: Span, named: tuple[Reservation, ...]) -> str:
    """Return the names of everything inside a range, each once, in order of address."""
    inside = sorted(taken for taken in named if taken.span.overlaps(span))
    return ", ".join(dict.fromkeys(taken.what for taken in inside))
