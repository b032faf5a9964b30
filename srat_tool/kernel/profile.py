"""The questions on which kernels differ, as the typed fields of one value.

No code asks a profile for its version: the answers themselves are the fields. The rows that fill
them in are in `history_x86.py`, `history_arm64.py` and `vendors.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from srat_tool.base.architecture import X86_64, Architecture
from srat_tool.base.units import MIB
from srat_tool.kernel.direct_map import DirectMapRules
from srat_tool.kernel.evidence import ProfileChange, ProfileEvidence
from srat_tool.kernel.printk_words import Printk
from srat_tool.kernel.series2013.variant import SeriesVariant


class NumaDriver(Enum):
    """The code that turns SRAT ranges into nodes."""

    MEMNODE = "ranges stay as they are, and a table hashes addresses to nodes (2.6)"
    MEMINFO = "ranges collect in numa_meminfo, are merged, and then applied to memblock"
    EARLY_MEMINFO = "the same, but applied only once RAM is mapped (2013 series)"
    DIRECT = "each range sets the node of the RAM in it at once (arm64 before 6.12)"
    NONE = "none: CONFIG_NUMA is not built in, and the tables are not read"


class MemnodeTable(Enum):
    """Where the table that hashes addresses to nodes is, and what it is made of (2.6)."""

    STATIC = "a fixed place; whole nodes"
    NODES = "a place that the number of entries asks for; whole nodes, of a byte each"
    BLOCKS = "the same; SRAT ranges, of two bytes each"


class SratWalk(Enum):
    """In which order processor entries are handed out, and so how nodes are numbered."""

    BY_TYPE = "all x2APIC entries, then all APIC entries"
    TABLE_ORDER = "one walk over all types that have a handler"


class HotplugMark(Enum):
    """What a hot-pluggable range does to memblock."""

    NONE = "nothing"
    FLAGGED = "MEMBLOCK_HOTPLUG on memblock.memory"
    RESERVED = "MEMBLK_HOTPLUGGABLE on memblock.reserved (2013 series)"


class MirrorRule(Enum):
    """What `kernelcore=mirror` does."""

    ABSENT = "not understood: a size of zero"
    UNMIRRORED_IS_MOVABLE = "without mirrored memory everything above 4 GiB is movable"
    NEEDS_MIRROR = "ignored where no memory is mirrored"


class MirrorMarks(Enum):
    """When memory that the firmware mirrors is marked as such, and taken first."""

    NEVER = "never"
    ALWAYS = "always"
    WITH_KERNELCORE = "with kernelcore=mirror"


class CoverageRule(Enum):
    """How RAM without a node is found and complained about."""

    PAGES_OF_BLOCKS = "at least 1 MiB of the e820 RAM is in no memblk of its node"
    PAGES_OF_ANY_BLOCK = "at least 1 MiB of it is in no memblk: RAM has no nodes yet (2013 series)"
    REGIONS_WITHOUT_NODE = "more than a threshold of RAM has no node"


class WindowRule(Enum):
    """What becomes of CXL fixed memory windows (CEDT)."""

    IGNORED = "nothing"
    BLOCK = "a node whose memblk is added to those of the SRAT"
    OWN_NODE = "the same, whichever node the SRAT gives its memory (arm64 before 6.12)"
    RESERVED_LIST = "a node that is kept for hot-added memory only"


class MemorylessLines(Enum):
    """What a kernel prints about a node without memory."""

    NONE = "nothing"
    EMPTY_RANGE = "processor nodes, once the processors are known: [mem 0x0-0x0]"
    EMPTY_WITH_ZONES = "[mem 0x0-0x0], among the nodes that have memory"
    INITIALIZING = "Initializing node N as memoryless, then the setup line"
    SETUP = "Initmem setup node N as memoryless"


class SetupLines(Enum):
    """How a node with memory is reported."""

    BEFORE_NODE_DATA = "Initmem setup, then NODE_DATA, when NUMA is set up (3.x)"
    WITHOUT_NUMBER = "NUMA: NODE_DATA, then as below (arm64's own driver)"
    WITH_ZONES = "NODE_DATA(N) allocated; Initmem setup follows the node ranges"
    WITH_ADDRESS_SPACE = "the same, after the node's address space and frames (loongarch64)"


class EfiMemory(Enum):
    """How RAM is found in the EFI memory map of a machine without an e820 map."""

    BY_ATTRIBUTE = "what is cached is memory; what the kernel may not use is not mapped"
    BY_TYPE = "types that the kernel may use, and those that it reserves (loongarch64)"


class MemOption(Enum):
    """What `mem=` does."""

    E820 = "an edit of the e820 map: addresses from there on are no RAM"
    KEEPS_KERNEL = "so much RAM is left, and the kernel and its initrd (arm64)"
    ENFORCED = "so much RAM is left (riscv64)"
    ENFORCED_OR_MAP = "so much RAM is left, or with @ the ranges that are given (loongarch64)"


class BlockSizeRule(Enum):
    """How the memory block size of a large machine is found."""

    SECTION = "a section of sparsemem, whatever the size (all but x86)"
    ALIGNMENT = "the largest that divides the end of RAM"
    LARGEST_BY_SIZE = "2 GiB with 64 GiB of usable RAM, else the largest that divides its end"
    LARGEST = "2 GiB, whatever divides the end of RAM"
    BARE_METAL_LARGEST = "2 GiB on bare metal, else the largest that divides the end of RAM"
    WINDOW_ADVICE = "the same, but no larger than the alignment of CXL windows"


class KaslrRange(Enum):
    """Where the boot stub of x86 may put the kernel (KASLR)."""

    NOWHERE = "at its link address only"
    FIRST_GIB = "between its link address and 1 GiB, whatever the SRAT lists"
    ALL_RAM = "in any RAM, whatever the SRAT lists"
    COLD_RAM = "in RAM that the SRAT does not list as hot-pluggable"


_DIRECT_MAP = DirectMapRules()


@dataclass(frozen=True, slots=True, kw_only=True)
class KernelProfile:
    """One kernel's answers.

    Attributes:
        name: as `--kernel` takes it.
        since: first release that it describes.
        arch: the architecture, with what was different in this release.
        max_nodes: MAX_NUMNODES of a distribution kernel.
        emulates_nodes: `numa=fake=` is built in.
        fake_counts_each: `numa=fake=NU` fails where any node, not only the first, gives too few.
        fake_maps_domains: fake nodes take over the proximity domains (`fix_pxm_node_maps`).
        numa_words: what `numa=` can turn off, by the first letters of its value.
        command_line_bytes: COMMAND_LINE_SIZE, to which it cuts its command line, with the final
            zero.
        memparse_suffixes: size suffixes that `memparse` knows, lower case.
        knows_movable_node: the `movable_node` option has an effect on zones.
        knows_percent: kernelcore= and movablecore= take percentages.
        mirror: `kernelcore=mirror`.
        mirror_marks: when memory that the firmware mirrors is marked.
        knows_movablecore_acpi: `movablecore=acpi` is a switch (2013 series).
        numa_driver: the code that makes nodes.
        memnode_table: of what the table of addresses is made.
        memnode_line: bytes of a cache line, to which that table is aligned.
        xen_turns_numa_off: in a paravirtualized domain of Xen there is no NUMA.
        caps_zones: zones are printed as ending where RAM does, not where they could.
        hides_first_page: the first page is not RAM (`trim_bios_range`).
        srat_walk: order of processor entries.
        memory_entry_exact: a memory entry must be 40 bytes long, not at least 40.
        limits_memory_entries: no more memory entries are looked at than there is room for blocks.
        hotplug_mark: what a hot-pluggable range does.
        wipes_marks: an attempt at NUMA starts without the hotplug marks of the one before.
        clears_kernel_nodes: nodes that hold early data lose their hotplug marks.
        clears_after_node_data: they do so once nodes have their NODE_DATA, which counts as well.
        absent_to_reserved_list: ranges without RAM move to numa_reserved_meminfo.
        clamps_to_dram: ranges are cut to where RAM begins and ends, not to [0, max_pfn).
        coverage: how missing RAM is found.
        coverage_slack: bytes of RAM that may be left out.
        no_node_is_max_nodes: RAM without a node bears the number MAX_NUMNODES, not -1.
        min_node_bytes: smaller nodes are not registered.
        uses_rejected_srat: the ranges before the structure that a SRAT is rejected for still count.
        fakes_node: where the tables make no nodes, one node has all memory.
        knows_acpi_off: the option `acpi=off` is built in.
        efi_memory: how RAM is found in an EFI memory map.
        mem_option: what `mem=` does.
        limit_callers: logged memblock calls, as `(operation, caller)`, that follow the limit.
        faked_node_from_zero: a faked node begins at address 0, not where RAM begins.
        movable_node_allocates_bottom_up: with movable_node, memblock allocates from low addresses
            until nodes are known.
        bottom_up_above_kernel: those allocations begin where the kernel image ends.
        windows: CXL fixed memory windows.
        windows_fill: a window stretches the blocks that it overlaps; otherwise only its first byte
            is looked up.
        windows_fill_roughly: it stretches one more, and in an order of 32 bits (`cfmws.py`).
        windows_are_parsed: the node of a window counts as named by a table.
        windows_need_cxl: windows are read only with CONFIG_CXL_ACPI.
        window_first: an address is looked up in the reserved list before the nodes' blocks.
        node_data_bytes: size of pg_data_t as it is allocated.
        node_data_align: its alignment.
        node_data_everywhere: memoryless nodes get theirs when NUMA is set up, and are named then.
        node_data_or_panic: without room for one the boot ends.
        nodes_of_whole_pages: a page that no region of RAM holds whole counts as one of node 0.
        clamps_sizes: movablecore= is limited to all RAM, kernelcore= of all RAM means none movable.
        drops_start_past_end: a ZONE_MOVABLE that would begin past its node's end is dropped.
        hot_start_rounds_up: a hot region begins at the first whole page in it.
        finds_movable_zone: the zone that ends ZONE_MOVABLE is looked for whatever decides, not
            only for sizes.
        mirror_zones_overlap: with kernelcore=mirror a kernel zone is not cut at ZONE_MOVABLE.
        acpi_ends_ram: ACPI data above all RAM counts for the last page frame.
        initiators_stay_online: nodes of generic initiators are brought up even when the table that
            named them was rejected.
        kaslr: where the kernel may be put.
        direct_map: how all RAM is mapped.
        early_page_tables: bytes at the top of RAM that page tables take first.
        low_reservation: bytes from address 0 that are always taken.
        reserves_acpi_tables: the memory of ACPI tables is taken.
        crash_low_at_address: a crash kernel at an address above 4 GiB gets low memory as well.
        block_size: memory block size.
        memoryless: lines about nodes without memory.
        setup_lines: lines about the others.
        may_have_zone_device: the configuration is unknown; it is assumed to be the sources' own.
        auto_movable: `memory_hotplug.online_policy=auto-movable` exists.
        series: the version of the 2013 series that this kernel carries; None for mainline.
        printk: wording.
        changes: what differs from the row before.
        rests_on: how that was established, the best evidence first.
    """

    name: str
    since: tuple[int, ...]
    arch: Architecture = X86_64
    max_nodes: int = 1024
    emulates_nodes: bool = True
    fake_counts_each: bool = False
    fake_maps_domains: bool = False
    numa_words: tuple[str, ...] = ("off", "noacpi")
    command_line_bytes: int = 2048
    memparse_suffixes: str = "kmg"
    knows_movable_node: bool = False
    knows_percent: bool = False
    mirror: MirrorRule = MirrorRule.ABSENT
    mirror_marks: MirrorMarks = MirrorMarks.NEVER
    knows_movablecore_acpi: bool = False
    numa_driver: NumaDriver = NumaDriver.MEMINFO
    memnode_table: MemnodeTable = MemnodeTable.BLOCKS
    memnode_line: int = 64
    hides_first_page: bool = True
    xen_turns_numa_off: bool = True
    caps_zones: bool = True
    srat_walk: SratWalk = SratWalk.BY_TYPE
    memory_entry_exact: bool = True
    limits_memory_entries: bool = False
    hotplug_mark: HotplugMark = HotplugMark.NONE
    wipes_marks: bool = True
    clears_kernel_nodes: bool = False
    clears_after_node_data: bool = False
    absent_to_reserved_list: bool = False
    clamps_to_dram: bool = False
    coverage: CoverageRule = CoverageRule.PAGES_OF_BLOCKS
    coverage_slack: int = MIB
    no_node_is_max_nodes: bool = True
    min_node_bytes: int = 4 * MIB
    uses_rejected_srat: bool = False
    fakes_node: bool = True
    knows_acpi_off: bool = True
    efi_memory: EfiMemory = EfiMemory.BY_ATTRIBUTE
    mem_option: MemOption = MemOption.E820
    limit_callers: tuple[tuple[str, str], ...] = ()
    faked_node_from_zero: bool = True
    movable_node_allocates_bottom_up: bool = True
    bottom_up_above_kernel: bool = False
    windows: WindowRule = WindowRule.IGNORED
    windows_fill: bool = False
    windows_fill_roughly: bool = False
    windows_are_parsed: bool = False
    windows_need_cxl: bool = False
    window_first: bool = False
    node_data_bytes: int = 0x27000
    node_data_align: int = 64
    node_data_everywhere: bool = False
    node_data_or_panic: bool = False
    nodes_of_whole_pages: bool = False
    clamps_sizes: bool = False
    drops_start_past_end: bool = False
    hot_start_rounds_up: bool = False
    finds_movable_zone: bool = True
    mirror_zones_overlap: bool = True
    acpi_ends_ram: bool = False
    initiators_stay_online: bool = False
    kaslr: KaslrRange = KaslrRange.NOWHERE
    direct_map: DirectMapRules = _DIRECT_MAP
    early_page_tables: int = 0
    low_reservation: int = 64 << 10
    reserves_acpi_tables: bool = False
    crash_low_at_address: bool = True
    block_size: BlockSizeRule = BlockSizeRule.ALIGNMENT
    memoryless: MemorylessLines = MemorylessLines.NONE
    setup_lines: SetupLines = SetupLines.BEFORE_NODE_DATA
    may_have_zone_device: bool = False
    auto_movable: bool = False
    series: SeriesVariant | None = None
    printk: Printk = field(default_factory=Printk)
    changes: tuple[ProfileChange, ...] = ()
    rests_on: tuple[ProfileEvidence, ...] = ()

    @property
    def no_node(self) -> int:
        """How a log prints that RAM has no node."""
        return self.max_nodes if self.no_node_is_max_nodes else -1
