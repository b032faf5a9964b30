"""The HMAT as Linux uses it: whether it is used, access classes, memory-side caches.

*Mirrors:* drivers/acpi/numa/hmat.c, 6.1 to 7.2.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import compress
from typing import NamedTuple

from srat_tool.kernel.access import NOT_GIVEN, AccessClass, Coordinate, numbers_of
from srat_tool.kernel.hmat_locality import Locality, NumberSource
from srat_tool.kernel.late_events import (
    HmatCache,
    HmatIgnored,
    HmatLength,
    HmatLocality,
    HmatMemory,
    HmatZeroLength,
    LateEvent,
)
from srat_tool.tables.hmat import (
    Hmat,
    HmatEntry,
    LatencyBandwidth,
    MemoryAttributes,
    MemoryProximityFlags,
    MemorySideCache,
)

_STRUCTURE_HEADER = 8
_MEMORY_LENGTH = 40
_LOCALITY_LENGTH = 32
_CACHE_LENGTH = 32
_HANDLE = 16

# The order in which the best initiators are narrowed down.
_NARROWING = ("write_latency", "read_latency", "write_bandwidth", "read_bandwidth")


class SideCache(NamedTuple):
    """A memory-side cache as sysfs shows it; `indexing` and `write_policy` are its numbers."""

    level: int
    size: int
    line_size: int
    indexing: int
    write_policy: int


@dataclass(slots=True)
class _Target:
    """A proximity domain with memory, or with a generic port (`struct memory_target`)."""

    pxm: int
    port: bytes = bytes(_HANDLE)
    processor_pxm: int | None = None
    local: Coordinate = NOT_GIVEN
    cpu: Coordinate = NOT_GIVEN
    caches: list[SideCache] = field(default_factory=list)
    given: dict[str, tuple[Locality, int, bool]] = field(default_factory=dict)

    @property
    def is_port(self) -> bool:
        """It has a device handle, of which Linux looks at two bytes."""
        return any(self.port[:2])

    @property
    def uid(self) -> int:
        """The _UID of the host bridge; 0 where there is no port."""
        return int.from_bytes(self.port[8:12], "little")


class PortNumbers(NamedTuple):
    """The way from initiators to a host bridge: from the best one, and from the best processor."""

    uid: int
    local: Coordinate
    cpu: Coordinate


class HmatError(Exception):
    """A structure that drops the whole table; the message explains why, the kernel prints none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HmatInputs:
    """What the HMAT is held against.

    Attributes:
        targets: proximity domains of enabled SRAT memory entries.
        nodes: node of each proximity domain.
        cpu_nodes: N_CPU.
        ports: domains of enabled generic ports with an ACPI handle, and the 16 bytes of it.
    """

    targets: tuple[int, ...]
    nodes: Mapping[int, int]
    cpu_nodes: frozenset[int]
    ports: tuple[tuple[int, bytes], ...] = ()

    def has_cpu(self, pxm: int) -> bool:
        """Return whether the node of a domain has processors."""
        return self.nodes.get(pxm) in self.cpu_nodes


@dataclass(frozen=True, slots=True, kw_only=True)
class HmatResult:
    """What became of the table.

    Attributes:
        dropped: why all of it is ignored; None when it is used.
        classes: access classes 0 and 1 of each target domain.
        compared: class 1 numbers of each target domain when DRAM nodes are compared: in a domain
            with a generic port, those alone that a structure of type 0 gave.
        ports: one per target domain, in the kernel's order: the first of a _UID counts.
        port_domains: domains with a generic port: Linux shows neither classes nor caches of them.
        caches: memory-side caches of each target domain, in table order.
        events: what the kernel prints about it.
        given: the matrix and the initiator of each class 1 number of a target domain, and whether
            the last entry of the pair counts.
    """

    dropped: str | None
    classes: dict[int, tuple[AccessClass, AccessClass]] = field(default_factory=dict)
    compared: dict[int, Coordinate] = field(default_factory=dict)
    ports: tuple[PortNumbers, ...] = ()
    port_domains: frozenset[int] = frozenset()
    caches: dict[int, tuple[SideCache, ...]] = field(default_factory=dict)
    events: tuple[LateEvent, ...] = ()
    given: dict[int, dict[str, tuple[Locality, int, bool]]] = field(default_factory=dict)

    def source(self, pxm: int, number: str) -> NumberSource | None:
        """Return where a class 1 number of a target domain is from; None where it is not given."""
        found = self.given.get(pxm, {}).get(number)
        if found is None:
            return None
        locality, initiator, last = found
        return locality.source(initiator, pxm, last=last)


