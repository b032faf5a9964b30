"""From tables to registered nodes, and the one faked node when that fails.

*Mirrors:* arch/x86/mm/numa.c `x86_numa_init` and `numa_init`, drivers/base/arch_numa.c
`arch_numa_init`, drivers/acpi/numa/srat.c `acpi_numa_init`, since 3.10.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from srat_tool.base.span import Span
from srat_tool.base.units import LOW_END, U64, align_up
from srat_tool.kernel.acpi_numa import ProximityMap, SratParser
from srat_tool.kernel.boot import Boot, Panic
from srat_tool.kernel.cfmws import acpi_parse_cfmws
from srat_tool.kernel.distance import acpi_numa_slit_init
from srat_tool.kernel.events import InvalidRegion, MemnodeHashed, NodeFaked, NodeSetUp, NumaOff
from srat_tool.kernel.memnode import MappedRam, memnode_map
from srat_tool.kernel.numa_emulation import numa_emulation
from srat_tool.kernel.numa_meminfo import (
    NumaInfo,
    apply_nodes,
    cover_memory,
    numa_cleanup_meminfo,
    numa_clear_kernel_node_hotplug,
)
from srat_tool.kernel.profile import MemnodeTable, NumaDriver
from srat_tool.kernel.table_events import NoMemoryFound, SratRejected
from srat_tool.tables.slit import Slit
from srat_tool.tables.srat import Srat


@dataclass(frozen=True, slots=True, kw_only=True)
class AcpiTables:
    """The tables that make nodes; a table that the machine does not have is None.

    Attributes:
        windows: CXL fixed memory windows of the CEDT, in table order.
        known_nodes: the nodes of PXMs that a boot log reports.
        unread_slit: there is a SLIT whose bytes are not known; it is taken to be valid.
        log_says_not_used: the log that the SRAT was read from reports that it was rejected.
        logged_rejection: why its kernel did not use the SRAT, where nothing in it explains that.
        memoryless: nodes without memory that a log names.
        srat_is_partial: the SRAT was read from a log, which does not show what made those nodes.
    """

    srat: Srat | None = None
    slit: Slit | None = None
    windows: tuple[Span, ...] = ()
    known_nodes: dict[int, int] = field(default_factory=dict)
    unread_slit: bool = False
    log_says_not_used: bool = False
    logged_rejection: str | None = None
    memoryless: tuple[int, ...] = ()
    srat_is_partial: bool = False


class NumaResult(NamedTuple):
    """Nodes as they were registered.

    Attributes:
        used: where they come from.
        rejected: why the SRAT is not used; None when it is, or when there is none.
        info: the attempt that succeeded.
        pxms: which domain is which node.
    """

    used: Literal["srat", "dummy", "off"]
    rejected: str | None
    info: NumaInfo
    pxms: ProximityMap


def numa_init(boot: Boot, tables: AcpiTables) -> NumaResult:
    """Try the tables, then fake one node."""
    pxms = ProximityMap(boot.profile.max_nodes, tables.known_nodes)
    if boot.profile.numa_driver is NumaDriver.NONE:
        why = "CONFIG_NUMA is not built in" if tables.srat is not None else None
        return NumaResult(used="off", rejected=why, info=_one_node(boot), pxms=pxms)
    off = "off" in boot.options.numa
    rejected: str | None = "numa=off" if off else None
    info = _start(boot)
    if not off:
        rejected = _from_tables(boot, pxms, info, tables)
        rejected = tables.logged_rejection or rejected
        if rejected is None:
            return NumaResult(used="srat", rejected=None, info=info, pxms=pxms)
        if tables.srat is not None:
            boot.say(SratRejected(rejected, printed=False))
        if not boot.profile.fakes_node:
            return _left_as_it_is(boot, info, rejected, pxms)
        info = _start(boot, info)
    info.domains = None if srat_disabled(boot) else pxms.nodes
    _dummy_numa_init(boot, info, off=off)
    refused = rejected if tables.srat is not None else None
    return NumaResult(used="off" if off else "dummy", rejected=refused, info=info, pxms=pxms)


def _left_as_it_is(boot: Boot, info: NumaInfo, rejected: str, pxms: ProximityMap) -> NumaResult:
    """Return what a kernel continues with that fakes no node: RAM stays without one.

    Linux: arch/loongarch/kernel/numa.c `init_numa_memory`, whose result is not used, 7.2.
    """
    if any(region.nid is not None for region in boot.memblock.memory):
        return NumaResult(used="srat", rejected=rejected, info=info, pxms=pxms)
    return NumaResult(used="off", rejected=rejected, info=NumaInfo(), pxms=pxms)


def srat_disabled(boot: Boot) -> bool:
    """Return whether the SRAT was switched off, or found bad while it was read.

    One whose nodes cannot be made of RAM is not used, and yet not disabled.
    """
    bad = any(isinstance(event, SratRejected) and event.printed for event in boot.events)
    return bad or "noacpi" in boot.options.numa


def _one_node(boot: Boot) -> NumaInfo:
    """Number all RAM 0 without a word; its pg_data_t is part of the kernel image.

    Linux: arch/x86/mm/init_64.c `initmem_init` without CONFIG_NUMA, 3.10 to 6.12.
    """
    boot.memblock.set_node(0, U64, 0)
    boot.memblock.bottom_up = False
    info = NumaInfo()
    info.parsed.add(0)
    return info


def _start(boot: Boot, earlier: NumaInfo | None = None) -> NumaInfo:
    """Wipe what an earlier attempt left, hotplug marks included where the kernel does so.

    Linux: N_GENERIC_INITIATOR is a node state, which nothing takes back; numa_reserved_meminfo
    keeps what an earlier attempt has put there.
    """
    boot.memblock.set_node(0, U64, None)
    boot.memblock.reserved.set_node(0, U64, None)
    if boot.profile.wipes_marks:
        boot.memblock.clear_hotplug(0, U64)
    info = NumaInfo()
    if earlier is not None:
        info.initiators = earlier.initiators
        info.reserved = earlier.reserved
        earlier.distances.free(boot)
    if boot.profile.numa_driver is NumaDriver.DIRECT:
        info.distances.make_room(boot)
    return info


def _from_tables(boot: Boot, pxms: ProximityMap, info: NumaInfo, tables: AcpiTables) -> str | None:
    """Make nodes of the tables; return why not, or None."""
    why = _acpi_numa_init(boot, pxms, info, tables)
    if why is None:
        boot.memblock.bottom_up = False
        info.domains = pxms.nodes
        why = _numa_register_memblks(boot, info)
    return why


def _acpi_numa_init(
    boot: Boot, pxms: ProximityMap, info: NumaInfo, tables: AcpiTables
) -> str | None:
    """Parse SRAT, SLIT and CEDT; the later ones even where the SRAT is of no use."""
    if boot.options.acpi_off:
        return "acpi=off"
    parser = SratParser(boot, pxms, info)
    parser.disabled = "noacpi" in boot.options.numa
    found = tables.srat is not None and parser.parse(tables.srat)
    info.memoryless |= set(tables.memoryless)
    if tables.srat_is_partial:
        info.parsed |= info.memoryless
    if tables.log_says_not_used and not parser.disabled:
        parser.bad_srat("the log reports it")
    if boot.profile.numa_driver is not NumaDriver.EARLY_MEMINFO:
        acpi_numa_init_slit(boot, pxms, info, tables)
    acpi_parse_cfmws(boot, pxms, info, tables.windows)
    # What a whole SRAT does not have comes from the CEDT, which is read after the SLIT.
    info.parsed |= info.memoryless
    if not found:
        boot.say(NoMemoryFound())
    elif not parser.disabled or boot.profile.uses_rejected_srat:
        return None
    return _why_not(parser, boot, tables)


def acpi_numa_init_slit(boot: Boot, pxms: ProximityMap, info: NumaInfo, tables: AcpiTables) -> None:
    """Fill the distance table from the SLIT, if there is one."""
    if tables.unread_slit and pxms.nodes:
        info.distances.create(boot, info.possible)
    elif tables.slit is not None:
        acpi_numa_slit_init(boot, info.distances, tables.slit, pxms.nodes, info.possible)


def _why_not(parser: SratParser, boot: Boot, tables: AcpiTables) -> str:
    if tables.srat is None:
        return "there is no SRAT"
    if "noacpi" in boot.options.numa:
        return "numa=noacpi"
    reasons = [event.why for event in boot.events if isinstance(event, SratRejected)]
    if reasons:
        return reasons[0]
    return "an entry of it ends the walk" if parser.found_memory else "no memory entry is enabled"


def _numa_register_memblks(boot: Boot, info: NumaInfo, *, faked: bool = False) -> str | None:
    """Turn ranges into nodes; return why that failed, or None."""
    if boot.profile.numa_driver is NumaDriver.DIRECT:
        return _register_direct(boot, info)
    if boot.profile.numa_driver is NumaDriver.MEMNODE:
        return _register_memnode(boot, info, faked=faked)
    why = numa_cleanup_meminfo(boot, info)
    if why is not None:
        return why
    if boot.profile.numa_driver is NumaDriver.EARLY_MEMINFO:
        return cover_memory(boot, info)
    numa_emulation(boot, info)
    if boot.died is not None:
        return None
    apply_nodes(boot, info)
    why = cover_memory(boot, info)
    if why is None:
        register_nodes(boot, info)
        if boot.profile.clears_after_node_data:
            numa_clear_kernel_node_hotplug(boot, info)
    return why


def _register_direct(boot: Boot, info: NumaInfo) -> str | None:
    """Register nodes whose RAM was numbered entry by entry; the last entry wins."""
    for block in info.blocks:
        boot.memblock.set_node(block.start, block.end - block.start, block.nid)
    for region in boot.memblock.memory:
        if region.nid is None:
            boot.say(InvalidRegion(region.nid, region.span))
            return f"RAM at {region.base:#x} is in no range of it"
    register_nodes(boot, info)
    return None


def _register_memnode(boot: Boot, info: NumaInfo, *, faked: bool) -> str | None:
    """Register nodes as 2.6 does, blocks unmerged; return why that failed, or None.

    Linux: `initmem_init` fills in the table for a faked node itself, without a word.
    """
    for block in info.blocks:
        boot.memblock.set_node(block.start, block.end - block.start, block.nid)
    why = cover_memory(boot, info)
    if why is not None:
        return why
    if not faked:
        profile, spans = boot.profile, _hashed_spans(boot, info)
        hashed = memnode_map(spans, _direct_map(boot), profile.memnode_table, profile.memnode_line)
        boot.say(MemnodeHashed(*hashed))
    register_nodes(boot, info)
    return None


def _hashed_spans(boot: Boot, info: NumaInfo) -> list[Span]:
    """Return what the table is made of: the ranges of the SRAT, or each node from end to end."""
    if boot.profile.memnode_table is MemnodeTable.BLOCKS:
        return [block.span for block in info.blocks]
    whole: dict[int, Span] = {}
    for block in info.blocks:
        known = whole.get(block.nid, block.span)
        start, end = min(known.start, block.start), max(known.end, block.end)
        whole[block.nid] = Span(start, min(end, boot.max_pfn << boot.page_shift))
    return list(whole.values())


def _direct_map(boot: Boot) -> MappedRam:
    ends = [region.end for region in boot.memblock.memory]
    return MappedRam(
        low_end=max((end for end in ends if end <= LOW_END), default=0),
        high_end=max(ends, default=0),
        room=min(ends, default=0),
        gb_pages=boot.gb_pages,
    )


def register_nodes(boot: Boot, info: NumaInfo) -> None:
    """Bring nodes online, each with its pg_data_t.

    Raises:
        Panic: when there is no room for one and this kernel does not continue without.
    """
    everywhere = boot.profile.node_data_everywhere
    spans = info.spans()
    for nid in sorted(info.possible):
        whole = _ram_of(boot, nid) if everywhere else spans.get(nid, Span(0, 0))
        if everywhere or (whole and whole.size >= boot.profile.min_node_bytes):
            alloc_node_data(boot, nid, whole)
            info.online.add(nid)


def _ram_of(boot: Boot, nid: int) -> Span:
    """*Mirrors:* mm/page_alloc.c (mm/mm_init.c) `get_pfn_range_for_nid`, since 4.8."""
    pages = [pages for pages, _ in boot.memblock.for_each_mem_pfn_range(nid)]
    if not pages:
        return Span(0, 0)
    return Span(pages[0].start << boot.page_shift, pages[-1].end << boot.page_shift)


def alloc_node_data(boot: Boot, nid: int, span: Span) -> None:
    """Take memory for a node's pg_data_t, on the node itself if it has any to give."""
    align = boot.profile.node_data_align
    size = align_up(boot.profile.node_data_bytes, align)
    address = boot.memblock.alloc(size, align, nid=nid)
    if address is None:
        boot.say(NodeSetUp(nid, span, None, None))
        if boot.profile.node_data_or_panic:
            raise Panic(f"ERROR: Failed to allocate {size:#x} bytes below 0x0.\n")
        return
    home = _early_pfn_to_nid(boot, address >> boot.page_shift << boot.page_shift)
    boot.say(NodeSetUp(nid, span, Span(address, address + size), home))


def _early_pfn_to_nid(boot: Boot, page: int) -> int | None:
    """Return the node of the region that a page begins in."""
    homes = boot.memblock.memory.overlapping(page, page + 1)
    if boot.profile.nodes_of_whole_pages:
        end = page + (1 << boot.page_shift)
        homes = [home for home in homes if home.base <= page and end <= home.end]
        return homes[0].nid if homes else 0
    return homes[0].nid if homes else None


def _dummy_numa_init(boot: Boot, info: NumaInfo, *, off: bool) -> None:
    """One node for everything (`dummy_numa_init`); this cannot fail."""
    start = 0 if boot.profile.faked_node_from_zero else boot.memblock.start_of_dram
    whole = Span(start, boot.max_pfn << boot.page_shift)
    boot.say(NumaOff(off))
    boot.say(NodeFaked(whole))
    info.parsed.add(0)
    info.add_memblk(boot, 0, whole)
    boot.memblock.bottom_up = False
    _numa_register_memblks(boot, info, faked=True)
