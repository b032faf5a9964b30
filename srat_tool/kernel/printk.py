"""The lines that a kernel prints about each step, in its own words.

*Mirrors:* the printk calls of the files that the events come from, since 3.10.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeAlias

from srat_tool.base.span import Span
from srat_tool.base.units import MIB, U64, align_up, mem_range
from srat_tool.kernel import events as ev
from srat_tool.kernel import printk_old
from srat_tool.kernel import table_events as tev
from srat_tool.kernel.profile import CoverageRule, KernelProfile, MemorylessLines, SetupLines
from srat_tool.kernel.series2013 import printk as series2013

Lines: TypeAlias = Iterator[str]
Printer: TypeAlias = Callable[[Any, KernelProfile], Lines]

_ADDRESS = 18
_ADDRESS_SPACE_SHIFT = 44


def log_lines(events: Iterable[ev.BootEvent], profile: KernelProfile) -> tuple[str, ...]:
    """Return everything that this kernel prints about a boot, in its order, without timestamps."""
    return tuple(line for event in events for line in lines_of(event, profile))


def lines_of(event: ev.BootEvent, profile: KernelProfile) -> tuple[str, ...]:
    """Return the lines about one step; most steps have one or none."""
    printer = PRINTERS.get(type(event))
    if profile.printk.page_frames:
        printer = printk_old.PRINTERS.get(type(event), printer)
    return () if printer is None else tuple(printer(event, profile))


def _id_word(profile: KernelProfile) -> str:
    """Return the kernel's word for the number of a processor."""
    return profile.arch.processor_words[0]


def _cpu_mapped(event: tev.CpuMapped, profile: KernelProfile) -> Lines:
    if profile.printk.cpus:
        number = f"{_id_word(profile)} {event.apic_id:#0{event.digits}x}"
        yield f"SRAT: PXM {event.pxm} -> {number} -> Node {event.nid}"


def _cpu_ignored(event: tev.CpuIgnored, _: KernelProfile) -> Lines:
    yield f"SRAT: PXM {event.pxm} -> X2APIC {event.apic_id:#06x} ignored"


def _cpu_too_big(event: tev.CpuTooBig, profile: KernelProfile) -> Lines:
    number = f"{_id_word(profile)} {event.apic_id:#0{event.digits}x}"
    node = f"Node {event.nid} skipped apicid that is too big"
    yield f"SRAT: PXM {event.pxm} -> {number} -> {node}"


def _too_many_domains(event: tev.TooManyProximityDomains, profile: KernelProfile) -> Lines:
    if event.by == "cpu":
        yield f"SRAT: Too many proximity domains {event.pxm:x}"
    elif event.by == "window":
        yield "ACPI NUMA: Too many proximity domains while processing CFMWS."
    elif event.by == "uid":
        yield f"ACPI: NUMA: SRAT: Too many proximity domains {event.pxm}"
    else:
        yield f"{profile.printk.srat}SRAT: Too many proximity domains."


def _bad_entry_length(event: tev.BadEntryLength, profile: KernelProfile) -> Lines:
    if event.by == "uid":
        yield f"ACPI: NUMA: SRAT: Invalid SRAT header length: {event.length}"
    elif not profile.memory_entry_exact:
        yield f"{profile.printk.srat}SRAT: Unexpected header length: {event.length}"


def _zero_length(event: tev.ZeroLength, profile: KernelProfile) -> Lines:
    yield f"{profile.printk.zero_length}[SRAT:{event.first_id:#04x}] Invalid zero length"


def _memory_mapped(event: tev.MemoryMapped, profile: KernelProfile) -> Lines:
    words = profile.printk
    hot = words.hot if event.hot else words.not_hot
    persistent = words.non_volatile if event.non_volatile else ""
    yield (
        f"{words.srat}SRAT: Node {event.nid} PXM {event.pxm} {mem_range(event.span)}"
        f"{hot}{persistent}"
    )


def _invalid_block(event: tev.InvalidBlock, profile: KernelProfile) -> Lines:
    words = profile.printk
    yield f"{words.overlap}Warning: {words.invalid_range} {event.nid} {mem_range(event.span)}"


def _too_many_blocks(event: tev.TooManyBlocks, profile: KernelProfile) -> Lines:
    yield f"{profile.printk.overlap}too many memblk ranges"
    yield (
        f"{profile.printk.srat}SRAT: Failed to add memblk to node {event.nid}"
        f" {mem_range(event.span)}"
    )


def _srat_rejected(event: tev.SratRejected, profile: KernelProfile) -> Lines:
    if event.printed:
        yield f"{profile.printk.srat}SRAT: SRAT not used."


def _no_memory_found(_: tev.NoMemoryFound, profile: KernelProfile) -> Lines:
    if profile.printk.no_memory is not None:
        yield f"{profile.printk.no_memory}Failed to initialise from firmware"


