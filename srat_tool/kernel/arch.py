"""What an architecture fixes for the memory of a kernel: sections, zones and the largest block.

*Mirrors:* arch/x86/include/asm/sparsemem.h and arch/x86/mm/init.c `zone_sizes_init`,
arch/arm64/mm/init.c `zone_sizes_init`, include/linux/mmzone.h, 3.10 to 7.2.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from srat_tool.base.units import GIB, MIB, PAGE_SHIFT


class ZoneLimit(NamedTuple):
    """A zone that the page allocator is built with; `limit` is in bytes, None for all of RAM."""

    name: str
    limit: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Arch:
    """One architecture, with 4 KiB pages.

    Attributes:
        name: as `uname -m` says it.
        section_bytes: what sparsemem manages as one piece.
        zones: kernel zones from low to high; ZONE_MOVABLE lies behind them, ZONE_DEVICE last.
        first_zone_takes_all: RAM that begins above the first limit lies in the first zone.
        max_order_pages: MAX_ORDER_NR_PAGES, to which ZONE_MOVABLE is aligned.
        max_local_apic: ids from here on have no slot in the id to node table; None without one.
        cache_bytes: SMP_CACHE_BYTES.
        kernel_image: bytes of a distribution kernel, from text to the end of its early page tables.
        kernel_base: where a kernel lies that is not moved; None when firmware decides.
    """

    name: str
    section_bytes: int
    zones: tuple[ZoneLimit, ...]
    first_zone_takes_all: bool = False
    max_order_pages: int = 4 * MIB >> PAGE_SHIFT
    max_local_apic: int | None = None
    cache_bytes: int = 64
    kernel_image: int = 48 * MIB
    kernel_base: int | None = None


X86_64 = Arch(
    name="x86_64",
    section_bytes=128 * MIB,
    zones=(ZoneLimit("DMA", 16 * MIB), ZoneLimit("DMA32", 4 * GIB), ZoneLimit("Normal", None)),
    max_local_apic=32768,
    kernel_base=16 * MIB,
)

# Before 1a8e1cef7603 ("arm64: use both ZONE_DMA and ZONE_DMA32") (in v5.5).
AARCH64_OLD = Arch(
    name="aarch64",
    section_bytes=GIB,
    zones=(ZoneLimit("DMA32", 4 * GIB), ZoneLimit("Normal", None)),
)
# Limit: the first zone ends where the narrowest bus master of the device tree or of the IORT ends;
# without such a limit it takes all of the 32-bit space.
AARCH64 = Arch(
    name="aarch64",
    section_bytes=128 * MIB,
    zones=(ZoneLimit("DMA", 4 * GIB), ZoneLimit("DMA32", 4 * GIB), ZoneLimit("Normal", None)),
    first_zone_takes_all=True,
)
