"""Memory of a machine that has an EFI memory map and no e820: what is RAM, and what is not mapped.

*Mirrors:* drivers/firmware/efi/efi-init.c `reserve_regions` (arm64, since 5.10), and
drivers/acpi/tables.c `acpi_table_upgrade` with arm64's `arch_reserve_mem_area`;
arch/loongarch/kernel/mem.c `memblock_init`, since 7.2.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from srat_tool.base.span import Span, union
from srat_tool.kernel.memblock import Memblock
from srat_tool.observe.facts import BootLog
from srat_tool.tables.memmap import EFI_BOOT_SERVICES, EfiRegion

_CACHED = frozenset({"WB", "WT", "WC"})
_ACPI = "ACPI Reclaim"
_USABLE = EFI_BOOT_SERVICES | {"Loader Code", "Loader Data", _ACPI, "Conventional", "Persistent"}
_ADDED_AND_RESERVED = frozenset({"PAL Code", "Unusable"})


def is_memory(region: EfiRegion) -> bool:
    """Return whether a range behaves like memory, used or not."""
    return not _CACHED.isdisjoint(region.attributes)


def is_usable_memory(region: EfiRegion) -> bool:
    """Return whether the kernel may use a range as it likes."""
    return region.type in _USABLE and "WB" in region.attributes and "SP" not in region.attributes


def add_efi_memory(memblock: Memblock, efi_map: Iterable[EfiRegion]) -> None:
    """Add everything that behaves like memory; ACPI tables are taken."""
    for region in efi_map:
        if is_memory(region):
            memblock.add(region.span.start, region.span.size)
            if region.type == _ACPI:
                memblock.reserve(region.span.start, region.span.size)


def add_efi_types(memblock: Memblock, efi_map: Iterable[EfiRegion]) -> None:
    """Add and reserve ranges by their types alone, whatever their attributes."""
    for region in efi_map:
        if region.type in _USABLE or region.type in _ADDED_AND_RESERVED:
            memblock.add(region.span.start, region.span.size)
        if region.type not in _USABLE or region.type == _ACPI:
            memblock.reserve(region.span.start, region.span.size)


def mark_unmapped(memblock: Memblock, efi_map: Iterable[EfiRegion], log: BootLog) -> None:
    """Keep runtime services, devices, and tables out of the initrd, away from the direct map."""
    efi_map = tuple(efi_map)
    unmapped = [r.span for r in efi_map if is_memory(r) and not is_usable_memory(r)]
    for span in (*unmapped, *_tables_of_initrd(efi_map, log)):
        memblock.mark_nomap(span.start, span.size)


def _tables_of_initrd(efi_map: tuple[EfiRegion, ...], log: BootLog) -> Iterator[Span]:
    """Yield where tables are that were copied into ordinary memory."""
    firmware = [r.span for r in efi_map if is_memory(r) and r.type in (_ACPI, "ACPI Mem NVS")]
    if not log.tables_in_initrd:
        return
    # The call is there without any list of tables too, as with acpi=off.
    calls = [o.span for o in log.memblock_ops if o.caller.startswith("acpi_table_upgrade")]
    listed = (Span(t.address, t.address + t.length) for t in log.tables)
    tables = union((*calls, *listed))
    usable = [r.span for r in efi_map if is_usable_memory(r)]
    for table in tables:
        copied = any(span.covers(table) for span in usable)
        if copied and not any(span.overlaps(table) for span in firmware):
            yield table
