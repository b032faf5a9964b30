"""The registry of processor architectures: everything that differs and is not a matter of release.

Each architecture is one row. A new one is a row here and a module `kernel/history_NAME.py`, whose
`HISTORY` lists its kernel profiles; no other code names an architecture.

*Mirrors:* include/linux/mmzone.h, arch/*/include/asm/sparsemem.h and `zone_sizes_init` or
`arch_zone_limits_init` of each architecture; structure types are those of ACPI 6.6, 5.2.12, 5.2.16.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from srat_tool.base.errors import SratToolError
from srat_tool.base.units import GIB, MIB


class ArchitectureError(SratToolError):
    """The machine has an architecture that is not modelled, or the inputs name two of them."""


class ZoneLimit(NamedTuple):
    """A zone that the page allocator is built with; `limit` is in bytes, None for all of RAM."""

    name: str
    limit: int | None


class Board(NamedTuple):
    """How QEMU emulates a machine with ACPI tables.

    Attributes:
        program: the emulator.
        machine: value of `-M`.
        cpu: value of `-cpu`.
        firmware: options that load EDK II; empty where QEMU brings its own firmware.
        package: the Debian package with the emulator.
        ram_base: address of the first byte of RAM.
        low_end: where RAM below the device window ends; None without such a window.
        console: options for the kernel's command line that print from the first line on.
        has_srat: QEMU makes a SRAT, whether it is asked for nodes or not.
    """

    program: str
    machine: str
    cpu: str
    firmware: tuple[str, ...]
    package: str
    ram_base: int
    low_end: int | None
    console: tuple[str, ...]
    has_srat: bool = False


class PageTables(NamedTuple):
    """What one kind of page tables lets the kernel reach.

    Attributes:
        name: as users know it.
        bits: log2 of the bytes that the direct map holds.
        physmem_bits: MAX_PHYSMEM_BITS.
        since: the first release that uses them.
        from_ram: the direct map begins at the first RAM, aligned down to 1 GiB, not at 0.
        options: options of the command line that turn them off.
        symbol: configuration symbol without which they do not exist.
    """

    name: str
    bits: int
    physmem_bits: int
    since: tuple[int, ...] = (0,)
    from_ram: bool = False
    options: tuple[str, ...] = ()
    symbol: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Architecture:
    """One architecture, as distribution kernels are configured for it.

    Attributes:
        name: the machine name of `uname -m`.
        title: the name in prose.
        aliases: other spellings that users and distributions write.
        history: the module `kernel/history_HISTORY.py` with its kernel profiles.
        log_lines: beginnings of lines that only its kernels print.
        processor_words: identifiers of a processor in the kernel's SRAT lines.
        srat_processors: SRAT structure types that describe its processors, in handler order.
        srat_others: further SRAT structure types that only this architecture has.
        madt_controllers: MADT structure types that only this architecture has.
        needs_x2apic_mode: processor ids of 255 and more need x2APIC mode.
        counts_processors_early: a node has processors as soon as the SRAT names them, not only
            when they come up.
        maps_initiators: Generic Initiator structures create nodes.
        prints_command_line_late: the command line is printed after the zones.
        has_e820: firmware memory comes as an e820 map, and the BIOS area is reserved.
        page_shift: log2 of the page size.
        section_bytes: unit of sparsemem, and of memory hotplug unless a block is larger.
        zones: kernel zones from low to high; ZONE_MOVABLE follows them, ZONE_DEVICE is last.
        zone_lists: names of the zones of each way in which its kernels are built; all of them
            first.
        first_zone_takes_all: RAM that begins above the first limit is in the first zone.
        zone_limits_from_ram: limits count from the first RAM, aligned down to them, not from 0.
        max_order_pages: MAX_ORDER_NR_PAGES, to which ZONE_MOVABLE is aligned.
        max_processor_id: ids from here on have no slot in the id to node table; None without one.
        kernel_image: bytes of a distribution kernel, from text to the end of its early page tables.
        kernel_base: address of a kernel that is not relocated; None when firmware decides.
        page_tables: from those that every one of its processors has to the largest.
        takes_tables: its kernels take tables from the initrd (ARCH_HAS_ACPI_TABLE_UPGRADE).
        pe_machine: the machine that its kernel images name as EFI programs.
        board: how QEMU emulates it.
    """

    name: str
    title: str
    aliases: tuple[str, ...] = ()
    history: str
    log_lines: tuple[str, ...] = ()
    processor_words: tuple[str, ...]
    srat_processors: tuple[int, ...]
    srat_others: tuple[int, ...] = ()
    madt_controllers: tuple[int, ...]
    needs_x2apic_mode: bool = False
    counts_processors_early: bool = False
    maps_initiators: bool = False
    prints_command_line_late: bool = True
    has_e820: bool = False
    page_shift: int = 12
    section_bytes: int
    zones: tuple[ZoneLimit, ...]
    zone_lists: tuple[tuple[str, ...], ...] = (("DMA32", "Normal"),)
    first_zone_takes_all: bool = False
    zone_limits_from_ram: bool = False
    max_order_pages: int = 1024
    max_processor_id: int | None = None
    kernel_image: int = 48 * MIB
    kernel_base: int | None = None
    page_tables: tuple[PageTables, ...]
    takes_tables: bool = True
    pe_machine: int
    board: Board

    @property
    def page_bytes(self) -> int:
        """Size of a page, in bytes."""
        return 1 << self.page_shift


_FIRMWARE = "/usr/share"
_FLASH = "if=pflash,format=raw"
_LOW_ZONES = (ZoneLimit("DMA32", 4 * GIB), ZoneLimit("Normal", None))

X86_64 = Architecture(
    name="x86_64",
    title="x86-64",
    aliases=("amd64", "x86-64"),
    history="x86",
    processor_words=("APIC", "X2APIC"),
    srat_processors=(0, 2),
    madt_controllers=(0, 1, 2, 3, 4, 5, 9, 10, 16),
    needs_x2apic_mode=True,
    maps_initiators=True,
    prints_command_line_late=False,
    has_e820=True,
    section_bytes=128 * MIB,
    zones=(ZoneLimit("DMA", 16 * MIB), *_LOW_ZONES),
    zone_lists=(("DMA", "DMA32", "Normal"), ("DMA32", "Normal"), ("Normal",)),
    max_processor_id=32768,
    kernel_base=16 * MIB,
    # arch/x86/include/asm/sparsemem.h: MAX_PHYSMEM_BITS.
    page_tables=(
        PageTables("four-level page tables", 46, 46),
        PageTables(
            "five-level page tables (LA57)",
            52,
            52,
            (4, 14),
            options=("no5lvl",),
            symbol="X86_5LEVEL",
        ),
    ),
    pe_machine=0x8664,
    board=Board(
        program="qemu-system-x86_64",
        machine="q35",
        cpu="max",
        firmware=(),
        package="qemu-system-x86",
        ram_base=0,
        low_end=3584 * MIB,
        console=("console=ttyS0", "earlyprintk=ttyS0"),
    ),
)

# Limit: the first zone ends where the narrowest bus master of the device tree or of the IORT ends;
# without such a limit it takes all of the 32-bit space.
AARCH64 = Architecture(
    name="aarch64",
    title="arm64",
    aliases=("arm64",),
    history="arm64",
    log_lines=("Booting Linux on physical CPU 0x00",),
    processor_words=("MPIDR",),
    srat_processors=(3,),
    srat_others=(4,),
    madt_controllers=(11, 12, 13, 14, 15),
    maps_initiators=True,
    section_bytes=128 * MIB,
    zones=(ZoneLimit("DMA", 4 * GIB), *_LOW_ZONES),
    # ZONE_DMA alone up to 4.15, ZONE_DMA32 alone up to 5.4.
    zone_lists=(("DMA", "DMA32", "Normal"), ("DMA32", "Normal"), ("DMA", "Normal")),
    first_zone_takes_all=True,
    # arch/arm64/mm/mmu.c: half of the kernel's addresses are the linear map, from memstart_addr on.
    page_tables=(
        PageTables("48-bit virtual addresses", 47, 48, from_ram=True),
        PageTables(
            "52-bit virtual addresses", 52, 52, (5, 4), from_ram=True, symbol="ARM64_VA_BITS_52"
        ),
    ),
    pe_machine=0xAA64,
    board=Board(
        program="qemu-system-aarch64",
        machine="virt,gic-version=3",
        cpu="max",
        firmware=("-bios", "/usr/share/qemu-efi-aarch64/QEMU_EFI.fd"),
        package="qemu-system-arm",
        ram_base=GIB,
        low_end=None,
        console=("console=ttyAMA0", "earlycon=pl011,0x9000000", "acpi=force"),
    ),
)

RISCV64 = Architecture(
    name="riscv64",
    title="riscv64",
    aliases=("riscv",),
    history="riscv64",
    log_lines=("Booting Linux on hartid ", "SBI specification v", "riscv-intc: "),
    processor_words=("HARTID",),
    srat_processors=(7,),
    madt_controllers=(24, 25, 26, 27),
    section_bytes=128 * MIB,
    zones=_LOW_ZONES,
    # arch/riscv/include/asm/pgtable.h: KERN_VIRT_SIZE, a quarter of what page tables translate.
    page_tables=(
        PageTables("Sv39", 37, 56, from_ram=True),
        PageTables("Sv48", 46, 56, from_ram=True, options=("no4lvl",)),
        PageTables("Sv57", 55, 56, from_ram=True, options=("no4lvl", "no5lvl")),
    ),
    takes_tables=False,
    pe_machine=0x5064,
    board=Board(
        program="qemu-system-riscv64",
        machine="virt,acpi=on,aia=aplic-imsic",
        cpu="rv64",
        # EDK II stops for ever where it cannot write its variables: into a copy, which is dropped.
        firmware=(
            "-drive",
            f"{_FLASH},unit=0,readonly=on,file={_FIRMWARE}/qemu-efi-riscv64/RISCV_VIRT_CODE.fd",
            "-drive",
            f"{_FLASH},unit=1,snapshot=on,file={_FIRMWARE}/qemu-efi-riscv64/RISCV_VIRT_VARS.fd",
        ),
        package="qemu-system-riscv",
        ram_base=2 * GIB,
        low_end=None,
        console=("console=ttyS0", "earlycon=uart8250,mmio,0x10000000", "acpi=force"),
    ),
)

# With pages of 16 KiB, as distributions configure it.
LOONGARCH64 = Architecture(
    name="loongarch64",
    title="loongarch64",
    aliases=("loong64", "loongarch"),
    history="loongarch64",
    log_lines=("Loongson-64bit Processor probed",),
    processor_words=("CPU",),
    srat_processors=(0, 2),
    madt_controllers=(17, 18, 19, 20, 21, 22, 23),
    counts_processors_early=True,
    page_shift=14,
    section_bytes=512 * MIB,
    zones=_LOW_ZONES,
    max_order_pages=2048,
    max_processor_id=64,
    kernel_image=26 * MIB,
    kernel_base=2 * MIB,
    # arch/loongarch/include/asm/sparsemem.h; direct-mapped windows reach all of it.
    page_tables=(PageTables("direct-mapped windows", 48, 48),),
    pe_machine=0x6264,
    board=Board(
        program="qemu-system-loongarch64",
        machine="virt",
        cpu="la464",
        firmware=("-bios", "/usr/share/qemu-efi-loongarch64/QEMU_EFI.fd"),
        package="qemu-system-misc",
        ram_base=0,
        low_end=256 * MIB,
        console=("console=ttyS0,115200", "earlycon=uart,mmio,0x1fe001e0"),
        has_srat=True,
    ),
)

ARCHITECTURES = (X86_64, AARCH64, RISCV64, LOONGARCH64)
"""Every modelled architecture; the first is assumed where nothing names one."""

E820_ARCHITECTURE = next(row for row in ARCHITECTURES if row.has_e820)


def architecture(name: str, *, where: str = "--arch") -> Architecture:
    """Return the row of a name or an alias.

    Raises:
        ArchitectureError: when it is not modelled.
    """
    for row in ARCHITECTURES:
        if name.lower() in (row.name, *row.aliases):
            return row
    raise ArchitectureError(
        "this architecture is not modelled",
        where=where,
        got=name,
        expected=f"one of {', '.join(architecture_names())}",
    )


def architecture_names() -> tuple[str, ...]:
    """Return the names of all rows, in registry order."""
    return tuple(row.name for row in ARCHITECTURES)


def with_srat_type(kind: int) -> tuple[Architecture, ...]:
    """Return the rows that have a SRAT structure type; none for the types that all have."""
    return tuple(row for row in ARCHITECTURES if kind in (*row.srat_processors, *row.srat_others))


def with_madt_type(kind: int) -> tuple[Architecture, ...]:
    """Return the rows whose MADT has a structure type."""
    return tuple(row for row in ARCHITECTURES if kind in row.madt_controllers)


def by_processor_word() -> Iterator[tuple[str, str]]:
    """Yield each word for a processor id in SRAT lines, and the architecture that prints it."""
    for row in ARCHITECTURES:
        for word in row.processor_words:
            yield word, row.name