def _slit_invalid(_: tev.SlitInvalid, __: KernelProfile) -> Lines:
    yield "ACPI: SLIT table looks invalid. Not used."


def _distance_table(event: ev.DistanceTable, profile: KernelProfile) -> Lines:
    if profile.printk.distance_table and profile.printk.debug:
        yield f"NUMA: Initialized distance table, cnt={event.nodes}"


def _no_distance_table(_: ev.NoDistanceTable, profile: KernelProfile) -> Lines:
    yield f"{profile.printk.overlap}Warning: can't allocate distance table!"


def _blocks_overlap(event: ev.BlocksOverlap, profile: KernelProfile) -> Lines:
    left, right, prefix = event.left, event.right, profile.printk.overlap
    if left.nid == right.nid:
        yield (
            f"{prefix}Warning: node {left.nid} {mem_range(left.span)}"
            f" overlaps with itself {mem_range(right.span)}"
        )
    else:
        yield (
            f"{prefix}node {left.nid} {mem_range(left.span)}"
            f" overlaps with node {right.nid} {mem_range(right.span)}"
        )


def _blocks_merged(event: ev.BlocksMerged, _: KernelProfile) -> Lines:
    left, right, joined = (mem_range(block.span) for block in event)
    yield f"NUMA: Node {event.joined.nid} {left} + {right} -> {joined}"


def _emulated_node(event: ev.EmulatedNode, _: KernelProfile) -> Lines:
    size = event.span.size // MIB
    yield f"Faking node {event.nid} at {mem_range(event.span, _ADDRESS)} ({size}MB)"


def _not_covered(event: ev.NotCovered, profile: KernelProfile) -> Lines:
    total = event.total // MIB
    if profile.coverage is CoverageRule.REGIONS_WITHOUT_NODE:
        yield f"NUMA: no nodes coverage for {event.missing // MIB}MB of {total}MB RAM"
    else:
        covered = event.covered // MIB
        yield f"NUMA: nodes only cover {covered}MB of your {total}MB e820 RAM. Not used."


def _invalid_region(event: ev.InvalidRegion, profile: KernelProfile) -> Lines:
    nid = profile.no_node if event.nid is None else event.nid
    what = f"{profile.printk.driver}Warning: invalid memblk node {nid}"
    yield f"{what} {mem_range(event.span, profile.printk.region_width)}"


def _node_set_up(event: ev.NodeSetUp, profile: KernelProfile) -> Lines:
    driver = profile.printk.driver
    if profile.setup_lines is SetupLines.BEFORE_NODE_DATA:
        # Linux: the start is shown rounded up to ZONE_ALIGN, twice the largest block of pages.
        align = 2 * profile.arch.max_order_pages << profile.arch.page_shift
        shown = event.span._replace(start=align_up(event.span.start, align))
        yield f"Initmem setup node {event.nid} {mem_range(shown)}"
    elif profile.setup_lines is SetupLines.WITH_ADDRESS_SPACE:
        shift, nid = profile.arch.page_shift, event.nid
        yield f"Node{nid}'s addrspace_offset is {nid << _ADDRESS_SPACE_SHIFT:#x}"
        first, last = event.span.start >> shift, event.span.end >> shift
        yield f"Node{nid}: start_pfn={first:#x}, end_pfn={last:#x}"
    elif driver and not event.span:
        yield f"{driver}Initmem setup node {event.nid} [<memory-less node>]"
    if event.node_data is None:
        return
    place, indent = mem_range(event.node_data), "    "
    if profile.setup_lines is SetupLines.BEFORE_NODE_DATA:
        yield f"  NODE_DATA {place}"
    elif profile.setup_lines is SetupLines.WITHOUT_NUMBER:
        indent = driver
        yield f"{driver}NODE_DATA {place}"
    else:
        yield f"NODE_DATA({event.nid}) allocated {place}"
    if event.on_nid != event.nid:
        home = profile.no_node if event.on_nid is None else event.on_nid
        yield f"{indent}NODE_DATA({event.nid}) on node {home}"


def _numa_off(event: ev.NumaOff, profile: KernelProfile) -> Lines:
    words = profile.printk
    if event.by_option:
        yield from words.plain_numa_off or (f"{words.driver}{words.numa_off}",)
    elif words.no_numa is not None:
        yield f"{words.driver}{words.no_numa}"


def _node_faked(event: ev.NodeFaked, profile: KernelProfile) -> Lines:
    width = profile.printk.faked_width
    span = Span(0, event.span.end) if profile.printk.faked_from_zero else event.span
    yield f"{profile.printk.driver}Faking a node at {mem_range(span, width)}"


def _no_mirrored_room(event: ev.NoMirroredRoom, _: KernelProfile) -> Lines:
    yield f"Could not allocate {event.size:#018x} bytes of mirrored memory"


