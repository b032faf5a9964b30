"""One boot of a kernel with the 2013 series, from the firmware map to the page allocator.

*Mirrors:* arch/x86/kernel/setup.c `setup_arch` with "x86, ACPI, numa: Parse numa info early" and
the series, 3.9 and 3.10: SRAT, direct map, hot reservations, SLIT, nodes, zones.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from srat_tool.base.units import pfn_down, pfn_up
from srat_tool.kernel.boot import Boot, Panic
from srat_tool.kernel.memblock import Memblock, MemblockRegion
from srat_tool.kernel.numa_emulation import numa_emulation
from srat_tool.kernel.numa_init import (
    AcpiTables,
    NumaResult,
    acpi_numa_init_slit,
    numa_init,
    register_nodes,
)
from srat_tool.kernel.numa_meminfo import apply_nodes
from srat_tool.kernel.series2013.memory import SeriesMemblock
from srat_tool.kernel.series2013.movable import (
    Freed,
    free_hotpluggable,
    mark_kernel_nodes,
    reserve_hotpluggable,
)
from srat_tool.kernel.series2013.page_tables import DirectMap
from srat_tool.kernel.series2013.variant import SeriesVariant
from srat_tool.kernel.zones import Zone, free_area_init


@dataclass(slots=True, kw_only=True)
class SeriesBoot:
    """The results of a boot with the series; those of the steps after a panic are empty.

    Attributes:
        boot: the boot; its reservations are those at the time when zones are built.
        memblock: the memblock of `boot`.
        numa: the nodes.
        direct_map: how RAM is mapped, and where page tables are.
        stray: early reservations without a node; they mark no node as a kernel node.
        after_hot: all reservations after the hot ranges are reserved, or at an earlier panic.
        zones: zones with spanned or present pages.
        freed: what happens to the reservations at the end of boot.
        freed_pages: pages given to the page allocator.
        panic: the panic message; None without a panic.
    """

    boot: Boot
    memblock: SeriesMemblock
    numa: NumaResult
    direct_map: DirectMap
    stray: tuple[MemblockRegion, ...] = ()
    after_hot: tuple[MemblockRegion, ...] = ()
    zones: tuple[Zone, ...] = ()
    freed: Freed = field(default_factory=Freed)
    freed_pages: int = 0
    panic: str | None = None


def boot_series(
    boot: Boot,
    memblock: SeriesMemblock,
    tables: AcpiTables,
    direct_map: DirectMap,
    variant: SeriesVariant,
) -> SeriesBoot:
    """Run one boot until memory is freed, or until a panic.

    Args:
        boot: the boot, before the SRAT is parsed.
        memblock: the memblock of `boot`, with RAM and early reservations.
        tables: the ACPI tables.
        direct_map: maps RAM and places page tables.
        variant: version of the series.
    """
    numa = numa_init(boot, tables)
    info = numa.info
    state = SeriesBoot(boot=boot, memblock=memblock, numa=numa, direct_map=direct_map)
    state.stray = mark_kernel_nodes(boot, memblock, info, variant)
    try:
        direct_map.init_mem_mapping(info.blocks)
        memblock.current_limit = direct_map.max_mapped
        if boot.options.movablecore_acpi:
            reserve_hotpluggable(memblock, info, variant)
        state.after_hot = tuple(memblock.reserved)
        _initmem_init(state, tables)
        state.zones = free_area_init(boot, sorted(info.online))
        _free(state)
    except Panic as panic:
        state.panic = str(panic)
        state.after_hot = state.after_hot or tuple(memblock.reserved)
    return state


def _initmem_init(state: SeriesBoot, tables: AcpiTables) -> None:
    """Read distances, emulate nodes and register them (`initmem_init`), after RAM is mapped."""
    boot, numa = state.boot, state.numa
    if numa.used == "srat":
        acpi_numa_init_slit(boot, numa.pxms, numa.info, tables)
    numa_emulation(boot, numa.info)
    apply_nodes(boot, numa.info)
    register_nodes(boot, numa.info)
    state.memblock.messages += state.memblock.dump_all()


def _free(state: SeriesBoot) -> None:
    """Free memory to the page allocator, on a copy: `boot` keeps its reservations."""
    state.memblock.messages.append("memblock: free all hotpluggable memory")
    left = Memblock()
    left.memory.regions = state.memblock.memory.regions
    left.reserved.regions = list(state.memblock.reserved)
    state.freed = free_hotpluggable(left.reserved.regions)
    for free in left.for_each_free_mem_range():
        start, end = pfn_up(free.start), min(pfn_down(free.end), state.boot.max_pfn)
        state.freed_pages += max(0, end - start)
