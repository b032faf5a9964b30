"""An SRAT as rules see it: sound entries by kind, domains as Linux reads them, ranges in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import pairwise
from operator import attrgetter
from typing import Any, NamedTuple

from srat_tool.base.span import Span
from srat_tool.base.units import U64, mem_range
from srat_tool.lint.processor_key import ProcessorKey
from srat_tool.lint.views import EntryView
from srat_tool.tables.kinds import SRAT
from srat_tool.tables.srat import (
    GenericInitiatorAffinity,
    GenericPortAffinity,
    GicItsAffinity,
    MemoryAffinity,
    MemoryFlags,
    ProcessorEntry,
    Srat,
    UnknownAffinity,
)
from srat_tool.tables.structure import Hole

MAX_LOCAL_APIC = 32768
"""Ids from here on are more than Linux has room for."""
WRONG_ID = "an id of another processor"
"""What findings are about when a processor is listed twice, or by no id, and another never."""
NOT_ORDINARY = MemoryFlags.HOT_PLUGGABLE | MemoryFlags.NON_VOLATILE | MemoryFlags.SPECIFIC_PURPOSE


class Range(NamedTuple):
    """An enabled memory entry with addresses; sorts by address."""

    start: int
    end: int
    domain: int
    entry: MemoryAffinity

    @property
    def span(self) -> Span:
        """The range alone."""
        return Span(self.start, self.end)

    @property
    def text(self) -> str:
        """The range as the kernel would print it."""
        return mem_range(self.span)


class Cpu(NamedTuple):
    """An enabled processor entry.

    Attributes:
        key: what names it in the MADT too.
        domain: its proximity domain.
        entry: the structure that declares it.
    """

    key: ProcessorKey
    domain: int
    entry: ProcessorEntry

    @property
    def field(self) -> str:
        """The entry's field that names the processor."""
        return SRAT.by_type[self.entry.type].id

    @property
    def name(self) -> str:
        """The processor, as text."""
        return self.key.text


