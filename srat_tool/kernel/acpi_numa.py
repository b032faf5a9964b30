"""What Linux does with the entries of a SRAT: domains become nodes, ranges become memory of them.

*Mirrors:* drivers/acpi/numa/srat.c, drivers/acpi/tables.c `acpi_parse_entries_array`,
arch/x86/mm/srat.c, drivers/acpi/arm64 `acpi_numa_gicc_affinity_init`, since 3.10.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from srat_tool.base.span import Span
from srat_tool.base.units import U64
from srat_tool.kernel.boot import Boot
from srat_tool.kernel.numa_meminfo import NumaInfo
from srat_tool.kernel.profile import HotplugMark, SratWalk
from srat_tool.kernel.table_events import (
    BadEntryLength,
    CpuIgnored,
    CpuMapped,
    CpuTooBig,
    InitiatorMapped,
    MemoryMapped,
    SratRejected,
    TooManyBlocks,
    TooManyProximityDomains,
    UidMapped,
    WalkBlocked,
    ZeroLength,
)
from srat_tool.tables.srat import (
    Affinity,
    GenericInitiatorAffinity,
    GiccAffinity,
    Hole,
    MemoryAffinity,
    ProcessorAffinity,
    RintcAffinity,
    Srat,
    X2ApicAffinity,
)

XAPIC_IDS = 255
"""Ids below this are valid without x2APIC mode (`default_apic_id_valid`)."""
_CPU_LENGTH, _X2APIC_LENGTH, _GICC_LENGTH, _RINTC_LENGTH = 16, 24, 18, 20
_MEMORY_LENGTH = 40
_SUBTABLE_HEADER = 2
_INITIATOR = 5
_MAX_INT = 1 << 31

Handler = Callable[[Affinity], bool]


def entries_in_reach(srat: Srat) -> Iterator[Affinity]:
    """Yield the entries whose header ends before the table does, as a walk sees them."""
    for entry in srat.entries:
        if entry.offset + _SUBTABLE_HEADER >= srat.header.length:
            return
        yield entry


class ProximityMap:
    """Which domain is which node (`pxm_to_node_map`): the lowest free number, at first sight.

    Args:
        max_nodes: MAX_NUMNODES.
        known: the nodes of PXMs that a boot log reports.
    """

    def __init__(self, max_nodes: int, known: Mapping[int, int] | None = None) -> None:
        self.max_nodes = max_nodes
        self.max_domains = max(256, max_nodes)
        self.nodes: dict[int, int] = dict(known or {})
        self._found = set(self.nodes.values())
        self._next = 0

    def map_pxm_to_node(self, pxm: int) -> int | None:
        """Return the node of a domain, a new one if necessary; None when there is no room."""
        if pxm >= min(self.max_domains, _MAX_INT):
            return None
        node = self.nodes.get(pxm)
        if node is None and len(self._found) < self.max_nodes:
            while self._next in self._found:
                self._next += 1
            node = self.nodes[pxm] = self._next
            self._found.add(node)
        return node


class SratParser:
    """One walk over a SRAT.

    Attributes:
        disabled: the SRAT was rejected (`acpi_numa < 0`); nothing of it is used any more.
    """

    def __init__(self, boot: Boot, pxms: ProximityMap, info: NumaInfo) -> None:
        self.boot = boot
        self.pxms = pxms
        self.info = info
        self.disabled = False
        self._revision = 0
        self._parsed_memory = 0
        self._seen_memory = 0

    def parse(self, srat: Srat) -> bool:
        """Pass every entry to its handler; return whether memory was found (`acpi_numa_init`)."""
        self._revision = srat.header.revision
        for first_id, handlers in self._processor_passes():
            self._pass(srat, first_id, handlers)
        complete = self._pass(srat, 1, {1: self._acpi_numa_memory_affinity_init})
        return complete and self._parsed_memory > 0

    @property
    def found_memory(self) -> bool:
        """Return whether at least one memory entry was accepted."""
        return self._parsed_memory > 0

    def bad_srat(self, why: str) -> None:
        """Reject the SRAT permanently."""
        self.disabled = True
        self.boot.say(SratRejected(why, printed=True))

    def _processor_passes(self) -> Iterator[tuple[int, dict[int, Handler]]]:
        """Yield the walks over processor entries: the first type looked for, and the handlers."""
        known: dict[int, Handler] = {
            0: self._acpi_numa_processor_affinity_init,
            2: self._acpi_numa_x2apic_affinity_init,
            3: partial(self._by_uid, GiccAffinity, _GICC_LENGTH),
            7: partial(self._by_uid, RintcAffinity, _RINTC_LENGTH),
        }
        arch = self.boot.profile.arch
        handlers = {kind: known[kind] for kind in arch.srat_processors}
        if self.boot.profile.srat_walk is SratWalk.BY_TYPE:
            for kind in (2, 0):
                yield kind, {kind: handlers[kind]} if kind in handlers else {}
            return
        if arch.maps_initiators:
            handlers[_INITIATOR] = self._acpi_parse_gi_affinity
        yield 0, handlers

    def _pass(self, srat: Srat, first_id: int, handlers: Mapping[int, Handler]) -> bool:
        """Walk once (`acpi_parse_entries_array`); return whether no handler failed."""
        failed = False
        for entry in entries_in_reach(srat):
            handler = handlers.get(entry.type)
            if handler is not None and not failed and not handler(entry):
                failed = True
                self.boot.say(WalkBlocked(entry.offset))
            if entry.length == 0:
                self.boot.say(ZeroLength(first_id, entry.offset))
                return False
        return not failed

    def _map(self, pxm: int, by: str, offset: int) -> int | None:
        node = self.pxms.map_pxm_to_node(pxm)
        if node is None:
            self.boot.say(TooManyProximityDomains(pxm, by, offset))
            if by != "initiator":
                self.bad_srat(f"proximity domain {pxm:#x} is one too many for this kernel")
        return node

    def _acpi_numa_processor_affinity_init(self, entry: Affinity) -> bool:
        if self.disabled:
            return True
        if entry.length != _CPU_LENGTH or not isinstance(entry, ProcessorAffinity):
            self.bad_srat(f"a processor entry is {entry.length} bytes long")
        elif entry.enabled:
            wide = self._revision >= 2
            pxm = entry.proximity_domain if wide else entry.proximity_domain_low
            self._cpu(pxm, entry.apic_id, 4, entry.offset)
        return True

    def _acpi_numa_x2apic_affinity_init(self, entry: Affinity) -> bool:
        arch = self.boot.profile.arch
        if self.disabled:
            return True
        if entry.length < _X2APIC_LENGTH or not isinstance(entry, X2ApicAffinity):
            self.bad_srat(f"an x2APIC entry is {entry.length} bytes long")
        elif not entry.enabled:
            pass
        elif arch.needs_x2apic_mode and entry.x2apic_id >= XAPIC_IDS and not self.boot.x2apic:
            self.boot.say(CpuIgnored(entry.proximity_domain, entry.x2apic_id, entry.offset))
        else:
            digits = 6 if arch.needs_x2apic_mode else 4
            self._cpu(entry.proximity_domain, entry.x2apic_id, digits, entry.offset)
        return True

    def _cpu(self, pxm: int, apic_id: int, digits: int, offset: int) -> None:
        node = self._map(pxm, "cpu", offset)
        if node is None:
            return
        limit = self.boot.profile.arch.max_processor_id
        if limit is not None and apic_id >= limit:
            self.boot.say(CpuTooBig(pxm, apic_id, node, digits, offset))
            return
        self.info.parsed.add(node)
        self.boot.say(CpuMapped(pxm, apic_id, node, digits, offset))

    def _by_uid(
        self, kind: type[GiccAffinity | RintcAffinity], length: int, entry: Affinity
    ) -> bool:
        """Map a structure that holds an ACPI processor UID (`acpi_numa_*_affinity_init`)."""
        if self.disabled:
            return True
        if entry.length < length or not isinstance(entry, kind):
            name = kind.__name__.removesuffix("Affinity").upper()
            self.boot.say(BadEntryLength(entry.length, "uid", entry.offset))
            self.bad_srat(f"a {name} entry is {entry.length} bytes long")
        elif entry.enabled:
            node = self._map(entry.proximity_domain, "uid", entry.offset)
            if node is not None:
                self.info.parsed.add(node)
                uid = entry.acpi_processor_uid
                self.boot.say(UidMapped(entry.proximity_domain, uid, node, entry.offset))
        return True

    def _acpi_parse_gi_affinity(self, entry: Affinity) -> bool:
        """Map a generic initiator; the only handler that can fail, and so block the pass."""
        if not isinstance(entry, GenericInitiatorAffinity) or not entry.enabled:
            return False
        node = self._map(entry.proximity_domain, "initiator", entry.offset)
        if node is None:
            return False
        self.info.parsed.add(node)
        self.info.initiators.add(node)
        self.boot.say(InitiatorMapped(entry.proximity_domain, node, entry.offset))
        return True

    def _acpi_numa_memory_affinity_init(self, entry: Affinity) -> bool:
        """Take a memory entry (`acpi_numa_memory_affinity_init`)."""
        self._seen_memory += 1
        profile = self.boot.profile
        beyond = profile.limits_memory_entries and self._seen_memory > 2 * profile.max_nodes
        if self.disabled or beyond:
            return True
        exact = profile.memory_entry_exact
        short = entry.length < _MEMORY_LENGTH or isinstance(entry, Hole)
        if short or (exact and entry.length != _MEMORY_LENGTH):
            self.boot.say(BadEntryLength(entry.length, "memory", entry.offset))
            self.bad_srat(f"a memory entry is {entry.length} bytes long")
        elif isinstance(entry, MemoryAffinity) and entry.enabled:
            self._range(entry)
        return True

    def _range(self, entry: MemoryAffinity) -> None:
        pxm = entry.proximity_domain
        if self._revision <= 1:
            pxm &= 0xFF
        node = self._map(pxm, "memory", entry.offset)
        if node is None:
            return
        start, size = entry.base_address, entry.range_length
        span = Span(start, start + size & U64)
        mark = self.boot.profile.hotplug_mark
        hot = entry.hot_pluggable and mark is HotplugMark.RESERVED
        if not self.info.add_memblk(self.boot, node, span, entry.offset, hot=hot):
            self.boot.say(TooManyBlocks(node, span))
            self.bad_srat("it has more memory ranges than this kernel has room for")
            return
        self.info.parsed.add(node)
        self._parsed_memory += 1
        self.boot.say(
            MemoryMapped(node, pxm, span, entry.hot_pluggable, entry.non_volatile, entry.offset)
        )
        if entry.hot_pluggable and mark is HotplugMark.FLAGGED:
            self.boot.memblock.mark_hotplug(start, size)
