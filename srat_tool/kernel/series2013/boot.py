"""One boot of a kernel with the 2013 series, from the firmware map to the page allocator.

*Mirrors:* arch/x86/kernel/setup.c `setup_arch` with "x86, ACPI, numa: Parse numa info early" and
the series, 3.9 and 3.10.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from srat_tool.base.span import Pfn, Span
from srat_tool.base.units import (
    MIB,
    PAGE_SHIFT,
    PAGE_SIZE,
    align_up,
    mem_range,
    pfn_down,
    pfn_up,
)
from srat_tool.kernel.memblock import MemblockRegion
from srat_tool.kernel.series2013.meminfo import MAX_NUMNODES, Block, CleanupStep, Entry, NumaMeminfo
from srat_tool.kernel.series2013.memory import Panic, SeriesMemory
from srat_tool.kernel.series2013.movable import (
    Freed,
    KernelNodes,
    find_zone_movable_pfns,
    free_hotpluggable,
    mark_kernel_nodes,
    reserve_hotpluggable,
)
from srat_tool.kernel.series2013.options import CoreOptions, parse_core_options
from srat_tool.kernel.series2013.page_tables import DirectMap, LocalRange
from srat_tool.kernel.series2013.variant import SeriesVariant
from srat_tool.kernel.series2013.zones import (
    NodeZones,
    ZoneMap,
    movable_pfns_for_sizes,
    node_zones,
    zone_limits,
)

NODE_MIN_SIZE = 4 * MIB
ZONE_ALIGN = 8 * MIB
DEFAULT_PGDAT_SIZE = 0x27000
_NO_PAGE = Pfn(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenTables:
    """Page tables whose places are known: they are reserved as they are.

    Attributes:
        local_node: ranges that live and die with their node.
        plain: other ranges.
    """

    local_node: tuple[Span, ...] = ()
    plain: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedTables:
    """Page tables that the placement code puts somewhere.

    Attributes:
        page_size: largest page that the processor maps with: `4K`, `2M`, `1G`.
        brk: pages that the kernel image sets aside for them.
    """

    page_size: str
    brk: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesInput:
    """Everything that a boot depends on.

    Attributes:
        ram: RAM of the firmware map, possibly not in whole pages.
        reserved: early reservations.
        pxm_to_node: node of each proximity domain; one that is missing has none left.
        entries: memory entries of the SRAT.
        srat_used: whether there is a SRAT that may be read.
        numa_off: `numa=off` was given.
        options: boot options, in order.
        tables: where page tables go.
        pgdat_size: bytes of the per-node structure.
        max_nodes: MAX_NUMNODES of the configuration.
    """

    ram: tuple[Span, ...]
    reserved: tuple[Span, ...]
    pxm_to_node: Mapping[int, int]
    entries: tuple[Entry, ...]
    srat_used: bool = True
    numa_off: bool = False
    options: tuple[str, ...] = ()
    tables: GivenTables | PlacedTables = GivenTables()
    pgdat_size: int = DEFAULT_PGDAT_SIZE
    max_nodes: int = MAX_NUMNODES


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeData:
    """A node's per-node structure; `on_node` None means RAM of no node."""

    start: int
    end: int
    on_node: int | None


@dataclass(slots=True, kw_only=True)
class SeriesBoot:
    """What happened, step by step; what comes after a panic stays empty.

    Attributes:
        options: what the command line left behind.
        max_pfn: end of RAM.
        meminfo: blocks and how they came to be.
        kernel: kernel nodes.
        hot_blocks: blocks that were reserved as hotpluggable.
        after_hot: all reservations at that moment, or at the panic before it.
        placed: page tables, when the placement code ran.
        alloc_limit: no allocation ends above it.
        node_data: per registered node.
        too_small: nodes that were not registered because they span less than 4 MiB.
        memory_nodes: RAM with its nodes.
        before_free: all reservations when zones are built and memory is freed.
        zones: limits, and starts of ZONE_MOVABLE.
        nodes: zones of each registered node.
        freed: what became of the reservations.
        freed_pages: pages handed to the page allocator.
        panic: the kernel's last words; None when it survived.
        log: printed lines without those of `memblock=debug`.
        debug: those of `memblock=debug`.
    """

    options: CoreOptions
    max_pfn: Pfn = _NO_PAGE
    meminfo: NumaMeminfo = field(default_factory=NumaMeminfo)
    kernel: KernelNodes = field(default_factory=lambda: KernelNodes({}, ()))
    hot_blocks: list[Block] = field(default_factory=list)
    after_hot: list[MemblockRegion] = field(default_factory=list)
    placed: DirectMap | None = None
    alloc_limit: int = 0
    node_data: dict[int, NodeData] = field(default_factory=dict)
    too_small: dict[int, Span] = field(default_factory=dict)
    memory_nodes: list[MemblockRegion] = field(default_factory=list)
    before_free: list[MemblockRegion] = field(default_factory=list)
    zones: ZoneMap = field(default_factory=lambda: ZoneMap({}))
    nodes: dict[int, NodeZones] = field(default_factory=dict)
    freed: Freed = field(default_factory=lambda: Freed((), (), ()))
    freed_pages: int = 0
    panic: str | None = None
    log: list[str] = field(default_factory=list)
    debug: list[str] = field(default_factory=list)

    @property
    def steps(self) -> list[CleanupStep]:
        """What the clean-up of the blocks did."""
        return self.meminfo.steps

    @property
    def local_tables(self) -> list[LocalRange]:
        """Node-local page tables, when the placement code ran."""
        return self.placed.local if self.placed else []


