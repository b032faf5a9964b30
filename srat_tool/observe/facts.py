"""The facts in a boot log, as frozen values; `bootlog.py` reads them out of text.

`line` counts the lines of the boot from 0, so that a reader can compare their order.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from srat_tool.base.span import Span
from srat_tool.observe.vintage import FIRST, LAST, Release
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
    """A printed processor entry; `id` is the number after the word that `Architecture` lists.

    That word is the `kind`, except that an id of more digits than an APIC entry has, which are
    two, makes it an `X2APIC`.
    """

    pxm: int
    id: int
    nid: int
    line: int = NO_LINE
    kind: str = "APIC"


class ZoneLine(NamedTuple):
    """One line of `Zone ranges:`; bytes half open, None for a zone without pages."""

    name: str
    span: Span | None


class NodeRangeLine(NamedTuple):
    """One line of `Early memory node ranges`; bytes half open, a negative node is none."""

    nid: int
    span: Span


class NodeSetupLine(NamedTuple):
    """One line of `Initmem setup node`: first to last page, None where there is no memory."""

    nid: int
    span: Span | None


class LostRam(NamedTuple):
    """Ranges of RAM that are in no line of a map, in bytes, ascending.

    Attributes:
        spans: the ranges.
        by: the lines that show them.
        exact: they are known to the page; otherwise only where they end.
    """

    spans: tuple[Span, ...] = ()
    by: str = ""
    exact: bool = True


NO_LOSS = LostRam()


class Coverage(NamedTuple):
    """RAM that is in no range of the SRAT, and all RAM: bytes, printed in whole MiB."""

    missing: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KernelAnswer:
    """What the kernel printed that it made of the memory.

    Attributes:
        printed: the lines of each part of `answer.PARTS`, with their blanks squeezed.
        late: the same of `late_lines.LATE_PARTS`; of lines that are printed again, the first.
        goes_on: the log has lines that a kernel prints only once its zones are set up.
        zones: the zones, each that is built in.
        lists_all_zones: the list is there from its heading to what follows it.
        node_ranges: RAM by node.
        lists_all_ranges: the same of it.
        setups: nodes as they are reported, those without memory among them.
        added: what arm64's driver gave to nodes, before 5.0: RAM, where one node was faked.
        emulated: nodes were made by `numa=fake=`.
        begins_with: the part with which the log begins, so that lines of it may be missing.
        ends_zones: the list of zones is there at least to its end.
        faked: the one node that was made of all memory instead of the tables' nodes.
        numa_off: NUMA was turned off.
        rejected: why the kernel did not use the SRAT, in its own figures.
        says_not_used: it printed `SRAT not used`.
        coverage: the figures of that.
        distance_nodes: nodes of the distance table.
        slit_invalid: the SLIT was found invalid.
    """

    printed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    late: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    goes_on: bool = False
    zones: tuple[ZoneLine, ...] = ()
    lists_all_zones: bool = False
    node_ranges: tuple[NodeRangeLine, ...] = ()
    lists_all_ranges: bool = False
    setups: tuple[NodeSetupLine, ...] = ()
    added: tuple[NodeRangeLine, ...] = ()
    emulated: bool = False
    begins_with: str | None = None
    ends_zones: bool = False
    faked: Span | None = None
    numa_off: bool = False
    rejected: str | None = None
    says_not_used: bool = False
    coverage: Coverage | None = None
    distance_nodes: int | None = None
    slit_invalid: bool = False

    @property
    def nids(self) -> tuple[int, ...]:
        """The nodes that are named in it, in order."""
        named = {line.nid for line in self.node_ranges} | {line.nid for line in self.setups}
        return tuple(sorted(nid for nid in named if nid >= 0))


class TableLine(NamedTuple):
    """An `ACPI: SIG 0x... ...` line."""

    signature: str
    address: int
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BootLog:
    """Everything that could be read out of one log.

    Attributes:
        boots: how many boots the text holds, of which one was read.
        boot: which one, from 1 on.
        boot_because: why that one; empty where it was asked for.
        answer: what the kernel made of the memory.
        answer_line: index of the first line of the kernel's own answer (SRAT, NUMA, zones); None
            when the log ends before it.
        vintage: the releases whose wording fits, as `(since, before)`, where none was named.
        maker: a release of the one maker whose kernels word their lines so, likewise.
        release: `6.1.0-56-cloud-amd64`, from `Linux version`.
        image_release: that of the kernel image whose name is on the command line.
        version_text: everything after `Linux version `: compiler, builder, build date.
        machine: the architecture that the log names or shows, modelled or not; None without a sign.
        printk_caller: lines name the task or CPU that printed them: CONFIG_PRINTK_CALLER.
        command_line: the kernel command line, with what was built in where the log shows that.
        command_line_cut: the kernel's own message was too short for all of it.
        dmi: the machine's name: `Dell Inc. PowerEdge R815/0THJFH, BIOS 3.2.2 09/15/2014`.
        hypervisor: `KVM`, `Microsoft Hyper-V`, ...; None when none was named.
        xen_pv: the map is Xen's own: a paravirtualized domain.
        efi: the kernel was started by EFI firmware.
        memory_map: the firmware's map as first printed (e820, or EFI where there is no e820).
        final_map: the last map printed (`user:`, `extended`, `modified`), when there is one.
        final_map_line: where that map ends.
        map_front_lost: that map's heading and its first lines are not in the log.
        map_ends_log: the log ends with a line of a map, so that lines of it may be missing.
        map_garbled: how many of its lines cannot be read.
        lost_ram: RAM that other lines show, and no line of the map does; it was added to the maps.
        elided: a comment next to the map states that lines of it were left out.
        gaps: comments that state that lines were left out.
        dropped: how many messages the kernel reports as dropped before its console printed them.
        edits: e820 updates and removals, in order.
        last_pfns: the `last_pfn = ` figures in order: all RAM, then RAM below 4 GiB.
        last_pfn_line: where the last of them is; what is edited below it changes no RAM.
        efi_map: the EFI memory map as printed.
        mirrored_bytes: mirrored and total bytes of the `mirrored memory` line.
        memory_limit: how much RAM `mem=` leaves on arm64, in bytes.
        reservations: named early reservations (initrd, ACPI tables, kernel image, ...).
        kernel_image: where the kernel is, when the log shows it.
        kaslr_disabled: the kernel printed that KASLR is off.
        memblock_ops: the calls that `memblock=debug` prints, in order.
        memblock_dumps: the `MEMBLOCK configuration:` dumps, in order.
        srat_memory: printed SRAT memory entries, in order.
        srat_cpus: printed SRAT processor entries, in order.
        tables: signature, address, length of each `ACPI: SIG 0x...` line, in order.
        tables_in_initrd: ACPI tables were found in the initrd.
        x2apic_enabled: the processors are in x2APIC mode.
        gb_pages: memory is mapped with pages of 1 GiB; None when nothing was mapped.
        numa_refused: the kernel does not know the value of its option `numa=`.
        lacks_mirrored: an early allocation found no mirrored memory.
        distance_call_line: where arm64's own driver asks for its distance table, which it does
            before its answer.
        memory_block_bytes: `Memory block size`.
        max_nodes: MAX_NUMNODES, from the `SLUB:` line.
    """

    boots: int = 0
    boot: int = 1
    boot_because: str = ""
    answer: KernelAnswer = KernelAnswer()
    answer_line: int | None = None
    vintage: tuple[Release, Release] = (FIRST, LAST)
    maker: str | None = None
    release: str | None = None
    image_release: str | None = None
    version_text: str | None = None
    machine: str | None = None
    printk_caller: bool = False
    command_line: str | None = None
    command_line_cut: bool = False
    dmi: str | None = None
    hypervisor: str | None = None
    xen_pv: bool = False
    efi: bool = False
    memory_map: MemoryMap | None = None
    final_map: MemoryMap | None = None
    final_map_line: int = NO_LINE
    map_front_lost: bool = False
    map_ends_log: bool = False
    map_garbled: int = 0
    lost_ram: LostRam = NO_LOSS
    elided: bool = False
    gaps: tuple[int, ...] = ()
    dropped: int = 0
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
    tables_in_initrd: bool = False
    x2apic_enabled: bool = False
    gb_pages: bool | None = None
    numa_refused: bool = False
    lacks_mirrored: bool = False
    distance_call_line: int | None = None

    @property
    def end_of_input(self) -> int:
        """The index of the first line that is the kernel's answer, no longer an input."""
        return sys.maxsize if self.answer_line is None else self.answer_line

    @property
    def shows_memory(self) -> bool:
        """Something in it is about RAM, nodes or tables."""
        shown = (self.memory_map, self.srat_memory, self.srat_cpus, self.efi_map, self.tables)
        return any(shown) or bool(self.memblock_ops or self.memblock_dumps or self.answer.printed)

    @property
    def is_kernels(self) -> bool:
        """A kernel printed at least a line of it."""
        return self.shows_memory or bool(self.release or self.command_line)

    @property
    def lacks_debug(self) -> bool:
        """The kernel's own edits of its e820 map are not in it: it is what a console showed.

        Linux: `trim_bios_range` edits the map of every machine, and prints that at level debug.
        """
        whole = self.release is not None and self.answer.distance_nodes is None
        return whole and bool(self.last_pfns) and not self.edits
