"""What a boot adds to the memory that is taken early, where no log shows it.

Linux takes the hotplug marks off a node that holds any of it, so the places matter and not the
sizes. Each function returns where a boot path loads images, as far as the memory map shows.

*Mirrors:* QEMU hw/i386/x86.c `x86_load_linux`, GRUB grub-core/loader/i386/linux.c, Linux
drivers/firmware/efi/libstub/x86-stub.c `efi_load_initrd` and arch/x86/mm/init.c
`memory_map_top_down`.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import NamedTuple

from srat_tool.base.span import Span, subtract, union
from srat_tool.base.units import GIB, KIB, LOW_END, MIB, PAGE_SIZE, align_down
from srat_tool.kernel.direct_map import PMD_SIZE, PUD_SIZE, pages_of_tables
from srat_tool.kernel.memblock import Memblock
from srat_tool.observe.facts import Reservation
from srat_tool.plan.inputs import Inputs
from srat_tool.tables.memmap import EFI_BOOT_SERVICES, MemoryMap, MemoryType

INITRD = "initrd"
PAGE_TABLES = "page tables"
BOOT_SERVICES = "EFI boot services"
NO_INITRD = "none"
INITRD_BYTES = 1 * MIB
LARGE_INITRD_BYTES = 256 * MIB
_BOOT_SERVICES_BYTES = 32 * MIB
_LOADERS_END = 2 * GIB
_FLASH = Span(LOW_END - 256 * KIB, LOW_END)


class BootPath(Enum):
    """How a kernel is started."""

    BIOS = "bios"
    EFI = "efi"
    DIRECT = "direct"


class LoadedPlaces(NamedTuple):
    """Where an initrd of a size can be: as this boot path puts it, and as others do."""

    usual: Span
    others: tuple[tuple[str, Span], ...]


def boot_path(inputs: Inputs) -> BootPath:
    """Return the path that is given, or the one that the memory map suggests."""
    if inputs.machine.boot_path is not None:
        return BootPath(inputs.machine.boot_path)
    if inputs.efi_map or inputs.log.efi:
        return BootPath.EFI
    given = inputs.machine.memory_map
    return BootPath.DIRECT if given is not None and _is_qemu(given) else BootPath.BIOS


def _is_qemu(firmware_map: MemoryMap) -> bool:
    """Return whether a map ends below 4 GiB with the flash of SeaBIOS under QEMU."""
    reserved = (e.span for e in firmware_map.entries if e.type == MemoryType.RESERVED)
    return any(span == _FLASH for span in reserved)


def boot_services(inputs: Inputs, memblock: Memblock) -> list[Reservation]:
    """Return memory of EFI boot services: as the EFI map lists it, else at the end of low RAM."""
    if inputs.machine.boot_services is not None:
        return [Reservation(span, BOOT_SERVICES) for span in inputs.machine.boot_services]
    listed = [r.span for r in inputs.efi_map if r.type in EFI_BOOT_SERVICES]
    if listed or boot_path(inputs) is not BootPath.EFI:
        return [Reservation(span, BOOT_SERVICES) for span in listed]
    top = low_top(_loaders_ram(inputs, memblock))
    if top is None:
        return []
    inputs.assume(
        BOOT_SERVICES,
        f"{_BOOT_SERVICES_BYTES // MIB} MiB below {top:#x}",
        "the memory map does not list EFI types: efi=debug does",
    )
    return [Reservation(Span(max(0, top - _BOOT_SERVICES_BYTES), top), BOOT_SERVICES)]


def low_top(ram: Iterable[Span], limit: int = LOW_END) -> int | None:
    """Return where RAM below a limit ends; None where there is none of a useful size."""
    low = (span.clip(Span(0, limit)) for span in ram)
    return max((span.end for span in low if span.size >= INITRD_BYTES), default=None)


def initrd_places(inputs: Inputs, memblock: Memblock, size: int) -> LoadedPlaces | None:
    """Return where an initrd is loaded; None where there is no room for one.

    QEMU and SeaBIOS put it at the end of RAM below 4 GiB; GRUB and the EFI stub keep below the
    2 GiB of `initrd_addr_max`.
    """
    path = boot_path(inputs)
    ram = _loaders_ram(inputs, memblock)
    high, low = (_below(ram, limit, size) for limit in (LOW_END, _LOADERS_END))
    usual = high if path is BootPath.DIRECT else low
    if usual is None:
        return None
    others: tuple[tuple[str, Span], ...] = ()
    if high is not None and low is not None and high != low:
        by, span = ("GRUB and the EFI stub load", low) if usual == high else ("QEMU loads", high)
        others = ((by, span),)
    return LoadedPlaces(usual, others)


def _loaders_ram(inputs: Inputs, memblock: Memblock) -> list[Span]:
    """Return RAM as a loader sees it: before options of the kernel change the map."""
    given = inputs.machine.memory_map
    if given is not None:
        return union(e.span for e in given.entries if e.type == MemoryType.RAM)
    return [region.span for region in memblock.memory]


def _below(ram: list[Span], limit: int, size: int) -> Span | None:
    top = low_top(ram, limit)
    if top is None:
        return None
    end = align_down(top, PAGE_SIZE)
    return Span(max(MIB, end - size), end) if end > MIB else None


def moved_initrd(memblock: Memblock, loaded: Span) -> Span | None:
    """Return where an initrd is moved to that was loaded outside of what the kernel uses as RAM.

    Linux: `reserve_initrd` takes memory from the top, or with movable_node just above the kernel.
    """
    ram = [region.span for region in memblock.memory]
    if memblock.bottom_up or not ram or subtract([loaded], ram) == []:
        return None
    top = align_down(ram[-1].end, PAGE_SIZE)
    return Span(max(ram[-1].start, top - loaded.size), top)


def page_tables(
    inputs: Inputs, memblock: Memblock, taken: Iterable[Span], image: Span | None
) -> list[Reservation]:
    """Return the pages of the tables that map all RAM, where they are outside the kernel image.

    Args:
        inputs: the boot.
        memblock: RAM.
        taken: what is reserved when RAM is mapped.
        image: the kernel image, at whose end the first tables are.
    """
    if memblock.bottom_up or not inputs.arch.has_e820 or len(memblock.memory) == 0:
        return []
    if not inputs.profile.clears_kernel_nodes:
        return []
    rules = inputs.profile.direct_map
    sizes = {PMD_SIZE, PUD_SIZE} if inputs.gb_pages else {PMD_SIZE}
    brk = memblock.end_of_dram if image is None else image.end - rules.brk_pages * PAGE_SIZE
    spans = pages_of_tables(memblock, taken, brk, frozenset(sizes), rules)
    if spans:
        size = sum(span.size for span in spans)
        where = f"{size // KIB} KiB below {spans[-1].end:#x}"
        inputs.assume(PAGE_TABLES, where, "no log shows where they are")
    return [Reservation(span, PAGE_TABLES) for span in spans]