def _mirror_ignored(_: ev.MirrorIgnored, __: KernelProfile) -> Lines:
    yield "The system has no mirror memory, ignore kernelcore=mirror."


def _unmirrored(_: ev.UnmirroredKernelMemory, __: KernelProfile) -> Lines:
    yield "This configuration results in unmirrored kernel memory."


def _zone_ranges(event: ev.ZoneRanges, profile: KernelProfile) -> Lines:
    yield "Zone ranges:"
    for zone in event.zones:
        yield f"  {zone.name:<8} {_range_or_empty(zone.span, profile)}"
    if profile.printk.device_zone:
        yield "  Device   empty"


def _range_or_empty(span: Span, profile: KernelProfile) -> str:
    return mem_range(span, profile.printk.zone_width) if span else "empty"


def _movable_starts(event: ev.MovableStarts, profile: KernelProfile) -> Lines:
    yield "Movable zone start for each node"
    for nid, start in event.starts:
        yield f"  Node {nid}: {start & U64:#0{profile.printk.zone_width}x}"


def _node_ranges(event: ev.NodeRanges, profile: KernelProfile) -> Lines:
    yield "Early memory node ranges"
    for pages in event.ranges:
        nid = profile.no_node if pages.nid is None else pages.nid
        yield f"  node {nid:3d}: {mem_range(pages.span, profile.printk.zone_width)}"


def _node_initialized(event: ev.NodeInitialized, profile: KernelProfile) -> Lines:
    if profile.printk.node_totals:
        if not event.span:
            yield f"Could not find start_pfn for node {event.nid}"
        yield f"On node {event.nid} totalpages: {event.present}"
    if profile.setup_lines is SetupLines.BEFORE_NODE_DATA:
        return
    if event.span:
        yield f"Initmem setup node {event.nid} {mem_range(event.span, profile.printk.zone_width)}"
    elif profile.memoryless is MemorylessLines.EMPTY_WITH_ZONES:
        yield _empty_setup(event.nid)
    elif profile.memoryless is MemorylessLines.INITIALIZING:
        yield f"Initializing node {event.nid} as memoryless"
        yield f"Initmem setup node {event.nid} as memoryless"
    elif profile.memoryless is MemorylessLines.SETUP:
        yield f"Initmem setup node {event.nid} as memoryless"


def _cpu_node_online(event: ev.CpuNodeOnline, profile: KernelProfile) -> Lines:
    if profile.memoryless is MemorylessLines.EMPTY_RANGE:
        yield _empty_setup(event.nid)


def _cpu_placed(event: ev.CpuPlaced, profile: KernelProfile) -> Lines:
    nid = -1 if event.nid is None else event.nid
    number = f"{_id_word(profile)} {event.hardware_id:#x}"
    yield f"{profile.printk.cpus_again}SRAT: PXM {event.pxm} -> {number} -> Node {nid}"


def _empty_setup(nid: int) -> str:
    return f"Initmem setup node {nid} [mem {0:#018x}-{0:#018x}]"


PRINTERS: dict[type[Any], Printer] = {
    tev.CpuMapped: _cpu_mapped,
    tev.CpuIgnored: _cpu_ignored,
    tev.CpuTooBig: _cpu_too_big,
    tev.TooManyProximityDomains: _too_many_domains,
    tev.BadEntryLength: _bad_entry_length,
    tev.ZeroLength: _zero_length,
    tev.MemoryMapped: _memory_mapped,
    tev.InvalidBlock: _invalid_block,
    tev.TooManyBlocks: _too_many_blocks,
    tev.SratRejected: _srat_rejected,
    tev.NoMemoryFound: _no_memory_found,
    tev.SlitInvalid: _slit_invalid,
    ev.DistanceTable: _distance_table,
    ev.NoDistanceTable: _no_distance_table,
    ev.BlocksOverlap: _blocks_overlap,
    ev.BlocksMerged: _blocks_merged,
    ev.EmulatedNode: _emulated_node,
    ev.NotCovered: _not_covered,
    ev.InvalidRegion: _invalid_region,
    ev.NodeSetUp: _node_set_up,
    ev.NumaOff: _numa_off,
    ev.NodeFaked: _node_faked,
    ev.NoMirroredRoom: _no_mirrored_room,
    ev.MirrorIgnored: _mirror_ignored,
    ev.UnmirroredKernelMemory: _unmirrored,
    ev.ZoneRanges: _zone_ranges,
    ev.MovableStarts: _movable_starts,
    ev.NodeRanges: _node_ranges,
    ev.NodeInitialized: _node_initialized,
    ev.CpuNodeOnline: _cpu_node_online,
    ev.CpuPlaced: _cpu_placed,
    **series2013.PRINTERS,
}