def hmat_init(hmat: Hmat, inputs: HmatInputs) -> HmatResult:
    """Read the table in its three passes; the first bad structure drops all of it."""
    reader = _HmatReader(hmat, inputs)
    try:
        reader.read()
    except HmatError as error:
        return HmatResult(dropped=str(error), events=tuple(reader.events))
    targets = reader.targets
    # Class by class: the matrices know the rows of the initiators that were asked for last.
    near, cpu = (
        {pxm: reader.access(target, cpu=cpu) for pxm, target in targets.items()}
        for cpu in (False, True)
    )
    classes = {pxm: (near[pxm], cpu[pxm]) for pxm in targets}
    return HmatResult(
        dropped=None,
        classes=classes,
        compared={
            pxm: target.cpu if target.is_port else classes[pxm][1].coordinate
            for pxm, target in targets.items()
        },
        ports=tuple(reader.port_numbers(target) for target in targets.values()),
        port_domains=frozenset(pxm for pxm, target in targets.items() if target.is_port),
        caches={pxm: tuple(target.caches) for pxm, target in targets.items()},
        events=tuple(reader.events),
        given={pxm: target.given for pxm, target in targets.items()},
    )


class _HmatReader:
    """One reading of a HMAT."""

    def __init__(self, hmat: Hmat, inputs: HmatInputs) -> None:
        self.hmat = hmat
        self.inputs = inputs
        self.targets = {pxm: _Target(pxm) for pxm in inputs.targets}
        for pxm, handle in inputs.ports:
            self.targets.setdefault(pxm, _Target(pxm)).port = handle
        self.events: list[LateEvent] = []
        self._initiators: set[int] = set()
        self._localities: dict[str, Locality] = {}
        self._has_matrix = False

    @property
    def _revision(self) -> int:
        return self.hmat.header.revision

    def read(self) -> None:
        """Visit the structures type by type."""
        if self._revision not in (1, 2):
            self.events.append(HmatIgnored(revision=self._revision))
            raise HmatError(f"revision {self._revision} is unknown to Linux")
        try:
            for kind, handle in enumerate((self._memory, self._locality, self._cache)):
                self._pass(kind, handle)
        except HmatError:
            self.events.append(HmatIgnored(revision=None))
            raise

    def _pass(self, kind: int, handle: Callable[[HmatEntry], None]) -> None:
        for entry in self.hmat.entries:
            if entry.offset + _STRUCTURE_HEADER >= self.hmat.header.length:
                return
            if entry.type == kind and entry.length:
                handle(entry)
            if entry.length == 0:
                self.events.append(HmatZeroLength(kind))
                raise HmatError(f"the structure at {entry.offset:#x} has length 0")

    def _memory(self, entry: HmatEntry) -> None:
        """*Mirrors:* `hmat_parse_proximity_domain`."""
        if entry.length != _MEMORY_LENGTH or not isinstance(entry, MemoryAttributes):
            raise self._bad_length(entry, f"expected {_MEMORY_LENGTH}")
        flags = entry.flags
        span = (entry.base_address, entry.range_length) if self._revision == 1 else None
        self.events.append(HmatMemory(flags, entry.initiator_domain, entry.memory_domain, span))
        if self._revision == 1 and not flags & MemoryProximityFlags.MEMORY_VALID:
            return
        target = self.targets.get(entry.memory_domain)
        if target is None:
            raise _bad(entry, f"no enabled SRAT memory entry has domain {entry.memory_domain}")
        if entry.initiator_valid:
            if entry.initiator_domain not in self.inputs.nodes:
                raise _bad(entry, f"processor domain {entry.initiator_domain} has no node")
            target.processor_pxm = entry.initiator_domain

    def _bad_length(self, entry: HmatEntry, why: str, needed: int | None = None) -> HmatError:
        self.events.append(HmatLength(entry.type, entry.length, needed))
        return _bad(entry, f"length {entry.length}, {why}")

    def _locality(self, entry: HmatEntry) -> None:
        """*Mirrors:* `hmat_parse_locality`."""
        if entry.length < _LOCALITY_LENGTH or not isinstance(entry, LatencyBandwidth):
            raise self._bad_length(entry, f"expected at least {_LOCALITY_LENGTH}")
        rows, columns = entry.initiator_count, entry.target_count
        needed = _LOCALITY_LENGTH + 4 * (rows + columns) + 2 * rows * columns
        if entry.length < needed:
            raise self._bad_length(entry, f"its counts need {needed}", needed)
        locality = Locality(entry, self._revision)
        self.events.append(
            HmatLocality(
                entry.flags,
                entry.data_type,
                entry.initiators,
                entry.targets,
                entry.entry_base_unit,
                locality.values,
            )
        )
        self._initiators.update(pxm for pxm in entry.initiators if pxm in self.inputs.nodes)
        if entry.hierarchy == 0:
            self._has_matrix = True
            self._local_values(locality)
            for number in numbers_of(entry.data_type):
                self._localities[number] = locality

    def _local_values(self, locality: Locality) -> None:
        """Give the targets that name a processor domain its numbers."""
        data_type = locality.entry.data_type
        for pxm, target in self.targets.items():
            near = target.processor_pxm
            value = None if near is None else locality.written(near, pxm)
            if near is None or value is None:
                continue
            target.local = target.local.with_value(data_type, value)
            if self.inputs.has_cpu(near):
                target.cpu = target.cpu.with_value(data_type, value)
                for number in numbers_of(data_type):
                    target.given[number] = locality, near, True

    def _cache(self, entry: HmatEntry) -> None:
        """*Mirrors:* `hmat_parse_cache`."""
        if entry.length < _CACHE_LENGTH or not isinstance(entry, MemorySideCache):
            raise self._bad_length(entry, f"expected at least {_CACHE_LENGTH}")
        self.events.append(
            HmatCache(
                entry.memory_domain,
                entry.cache_size,
                entry.cache_attributes,
                entry.smbios_handle_count,
            )
        )
        target = self.targets.get(entry.memory_domain)
        if target is not None:
            target.caches.append(
                SideCache(
                    level=entry.level,
                    size=entry.cache_size,
                    line_size=entry.line_size,
                    indexing={1: 0, 2: 1}.get(entry.associativity, 2),
                    write_policy={1: 0, 2: 1}.get(entry.write_policy, 2),
                )
            )

    def access(self, target: _Target, *, cpu: bool) -> AccessClass:
        """Return one access class of a target (`hmat_update_target_attrs`)."""
        found = target.cpu if cpu else target.local
        near = target.processor_pxm
        if near is not None and (not cpu or self.inputs.has_cpu(near)):
            return AccessClass((near,), found)
        return self._best(target, found, cpu=cpu)

    def port_numbers(self, target: _Target) -> PortNumbers:
        """Return the numbers of a target as a generic port; nothing where it is none.

        A processor domain that a structure of type 0 names ends it: Linux then takes no number.
        """
        near = target.processor_pxm
        if not target.is_port or (near is not None and self.inputs.has_cpu(near)):
            return PortNumbers(target.uid, NOT_GIVEN, NOT_GIVEN)
        local, cpu = (self._best(target, NOT_GIVEN, cpu=one).coordinate for one in (False, True))
        return PortNumbers(target.uid, local, cpu)

    def _best(self, target: _Target, found: Coordinate, *, cpu: bool) -> AccessClass:
        """Narrow the initiators down to the best ones, number by number."""
        if not self._has_matrix:
            return AccessClass((), found)
        # Without a matrix of a known type no initiator is dropped, even one without a processor.
        candidates: Sequence[int] = self._candidates[cpu and bool(self._localities)]
        done = None
        for number in _NARROWING:
            locality = self._localities.get(number)
            # One structure can give two numbers; the second time it changes nothing.
            if locality is None or locality is done:
                continue
            done = locality
            values = locality.towards(target.pxm, candidates)
            best = locality.best(values)
            if best:
                candidates = list(compress(candidates, map(best.__eq__, values)))
                found = found.with_value(locality.entry.data_type, best)
                if cpu:
                    for one in numbers_of(locality.entry.data_type):
                        target.given[one] = locality, candidates[0], False
        return AccessClass(tuple(candidates), found)

    @cached_property
    def _candidates(self) -> tuple[list[int], list[int]]:
        """All initiators, and those with processors; ascending."""
        every = sorted(self._initiators)
        near = [one for one in every if self.inputs.has_cpu(one)]
        return every, every if near == every else near


def _bad(entry: HmatEntry, why: str) -> HmatError:
    return HmatError(f"the structure of type {entry.type} at {entry.offset:#x}: {why}")