def boot(machine: SeriesInput, variant: SeriesVariant) -> SeriesBoot:
    """Run one boot to its end, or to its panic."""
    memory = SeriesMemory()
    state = SeriesBoot(
        options=parse_core_options(machine.options),
        meminfo=NumaMeminfo(machine.max_nodes),
        zones=ZoneMap({}, machine.max_nodes),
        debug=memory.debug,
    )
    try:
        _early(state, memory, machine)
        _numa(state, memory, machine, variant)
        _map(state, memory, machine, variant)
        _reserve_hot(state, memory, variant)
        _register_nodes(state, memory, machine)
        _build_zones(state, memory, variant)
        _free(state, memory)
    except Panic as panic:
        state.panic = str(panic)
        state.after_hot = state.after_hot or list(memory.mb.reserved)
    return state


def _early(state: SeriesBoot, memory: SeriesMemory, machine: SeriesInput) -> None:
    for span in machine.ram:
        memory.mb.add(span.start, span.size)
    memory.mb.trim_memory()
    state.max_pfn = max((pfn_down(span.end) for span in machine.ram), default=_NO_PAGE)
    for span in machine.reserved:
        memory.reserve(*span)


def _numa(
    state: SeriesBoot, memory: SeriesMemory, machine: SeriesInput, variant: SeriesVariant
) -> None:
    state.meminfo.numa_init(
        machine.entries,
        machine.pxm_to_node,
        memory.mb,
        state.max_pfn,
        used=machine.srat_used,
        off=machine.numa_off,
    )
    state.log += state.meminfo.log
    state.kernel = mark_kernel_nodes(memory, state.meminfo, variant)


def _map(
    state: SeriesBoot, memory: SeriesMemory, machine: SeriesInput, variant: SeriesVariant
) -> None:
    tables = machine.tables
    if isinstance(tables, GivenTables):
        state.log += [f"Node {nid}: {mem_range(run, 16)}" for nid, run in state.meminfo.runs()]
        for span in tables.plain:
            memory.reserve(*span)
        for span in tables.local_node:
            memory.reserve_local_node(*span, state.meminfo.nid_of(span.start))
        state.alloc_limit = state.max_pfn << PAGE_SHIFT
    else:
        state.placed = DirectMap(
            memory, state.meminfo, variant, page_size=tables.page_size, brk=tables.brk
        )
        try:
            state.placed.init_mem_mapping()
        finally:
            state.log += state.placed.log
        state.alloc_limit = state.placed.max_mapped
    memory.mb.current_limit = state.alloc_limit


def _reserve_hot(state: SeriesBoot, memory: SeriesMemory, variant: SeriesVariant) -> None:
    if state.options.switch_on:
        state.hot_blocks = reserve_hotpluggable(memory, state.meminfo, state.kernel, variant)
    state.after_hot = list(memory.mb.reserved)


def _register_nodes(state: SeriesBoot, memory: SeriesMemory, machine: SeriesInput) -> None:
    spans: dict[int, Span] = {}
    for block in state.meminfo.blocks:
        memory.mb.set_node(block.start, block.span.size, block.nid)
        old = spans.get(block.nid, block.span)
        spans[block.nid] = Span(min(old.start, block.start), max(old.end, block.end))
    size = align_up(machine.pgdat_size, PAGE_SIZE)
    for nid, span in sorted(spans.items()):
        if span.size < NODE_MIN_SIZE:
            state.too_small[nid] = span
        else:
            _setup_node_data(state, memory, nid, span, size)
    memory.dump_all()
    state.memory_nodes = list(memory.mb.memory)
    state.before_free = list(memory.mb.reserved)


def _setup_node_data(
    state: SeriesBoot, memory: SeriesMemory, nid: int, span: Span, size: int
) -> None:
    shown = Span(align_up(span.start, ZONE_ALIGN), span.end)
    state.log.append(f"Initmem setup node {nid} {mem_range(shown)}")
    at = memory.alloc_try_nid(size, nid)
    state.log.append(f"  NODE_DATA {mem_range(Span(at, at + size))}")
    pfn = pfn_down(at)
    owners = (n for ram, n in memory.mb.for_each_mem_pfn_range() if ram.start <= pfn < ram.end)
    # Linux: a page that two regions share belongs to neither, and then to node 0.
    on_node = next(owners, 0)
    if on_node != nid:
        number = state.zones.max_nodes if on_node is None else on_node
        state.log.append(f"    NODE_DATA({nid}) on node {number}")
    state.node_data[nid] = NodeData(start=at, end=at + size, on_node=on_node)


def _build_zones(state: SeriesBoot, memory: SeriesMemory, variant: SeriesVariant) -> None:
    zones = state.zones
    zones.limits = zone_limits(memory.mb, state.max_pfn)
    if variant.finds_movable_zone:
        zones.find_usable_zone_for_movable()
    if state.options.switch_on:
        zones.movable_pfn = find_zone_movable_pfns(zones, memory.mb.reserved, variant)
    else:
        zones.movable_pfn = movable_pfns_for_sizes(
            zones, memory.mb, state.options.kernelcore, state.options.movablecore
        )
    state.log += zones.log(memory.mb)
    for nid in state.node_data:
        node = state.nodes[nid] = node_zones(zones, memory.mb, nid)
        if not any(True for _ in memory.mb.for_each_mem_pfn_range(nid)):
            state.log.append(f"Could not find start_pfn for node {nid}")
        state.log.append(f"On node {nid} totalpages: {node.present}")


def _free(state: SeriesBoot, memory: SeriesMemory) -> None:
    state.freed = free_hotpluggable(memory)
    for free in memory.mb.for_each_free_mem_range():
        start, end = pfn_up(free.start), min(pfn_down(free.end), state.max_pfn)
        state.freed_pages += max(0, end - start)