class SratView(EntryView):
    """One SRAT; entries that are cut are left to the rules about layout."""

    @cached_property
    def srat(self) -> Srat:
        """The table."""
        table: Srat = self.decoded.table
        return table

    @cached_property
    def unknown(self) -> list[UnknownAffinity]:
        """Structures of types that no specification defines."""
        return [entry for entry in self.entries if isinstance(entry, UnknownAffinity)]

    @cached_property
    def memory(self) -> list[MemoryAffinity]:
        """Enabled memory entries in table order."""
        return [entry for entry in self.all_of(1) if entry.flags & 1]

    @cached_property
    def disabled(self) -> list[Any]:
        """Entries that state flags and are not enabled, by type."""
        types = (row.type for row in SRAT.structures if row.flags)
        return [e for e in self.all_of(*types) if not e.flags & 1]

    @cached_property
    def devices(self) -> list[GenericInitiatorAffinity | GenericPortAffinity]:
        """Enabled generic initiators, then generic ports."""
        return [entry for entry in self.all_of(5, 6) if entry.flags & 1]

    @cached_property
    def its(self) -> list[GicItsAffinity]:
        """ITS entries; they have no enabled flag."""
        return self.all_of(4)

    def domain(self, entry: Any) -> int:
        """Return an entry's domain as this table's revision means it."""
        return self.srat.proximity_domain(entry)

    @cached_property
    def ranges(self) -> list[Range]:
        """Enabled ranges that are neither empty nor wrap, by address."""
        found = []
        for entry in self.memory:
            start, end = entry.base_address, entry.base_address + entry.range_length
            if start < end <= U64:
                found.append(Range(start, end, self.domain(entry), entry))
        found.sort(key=lambda item: item[:2])
        return found

    @cached_property
    def cpus(self) -> list[Cpu]:
        """Enabled processor entries in table order."""
        found: list[Cpu] = []
        ids = {row.type: (row.space, attrgetter(row.id)) for row in SRAT.structures if row.id}
        for entry in self.entries_in_force(*SRAT.processor_types):
            space, number_of = ids[entry.type]
            number = number_of(entry)
            if entry.type == 0 and self.settings.has_sapic:
                number |= entry.local_sapic_eid << 8
            found.append(Cpu(ProcessorKey(space, number), self.domain(entry), entry))
        return found

    def entries_in_force(self, *types: int) -> list[Any]:
        """Return the enabled, whole entries of some types in table order."""
        found = [entry for entry in self.all_of(*types) if entry.flags & 1]
        if len(types) > 1:
            found.sort(key=lambda entry: entry.offset)
        return found

    def reserved_masks(self, kind: int) -> Mapping[str, int]:
        """Return what a type reserves; revision 1 has the memory type in a reserved field."""
        old = {"reserved2": 0xFFFFFFFF} if kind == 1 and self.header.revision <= 1 else None
        return self.family.layouts[kind].reserved(old)

    @cached_property
    def cpu_domains(self) -> set[int]:
        """Domains that hold processors."""
        return {cpu.domain for cpu in self.cpus}

    @cached_property
    def initiator_domains(self) -> set[int]:
        """Domains of generic initiators."""
        return {entry.proximity_domain for entry in self.devices if entry.type == 5}

    @cached_property
    def plain_domains(self) -> set[int]:
        """Domains without processors whose memory is there at boot and is ordinary RAM."""
        return {
            i.domain for i in self.ranges if not i.entry.flags & NOT_ORDINARY
        } - self.cpu_domains

    @cached_property
    def memory_domains(self) -> set[int]:
        """Domains that hold memory; entries of length 0 hold none."""
        return {item.domain for item in self.ranges}

    @cached_property
    def stated_memory_domains(self) -> set[int]:
        """Domains that an enabled memory entry names, whatever its length."""
        return {self.domain(entry) for entry in self.memory}

    @cached_property
    def domains(self) -> set[int]:
        """Every domain that an enabled entry names."""
        return self.node_domains | {entry.proximity_domain for entry in self.its}

    @cached_property
    def node_domains(self) -> set[int]:
        """Every domain that an enabled entry names which can make a node; an ITS cannot."""
        devices = {entry.proximity_domain for entry in self.devices}
        return self.cpu_domains | self.stated_memory_domains | devices

    @cached_property
    def first_cpus(self) -> dict[int, Cpu]:
        """The first processor of each domain."""
        found: dict[int, Cpu] = {}
        for cpu in self.cpus:
            found.setdefault(cpu.domain, cpu)
        return found

    @cached_property
    def first_ranges(self) -> dict[int, Range]:
        """The lowest range of each domain."""
        found: dict[int, Range] = {}
        for item in self.ranges:
            found.setdefault(item.domain, item)
        return found

    @cached_property
    def first_fixed_ranges(self) -> dict[int, Range]:
        """The lowest range of each domain that is not hot-pluggable."""
        found: dict[int, Range] = {}
        for item in self.ranges:
            if not item.entry.hot_pluggable:
                found.setdefault(item.domain, item)
        return found

    @cached_property
    def memory_by_domain(self) -> dict[int, int]:
        """Bytes of memory of each domain that has some, by domain."""
        sizes: dict[int, int] = {}
        for item in self.ranges:
            sizes[item.domain] = sizes.get(item.domain, 0) + item.end - item.start
        return dict(sorted(sizes.items()))

    @cached_property
    def node_order(self) -> list[int]:
        """Domains in the order in which Linux numbers them.

        Processors and initiators in table order, up to a disabled initiator, which ends that pass;
        then memory. An x2APIC id that Linux cannot take is passed over before its domain is seen.
        """
        order: dict[int, None] = {}
        for entry in sorted(self.all_of(0, 2, 3, 5, 7), key=lambda e: e.offset):
            if entry.type == 2 and entry.x2apic_id >= MAX_LOCAL_APIC:
                continue
            if entry.flags & 1:
                order[self.domain(entry)] = None
            elif entry.type == 5:
                break
        for entry in self.memory:
            order[self.domain(entry)] = None
        return list(order)

    @cached_property
    def node_of(self) -> dict[int, int]:
        """Linux's node number of each domain."""
        return {domain: nid for nid, domain in enumerate(self.node_order)}

    @cached_property
    def overlaps(self) -> list[tuple[Range, Range]]:
        """Pairs that share a byte: each range with the one before it that reaches furthest."""
        return overlaps_in(self.ranges)

    def nodes_of(self, *ranges: Range) -> tuple[object, ...]:
        """Return the node and the text of some ranges in table order, as the kernel prints them."""
        ordered = sorted(ranges, key=lambda item: item.entry.offset)
        return tuple(v for item in ordered for v in (self.node_of.get(item.domain, "N"), item.text))

    def touching(self) -> Iterator[tuple[Range, Range]]:
        """Yield neighbours by address without a gap or an overlap between them."""
        for left, right in pairwise(self.ranges):
            if left.end == right.start:
                yield left, right

    @cached_property
    def fragments(self) -> list[list[Range]]:
        """Runs of touching ranges that agree in domain and flags."""
        runs: list[list[Range]] = []
        for item in self.ranges:
            last = runs[-1][-1] if runs else None
            if (
                last is not None
                and last.end == item.start
                and last.domain == item.domain
                and last.entry.flags == item.entry.flags
            ):
                runs[-1].append(item)
            else:
                runs.append([item])
        return runs

    @cached_property
    def repeated_cpus(self) -> list[tuple[Cpu, Cpu]]:
        """Each processor that is listed again after its first entry."""
        first: dict[ProcessorKey, Cpu] = {}
        return [
            (seen, cpu) for cpu in self.cpus if (seen := first.setdefault(cpu.key, cpu)) is not cpu
        ]

    @property
    def wrong_ids(self) -> int:
        """How many enabled entries give no processor of their own."""
        no_one = [entry for entry in self.entries_in_force(0) if entry.apic_id == 0xFF]
        return len(self.repeated_cpus) + len(no_one)

    @cached_property
    def cpu_keys(self) -> set[ProcessorKey]:
        """Every enabled processor."""
        return {cpu.key for cpu in self.cpus}

    @property
    def is_hyper_v(self) -> bool:
        """Return whether Hyper-V created the table: it describes the whole address space."""
        return self.header.oem_id.startswith(b"VRTUAL")

    def name(self, entry: Any) -> str:
        """Return an entry as text: `entry 3 (memory, domain 1)`."""
        if isinstance(entry, UnknownAffinity | Hole):
            return super().name(entry)
        return f"entry {self.number(entry)} ({self.kind(entry)}, domain {self.domain(entry)})"


def overlaps_in(ranges: Iterable[Range]) -> list[tuple[Range, Range]]:
    """Return pairs that share a byte, of ranges by address.

    Each range is paired with the one before it that reaches furthest.
    """
    found = []
    widest: Range | None = None
    for item in ranges:
        if widest is not None and item.start < widest.end:
            found.append((widest, item))
        if widest is None or item.end > widest.end:
            widest = item
    return found
