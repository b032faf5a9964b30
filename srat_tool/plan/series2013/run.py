"""The boot of a kernel with the 2013 series, from the same inputs as any other kernel."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from srat_tool.base.span import Span
from srat_tool.base.units import MIB, PAGE_SIZE, TIB, U64, align_down
from srat_tool.kernel.boot import Boot
from srat_tool.kernel.bootopts import Param
from srat_tool.kernel.events import NodeSetUp
from srat_tool.kernel.memblock import SeriesFlags
from srat_tool.kernel.memory_hotplug import probe_memory_block_size
from srat_tool.kernel.movable import policy_of
from srat_tool.kernel.series2013.boot import SeriesBoot, boot_series
from srat_tool.kernel.series2013.memory import SeriesMemblock
from srat_tool.kernel.series2013.page_tables import PAGE_SIZES, DirectMap
from srat_tool.kernel.series2013.variant import SeriesVariant
from srat_tool.kernel.table_events import MemoryMapped
from srat_tool.observe.facts import Reservation
from srat_tool.plan.early_memory import EarlyMemory
from srat_tool.plan.inputs import Inputs
from srat_tool.plan.outcome import Outcome
from srat_tool.plan.reservations import KERNEL_IMAGE, what_is_in
from srat_tool.tables.srat import MemoryAffinity

# The direct map of four-level paging ends here; such a kernel does not use RAM above it.
_MAX_RAM = 64 * TIB
_DEFAULT_PAGE_SIZE = "2M"
DIRECT_MAP = tuple(PAGE_SIZES)
SWITCH = Param("movablecore", "acpi")


@dataclass(kw_only=True)
class SeriesRun(Outcome):
    """One finished boot, with the results that only the series has.

    Attributes:
        early: RAM and reservations before the SRAT is read.
        variant: version of the series.
        page_size: largest page of the direct map: `4K`, `2M`, `1G`.
        state: the results.
    """

    early: EarlyMemory
    variant: SeriesVariant
    page_size: str
    state: SeriesBoot

    @property
    def not_used(self) -> str | None:
        """Why no SRAT is used (there may be none); None when it is used."""
        if self.numa.used == "srat":
            return None
        return self.numa.rejected or ("numa=off" if self.numa.used == "off" else "there is no SRAT")

    @property
    def mapped(self) -> tuple[MemoryMapped, ...]:
        """Accepted memory entries, in table order."""
        return tuple(event for event in self.boot.events if isinstance(event, MemoryMapped))

    @property
    def node_data(self) -> tuple[tuple[int, Span, int | None], ...]:
        """Registered nodes; the range of each pg_data_t, and its node (None is RAM of no node)."""
        return tuple(
            (event.nid, event.node_data, event.on_nid)
            for event in self.boot.events
            if isinstance(event, NodeSetUp) and event.node_data is not None
        )

    def named(self, span: Span) -> str:
        """Return the contents of a reserved range, with its address."""
        what = what_is_in(span, self.labels)
        where = f"{span.start:#x}-{span.end - 1:#x}"
        return f"{what} ({where})" if what else f"reserved {where}"


def run_series(inputs: Inputs, early: EarlyMemory, page_size: str | None = None) -> SeriesRun:
    """Boot once.

    Args:
        inputs: the machine; its profile carries a version of the series.
        early: RAM and reservations; they are not changed.
        page_size: largest page of the direct map; None for the machine's, or the usual one.
    """
    variant = inputs.profile.series
    assert variant is not None  # noqa: S101 - the caller has looked
    memblock = _memblock(early)
    boot = Boot(
        profile=inputs.profile, options=inputs.options, memblock=memblock, x2apic=inputs.x2apic
    )
    size = page_size or inputs.machine.direct_map or _DEFAULT_PAGE_SIZE
    direct_map = DirectMap(
        boot,
        memblock,
        page_size=size,
        brk=_brk(early, variant),
        upgrades_first=variant.upgrades_first,
    )
    state = boot_series(boot, memblock, inputs.tables, direct_map, variant)
    policy = policy_of(boot)
    return SeriesRun(
        inputs=inputs,
        boot=boot,
        numa=state.numa,
        zones=tuple(zone for zone in state.zones if zone.spanned),
        labels=(*early.labels, *_labels(state)),
        policy="none" if policy is None else policy.name,
        block_bytes=probe_memory_block_size(boot, virtual=inputs.is_virtual),
        early=early,
        variant=variant,
        page_size=size,
        state=state,
    )


def looked_at(inputs: Inputs) -> tuple[MemoryAffinity, ...]:
    """Return the memory entries that the kernel reads: as many as it has room for."""
    return inputs.srat_memory[: 2 * inputs.profile.max_nodes]


def _memblock(early: EarlyMemory) -> SeriesMemblock:
    memblock = SeriesMemblock()
    for ram in early.memblock.memory:
        memblock.add(ram.base, ram.size)
    memblock.remove(_MAX_RAM, U64)
    for taken in early.memblock.reserved:
        memblock.reserve(taken.base, taken.size)
    return memblock


def _labels(state: SeriesBoot) -> Iterator[Reservation]:
    """Yield the names of what the series reserves."""
    for region in (*state.after_hot, *state.memblock.reserved):
        if region.flags == SeriesFlags.HOTPLUGGABLE:
            yield Reservation(region.span, f"hot-pluggable memory of node {region.nid}")
        elif region.flags & SeriesFlags.LOCAL_NODE:
            yield Reservation(region.span, f"page tables of node {region.nid}")
    for page in state.direct_map.plain:
        yield Reservation(page, "page tables")
    for event in state.boot.events:
        if isinstance(event, NodeSetUp) and event.node_data is not None:
            yield Reservation(event.node_data, f"NODE_DATA({event.nid})")


def _brk(early: EarlyMemory, variant: SeriesVariant) -> Span:
    """Return the pages for early page tables: the last ones of the kernel image."""
    for taken in early.labels:
        if taken.what == KERNEL_IMAGE and taken.span.size > MIB:
            end = align_down(taken.span.end, PAGE_SIZE)
            return Span(end - variant.brk_pages * PAGE_SIZE, end)
    return Span(0, 0)
