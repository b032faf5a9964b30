"""Small machines for the series: RAM, memory entries, and a boot of either version."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from srat_tool.base.span import Span
from srat_tool.base.units import GIB, MIB, PAGE_SHIFT, PAGE_SIZE
from srat_tool.kernel.boot import Boot
from srat_tool.kernel.bootopts import parse
from srat_tool.kernel.events import NumaBlock
from srat_tool.kernel.history_series2013 import ACPI2013, ACPI2013_V2_POSTED
from srat_tool.kernel.memblock import SeriesFlags
from srat_tool.kernel.numa_init import AcpiTables
from srat_tool.kernel.printk import log_lines
from srat_tool.kernel.profile import KernelProfile
from srat_tool.kernel.series2013.boot import SeriesBoot, boot_series
from srat_tool.kernel.series2013.events import RunMapped
from srat_tool.kernel.series2013.meminfo import AddressToNode, runs
from srat_tool.kernel.series2013.memory import SeriesMemblock
from srat_tool.kernel.series2013.page_tables import DirectMap
from srat_tool.tables.srat import Affinity
from tests.machines import srat

INTENDED, V2_POSTED = ACPI2013, ACPI2013_V2_POSTED
LOW_RAM = (Span(0x1000, 0x9F000), Span(MIB, 0x7FFDF000))
EARLY = (Span(0, 0x10000), Span(0x9F000, MIB), Span(16 * MIB, 48 * MIB))
BRK = Span(0x2400000, 0x2400000 + 6 * PAGE_SIZE)
"""The pages for early page tables, inside the kernel image."""


class GivenMap(DirectMap):
    """A direct map that counts as complete; the test gives the addresses of its page tables."""

    def __init__(
        self,
        boot: Boot,
        memblock: SeriesMemblock,
        local_node: Sequence[Span] = (),
        plain_pages: Sequence[Span] = (),
    ) -> None:
        super().__init__(boot, memblock, page_size="4K", brk=Span(0, 0), upgrades_first=True)
        self.boot, self.memblock = boot, memblock
        self.local_node, self.plain_pages = local_node, plain_pages

    def init_mem_mapping(self, blocks: Sequence[NumaBlock]) -> None:
        """Set what is mapped, and reserve the pages."""
        for nid, span in runs(blocks):
            self.boot.say(RunMapped(nid, span))
        nodes = AddressToNode(blocks)
        for page in self.plain_pages:
            self.memblock.reserve(page.start, page.size)
        for page in self.local_node:
            nid = nodes.nid(page.start)
            self.memblock.reserve(page.start, page.size, nid, SeriesFlags.LOCAL_NODE)
        self.max_mapped = self.boot.max_pfn << PAGE_SHIFT


def placed(boot: Boot, memblock: SeriesMemblock, page_size: str, brk: Span = BRK) -> DirectMap:
    """Return a direct map that places its page tables by itself."""
    variant = boot.profile.series
    assert variant is not None
    return DirectMap(
        boot, memblock, page_size=page_size, brk=brk, upgrades_first=variant.upgrades_first
    )


def start(
    ram: Iterable[Span],
    reserved: Iterable[Span] = (),
    cmdline: str = "",
    profile: KernelProfile = INTENDED,
) -> tuple[Boot, SeriesMemblock]:
    """Return a boot and its memblock, before the SRAT is looked at."""
    memblock = SeriesMemblock()
    for span in ram:
        memblock.add(span.start, span.size)
    memblock.trim_memory()
    for span in reserved:
        memblock.reserve(span.start, span.size)
    options = parse(cmdline, profile)
    return Boot(profile=profile, options=options, memblock=memblock), memblock


def tables(entries: Iterable[Affinity], nodes: dict[int, int] | None = None) -> AcpiTables:
    """Return a SRAT; with `nodes` no other domain than these gets a node."""
    known: dict[int, int] = {}
    if nodes is not None:
        rest = sorted(set(range(INTENDED.max_nodes)) - set(nodes.values()))
        known = {**nodes, **{(1 << 16) + nid: nid for nid in rest}}
    return AcpiTables(srat=srat(*entries), known_nodes=known)


def run(
    entries: Iterable[Affinity],
    ram: Iterable[Span] = (*LOW_RAM, Span(4 * GIB, 14 * GIB)),
    cmdline: str = "movablecore=acpi",
    profile: KernelProfile = INTENDED,
    *,
    reserved: Iterable[Span] = EARLY,
    page_size: str | None = None,
) -> SeriesBoot:
    """Boot to the end; without a page size no page table is placed."""
    boot, memblock = start(ram, reserved, cmdline, profile)
    mapping = GivenMap(boot, memblock) if page_size is None else placed(boot, memblock, page_size)
    assert profile.series is not None
    return boot_series(boot, memblock, tables(entries), mapping, profile.series)


def log(state: SeriesBoot) -> tuple[str, ...]:
    """Return what the kernel prints."""
    return log_lines(state.boot.events, state.boot.profile)


def with_room_for(profile: KernelProfile, node_data: int) -> KernelProfile:
    """Return the kernel with a pg_data_t of that many bytes, rounded to pages."""
    return replace(profile, node_data_bytes=-(-node_data // PAGE_SIZE) * PAGE_SIZE)
