"""The boot of a kernel with the 2013 series, from the same inputs as any other.

The table is walked as every kernel of that time walks it; what the series makes of the entries, of
RAM and of the reservations is `kernel/series2013`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from srat_tool.base.span import Span
from srat_tool.base.units import MIB, PAGE_SIZE, TIB, U64, align_down
from srat_tool.kernel.acpi_numa import ProximityMap
from srat_tool.kernel.boot import Boot
from srat_tool.kernel.events import MemoryMapped
from srat_tool.kernel.memblock import Memblock
from srat_tool.kernel.numa_init import AcpiTables, parse_tables
from srat_tool.kernel.numa_meminfo import NumaInfo
from srat_tool.kernel.series2013.boot import PlacedTables, SeriesBoot, SeriesInput, boot
from srat_tool.kernel.series2013.meminfo import Entry
from srat_tool.kernel.series2013.page_tables import PAGE_SIZES
from srat_tool.kernel.series2013.variant import SeriesVariant
from srat_tool.plan.early_memory import EarlyMemory
from srat_tool.plan.inputs import Inputs
from srat_tool.plan.reservations import KERNEL_IMAGE
from srat_tool.tables.srat import Affinity, MemoryAffinity, Srat

# The direct map of four-level paging ends here; so does the RAM that such a kernel uses.
_MAX_RAM = 64 * TIB
_DEFAULT_PAGE_SIZE = "2M"
DIRECT_MAP = tuple(PAGE_SIZES)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesRun:
    """One boot, and what it started from.

    Attributes:
        inputs: the machine and its boot options.
        early: RAM and reservations before the SRAT is read.
        variant: version of the series.
        machine: the same as the series' own code takes it.
        state: what happened.
        walk: the walk over the tables, with its events.
        info: nodes that the tables name, and distances.
        pxms: which domain is which node.
        refused: why no entry of the SRAT was taken; None when they were.
    """

    inputs: Inputs
    early: EarlyMemory
    variant: SeriesVariant
    machine: SeriesInput
    state: SeriesBoot
    walk: Boot
    info: NumaInfo
    pxms: ProximityMap
    refused: str | None

    @property
    def rejected(self) -> str | None:
        """Why the SRAT is not used; None when it is."""
        return self.refused or self.state.meminfo.rejected

    @property
    def mapped(self) -> tuple[MemoryMapped, ...]:
        """Memory entries that the walk accepted, in table order."""
        return tuple(event for event in self.walk.events if isinstance(event, MemoryMapped))


def run_series(inputs: Inputs, early: EarlyMemory, page_size: str | None = None) -> SeriesRun:
    """Boot once.

    Args:
        inputs: the machine; its profile carries a version of the series.
        early: RAM and reservations.
        page_size: largest page of the direct map; None for the machine's, or the usual one.
    """
    variant = inputs.profile.series
    assert variant is not None  # noqa: S101 - the caller has looked
    walk = Boot(
        profile=inputs.profile, options=inputs.options, memblock=Memblock(), x2apic=inputs.x2apic
    )
    pxms = ProximityMap(inputs.profile.max_nodes, inputs.tables.known_nodes)
    info = NumaInfo()
    off = "off" in inputs.options.numa
    refused = "numa=off" if off else parse_tables(walk, pxms, info, _looked_at(inputs))
    mapped = [event for event in walk.events if isinstance(event, MemoryMapped)]
    size = page_size or inputs.machine.direct_map or _DEFAULT_PAGE_SIZE
    machine = SeriesInput(
        ram=tuple(_ram(early)),
        reserved=tuple(region.span for region in early.memblock.reserved),
        pxm_to_node={event.pxm: event.nid for event in mapped},
        entries=tuple(_entry(event) for event in mapped),
        srat_used=refused is None,
        numa_off=off,
        options=tuple(param.text for param in inputs.options.params),
        tables=PlacedTables(page_size=size, brk=_brk(early, variant)),
        pgdat_size=inputs.profile.node_data_bytes,
        max_nodes=inputs.profile.max_nodes,
    )
    return SeriesRun(
        inputs=inputs,
        early=early,
        variant=variant,
        machine=machine,
        state=boot(machine, variant),
        walk=walk,
        info=info,
        pxms=pxms,
        refused=refused,
    )


def looked_at(inputs: Inputs) -> tuple[MemoryAffinity, ...]:
    """Return the memory entries that the kernel reads: as many as it has room for."""
    return inputs.srat_memory[: 2 * inputs.profile.max_nodes]


def _looked_at(inputs: Inputs) -> AcpiTables:
    srat = inputs.tables.srat
    if srat is None:
        return inputs.tables
    room = {id(entry) for entry in looked_at(inputs)}
    entries = tuple(_within(srat, room))
    return replace(inputs.tables, srat=replace(srat, entries=entries))


def _within(srat: Srat, room: set[int]) -> Iterator[Affinity]:
    for entry in srat.entries:
        if not isinstance(entry, MemoryAffinity) or id(entry) in room:
            yield entry


def _ram(early: EarlyMemory) -> Iterator[Span]:
    limit = Span(0, _MAX_RAM)
    for region in early.memblock.memory:
        part = region.span.clip(limit)
        if part:
            yield part


def _entry(event: MemoryMapped) -> Entry:
    start, end = event.span
    return Entry(event.pxm, start, (end - start) & U64, enabled=True, hot=event.hot)


def _brk(early: EarlyMemory, variant: SeriesVariant) -> Span:
    """Return the pages that the kernel image sets aside: the last of it."""
    for taken in early.labels:
        if taken.what == KERNEL_IMAGE and taken.span.size > MIB:
            end = align_down(taken.span.end, PAGE_SIZE)
            return Span(end - variant.brk_pages * PAGE_SIZE, end)
    return Span(0, 0)
