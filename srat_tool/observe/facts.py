"""What a boot log can tell, as frozen values; `bootlog.py` reads them out of text.

`line` is always an index into `BootLog.lines`, so that a reader can tell what came before what.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from srat_tool.base.span import Span
from srat_tool.tables.memmap import EfiRegion, MemoryMap

NO_LINE = -1


class Reservation(NamedTuple):
    """A range that the kernel took early, and for what: `initrd`, `ACPI table FACP`."""

    span: Span
    what: str
    line: int = NO_LINE


class MapEdit(NamedTuple):
    """One `e820: update` or `e820: remove` line; `new_type` None means removed, bytes half open.

    `old_type` is `ANY_TYPE` when the kernel removed whatever was there.
    """

    span: Span
    old_type: int
    new_type: int | None
    line: int = NO_LINE


ANY_TYPE = 0


class MemblockOp(NamedTuple):
    """One `memblock_*:` debug line: `add`, `reserve`, `free`, `remove`, ...; bytes half open.

    `nid` is None where the kernel does not print one, or prints NUMA_NO_NODE.
    """

    op: str
    span: Span
    flags: int
    caller: str
    nid: int | None = None
    line: int = NO_LINE


class MemblockRegionLine(NamedTuple):
    """One region of a `MEMBLOCK configuration:` dump; bytes half open."""

    span: Span
    nid: int | None
    flags: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MemblockDump:
    """One `MEMBLOCK configuration:` dump, as far as the log holds it.

    Attributes:
        memory: the regions of memblock.memory.
        reserved: the regions of memblock.reserved.
        line: where the dump begins.
        complete: all the regions that the dump counts were seen.
    """

    memory: tuple[MemblockRegionLine, ...] = ()
    reserved: tuple[MemblockRegionLine, ...] = ()
    line: int = NO_LINE
    complete: bool = False


class SratMemoryLine(NamedTuple):
    """A printed memory entry; bytes half open."""

    nid: int
    pxm: int
    span: Span
    hot: bool
    non_volatile: bool
    line: int = NO_LINE


class SratCpuLine(NamedTuple):
    """A printed processor entry; `id` is the number after the word that `Architecture` lists."""

    pxm: int
    id: int
    nid: int
    line: int = NO_LINE


class TableLine(NamedTuple):
    """An `ACPI: SIG 0x... ...` line."""

    signature: str
    address: int
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BootLog:
    """Everything that could be read out of one log.

    Attributes:
        lines: the log without timestamps, log levels and prefixes, as the kernel printed it.
        boots: how many boots the text holds; only the first is read.
        answer_line: index of the first line of the kernel's own answer (SRAT, NUMA, zones); None
            when the log ends before it.
        release: `6.1.0-56-cloud-amd64`, from `Linux version`.
        version_text: everything after `Linux version `: compiler, builder, build date.
        machine: the architecture that the log names or shows, modelled or not; None without a sign.
        printk_caller: lines name who printed them: CONFIG_PRINTK_CALLER.
        command_line: the kernel command line, with what was built in where the log shows that.
        dmi: the machine's name: `Dell Inc. PowerEdge R815/0THJFH, BIOS 3.2.2 09/15/2014`.
        hypervisor: `KVM`, `Microsoft Hyper-V`, ...; None when none was named.
        xen_pv: the map is Xen's own: a paravirtualized domain.
        efi: the kernel was started by EFI firmware.
        memory_map: the firmware's map as first printed (e820, or EFI where there is no e820).
        final_map: the last map printed (`user:`, `extended`, `modified`), when there is one.
        final_map_line: where that map ends.
        elided: a comment beside the map says that lines of it were left out.
        gaps: comments that say that lines were left out.
        edits: e820 updates and removals, in order.
        last_pfns: the `last_pfn = ` figures in order: all RAM, then RAM below 4 GiB.
        last_pfn_line: where the last of them stands; what is edited below it changes no RAM.
        efi_map: the EFI memory map as printed.
        mirrored_bytes: mirrored and total bytes of the `mirrored memory` line.
        memory_limit: how much RAM `mem=` leaves on arm64, in bytes.
        reservations: named early reservations (initrd, ACPI tables, kernel image, ...).
        kernel_image: where the kernel lies, when the log shows it.
        kaslr_disabled: the kernel said that KASLR is off.
        memblock_ops: the calls that `memblock=debug` prints, in order.
        memblock_dumps: the `MEMBLOCK configuration:` dumps, in order.
        srat_memory: printed SRAT memory entries, in order.
        srat_cpus: printed SRAT processor entries, in order.
        tables: signature, address, length of each `ACPI: SIG 0x...` line, in order.
        memory_block_bytes: `Memory block size`.
        max_nodes: MAX_NUMNODES, from the `SLUB:` line.
    """

    lines: tuple[str, ...] = ()
    boots: int = 0
    answer_line: int | None = None
    release: str | None = None
    version_text: str | None = None
    machine: str | None = None
    printk_caller: bool = False
    command_line: str | None = None
    dmi: str | None = None
    hypervisor: str | None = None
    xen_pv: bool = False
    efi: bool = False
    memory_map: MemoryMap | None = None
    final_map: MemoryMap | None = None
    final_map_line: int = NO_LINE
    elided: bool = False
    gaps: tuple[int, ...] = ()
    edits: tuple[MapEdit, ...] = ()
    last_pfns: tuple[int, ...] = ()
    last_pfn_line: int = NO_LINE
    efi_map: tuple[EfiRegion, ...] = ()
    mirrored_bytes: tuple[int, int] | None = None
    reservations: tuple[Reservation, ...] = ()
    kernel_image: Span | None = None
    kaslr_disabled: bool = False
    memblock_ops: tuple[MemblockOp, ...] = ()
    memblock_dumps: tuple[MemblockDump, ...] = ()
    srat_memory: tuple[SratMemoryLine, ...] = ()
    srat_cpus: tuple[SratCpuLine, ...] = ()
    tables: tuple[TableLine, ...] = ()
    memory_block_bytes: int | None = None
    max_nodes: int | None = None
    memory_limit: int | None = None

    @property
    def lacks_debug(self) -> bool:
        """The kernel's own edits of its e820 map are not in it: it is what a console showed.

        Linux: `trim_bios_range` edits the map of every machine, and says so at level debug.
        """
        return bool(self.last_pfns) and not self.edits
