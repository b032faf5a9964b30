"""The HMAT as Linux uses it: whether it is used, access classes, memory-side caches.

*Mirrors:* drivers/acpi/numa/hmat.c, 6.1 to 7.2.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from srat_tool.kernel.access import NOT_GIVEN, AccessClass, Coordinate, numbers_of
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
    UNREACHABLE,
    DataType,
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
_U32 = (1 << 32) - 1
_PS_PER_NS = 1000
_REVISION_1_UNIT = 10
_LATENCIES = (DataType.ACCESS_LATENCY, DataType.READ_LATENCY, DataType.WRITE_LATENCY)

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
    """A proximity domain with an enabled memory entry (`struct memory_target`)."""

    processor_pxm: int | None = None
    local: Coordinate = NOT_GIVEN
    cpu: Coordinate = NOT_GIVEN
    caches: list[SideCache] = field(default_factory=list)


class HmatError(Exception):
    """A structure that drops the whole table; the message is our reason, the kernel gives none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HmatInputs:
    """What the HMAT is held against.

    Attributes:
        targets: proximity domains of enabled SRAT memory entries, and of ACPI generic ports.
        nodes: node of each proximity domain.
        cpu_nodes: N_CPU.
    """

    targets: tuple[int, ...]
    nodes: Mapping[int, int]
    cpu_nodes: frozenset[int]

    def has_cpu(self, pxm: int) -> bool:
        """Return whether the node of a domain has processors."""
        return self.nodes.get(pxm) in self.cpu_nodes


@dataclass(frozen=True, slots=True, kw_only=True)
class HmatResult:
    """What became of the table.

    Attributes:
        dropped: why all of it is ignored; None when it is used.
        classes: access classes 0 and 1 of each target domain.
        caches: memory-side caches of each target domain, in table order.
        events: what the kernel prints about it.
    """

    dropped: str | None
    classes: dict[int, tuple[AccessClass, AccessClass]] = field(default_factory=dict)
    caches: dict[int, tuple[SideCache, ...]] = field(default_factory=dict)
    events: tuple[LateEvent, ...] = ()


def hmat_init(hmat: Hmat, inputs: HmatInputs) -> HmatResult:
    """Read the table in its three passes; the first bad structure drops all of it."""
    reader = _HmatReader(hmat, inputs)
    try:
        reader.read()
    except HmatError as error:
        return HmatResult(dropped=str(error), events=tuple(reader.events))
    return HmatResult(
        dropped=None,
        classes={
            pxm: (reader.access(target, cpu=False), reader.access(target, cpu=True))
            for pxm, target in reader.targets.items()
        },
        caches={pxm: tuple(target.caches) for pxm, target in reader.targets.items()},
        events=tuple(reader.events),
    )


def hmat_normalize(entry: int, base: int, data_type: int, revision: int) -> int:
    """Return an entry in ns or MB/s; 0 when not given or larger than 32 bits hold."""
    if entry in (0, UNREACHABLE) or base * entry > _U32:
        return 0
    value = base * entry
    if revision == 1:
        return 0 if value < _REVISION_1_UNIT else -(-value // _REVISION_1_UNIT)
    return -(-value // _PS_PER_NS) if data_type in _LATENCIES else value


class _HmatReader:
    """One reading of a HMAT."""

    def __init__(self, hmat: Hmat, inputs: HmatInputs) -> None:
        self.hmat = hmat
        self.inputs = inputs
        self.targets = {pxm: _Target() for pxm in inputs.targets}
        self.events: list[LateEvent] = []
        self._initiators: set[int] = set()
        self._localities: dict[str, _Locality] = {}

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
        locality = _Locality(entry, self._revision)
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
            self._local_values(locality)
            for number in numbers_of(entry.data_type):
                self._localities[number] = locality

    def _local_values(self, locality: _Locality) -> None:
        """Give the targets that name a processor domain its numbers."""
        data_type = locality.entry.data_type
        for pxm, target in self.targets.items():
            near = target.processor_pxm
            value = None if near is None else locality.value(near, pxm)
            if near is None or value is None:
                continue
            target.local = target.local.with_value(data_type, value)
            if self.inputs.has_cpu(near):
                target.cpu = target.cpu.with_value(data_type, value)

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
        if not self._localities:
            return AccessClass((), found)
        pxm = next(pxm for pxm, other in self.targets.items() if other is target)
        candidates = sorted(self._initiators)
        for number in _NARROWING:
            locality = self._localities.get(number)
            if locality is None:
                continue
            if cpu:
                candidates = [one for one in candidates if self.inputs.has_cpu(one)]
            values = {one: locality.value(one, pxm) or 0 for one in candidates}
            best = locality.best(values.values())
            if best:
                candidates = [one for one in candidates if values[one] == best]
                found = found.with_value(locality.entry.data_type, best)
        return AccessClass(tuple(candidates), found)


class _Locality:
    """A locality structure with its numbers normalized.

    Attributes:
        entry: the structure.
        values: a row of numbers per initiator; of a cut structure, those that are there.
    """

    def __init__(self, entry: LatencyBandwidth, revision: int) -> None:
        self.entry = entry
        normal = {
            raw: hmat_normalize(raw, entry.entry_base_unit, entry.data_type, revision)
            for raw in set(entry.entries)
        }
        width = len(entry.targets)
        numbers = [normal[raw] for raw in entry.entries]
        self.values = [numbers[at : at + width] for at in range(0, len(numbers), width or 1)]
        # The kernel finds the first row and column of a domain.
        self._row_of = {pxm: n for n, pxm in reversed(list(enumerate(entry.initiators)))}
        self._column_of = {pxm: n for n, pxm in reversed(list(enumerate(entry.targets)))}

    def value(self, initiator: int, target: int) -> int | None:
        """Return the number of one pair; None when the structure lacks it."""
        row, column = self._row_of.get(initiator), self._column_of.get(target)
        if row is None or column is None or row >= len(self.values):
            return None
        numbers = self.values[row]
        return numbers[column] if column < len(numbers) else None

    def best(self, values: Iterable[int]) -> int:
        """Return the best number that is given; 0 when none is."""
        given = [value for value in values if value]
        if not given:
            return 0
        return min(given) if self.entry.is_latency else max(given)


def _bad(entry: HmatEntry, why: str) -> HmatError:
    return HmatError(f"the structure of type {entry.type} at {entry.offset:#x}: {why}")
