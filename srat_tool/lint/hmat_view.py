"""An HMAT as rules see it: structures by kind, and values as Linux normalises them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import NamedTuple

from srat_tool.lint.hit import Hit
from srat_tool.lint.views import EntryView
from srat_tool.tables.hmat import (
    NOT_PROVIDED,
    UNREACHABLE,
    LatencyBandwidth,
    MemoryAttributes,
    MemorySideCache,
)

LISTS_OFFSET = 32
"""Where the lists of a locality structure begin."""
NUMBERS = "numbers of the HMAT"
"""The topic of rules about the numbers, and for whom they count: what the plan lacks follows."""


class Value(NamedTuple):
    """One provided number of a locality structure.

    Attributes:
        initiator: from which domain.
        target: to the memory of which domain.
        raw: entry times base unit.
        normal: nanoseconds or megabytes a second, as Linux reports them; 0 when it counts as none.
    """

    initiator: int
    target: int
    raw: int
    normal: int


class HmatView(EntryView):
    """One HMAT."""

    @property
    def attributes(self) -> list[MemoryAttributes]:
        """What each memory domain is attached to."""
        return self.all_of(0)

    @property
    def localities(self) -> list[LatencyBandwidth]:
        """The matrices."""
        return self.all_of(1)

    @property
    def caches(self) -> list[MemorySideCache]:
        """The memory side caches."""
        return self.all_of(2)

    def listed(self, entry: LatencyBandwidth, field: str, domain: int, message: str) -> Hit:
        """Return a hit on the last place of a domain in the list of initiators or of targets."""
        domains: tuple[int, ...] = getattr(entry, field)
        index = len(domains) - 1 - domains[::-1].index(domain)
        before = entry.initiator_count if field == "targets" else 0
        return self.inside(entry, LISTS_OFFSET + 4 * (before + index), 4, message)

    def place_of(self, kind: str, initiator: int, target: int) -> tuple[int | None, int]:
        """Return offset and size of the number that counts for a pair; (None, 0) without one.

        Args:
            kind: `latency` or `bandwidth`.
            initiator: domain of the row.
            target: domain of the column.
        """
        for data_type in (0, 1) if kind == "latency" else (3, 4):
            for entry, rows, columns in self._axes.get(data_type, ()):
                row, column = rows.get(initiator), columns.get(target)
                if row is not None and column is not None:
                    lists = len(entry.initiators) + len(entry.targets)
                    number = row * len(entry.targets) + column
                    return entry.offset + LISTS_OFFSET + 4 * lists + 2 * number, 2
        return None, 0

    @cached_property
    def _axes(self) -> dict[int, list[tuple[LatencyBandwidth, dict[int, int], dict[int, int]]]]:
        """Rows and columns of the matrices of memory by data type; the last matrix first."""
        found: dict[int, list[tuple[LatencyBandwidth, dict[int, int], dict[int, int]]]] = {}
        for entry in reversed(self.localities):
            if entry.hierarchy == 0:
                rows, columns = (
                    {domain: at for at, domain in enumerate(domains)}
                    for domains in (entry.initiators, entry.targets)
                )
                found.setdefault(entry.data_type, []).append((entry, rows, columns))
        return found

    @cached_property
    def initiators(self) -> set[int]:
        """Domains that some matrix lists as initiators."""
        return {domain for entry in self.localities for domain in entry.initiators}

    @cached_property
    def targets_without_unit(self) -> set[int]:
        """Targets of the matrices whose base unit is 0, which loses their values."""
        return {d for entry in self.localities if not entry.entry_base_unit for d in entry.targets}

    def names_memory(self, entry: MemoryAttributes) -> bool:
        """Return whether the memory domain counts; revision 1 has a flag for it."""
        return self.header.revision >= 2 or bool(entry.flags & 2)

    def reserved_masks(self, kind: int) -> Mapping[str, int]:
        """Return what a type reserves: each revision defines flags and fields of its own."""
        newer = self.header.revision >= 2
        but: dict[tuple[int, bool], dict[str, int]] = {
            (0, True): {"base_address": 0, "range_length": 0},
            (0, False): {"flags": 7},
            (1, False): {"flags": 15, "minimum_transfer_size": 0},
        }
        return self.family.layouts[kind].reserved(but.get((kind, newer)))

    def those_where(
        self, entry: LatencyBandwidth, wanted: Callable[[int, int], bool]
    ) -> tuple[Value, int] | None:
        """Return the first provided number of a matrix that is wanted, and how many are.

        Args:
            entry: the matrix.
            wanted: is called with each number that occurs, as `raw` and `normal` of a `Value`.
        """
        found = {n for n, (raw, normal) in self._meanings(entry).items() if wanted(raw, normal)}
        if not found:
            return None
        places = [at for at, number in enumerate(entry.entries) if number in found]
        row, column = divmod(places[0], len(entry.targets))
        raw, normal = self._meanings(entry)[entry.entries[places[0]]]
        return Value(entry.initiators[row], entry.targets[column], raw, normal), len(places)

    def _meanings(self, entry: LatencyBandwidth) -> dict[int, tuple[int, int]]:
        """Return (raw, normal) of the numbers that a matrix provides: few of its many differ."""
        unit, is_latency = entry.entry_base_unit, entry.is_latency
        return {
            number: (number * unit, self._normalise(number * unit, is_latency=is_latency))
            for number in set(entry.entries) - {NOT_PROVIDED, UNREACHABLE}
        }

    def _normalise(self, raw: int, *, is_latency: bool) -> int:
        """Return a number as Linux reports it; 0 when it counts as none.

        *Mirrors:* drivers/acpi/numa/hmat.c hmat_normalize.
        """
        if raw >= 1 << 32:
            return 0
        if self.header.revision == 1:
            return -(-raw // 10) if raw >= 10 else 0
        return -(-raw // 1000) if is_latency else raw

    @cached_property
    def latencies(self) -> dict[int, dict[int, int]]:
        """Nanoseconds to memory itself, by initiator, then target; access before read."""
        return self._of_memory(1, 0)

    @cached_property
    def bandwidths(self) -> dict[int, dict[int, int]]:
        """Megabytes a second from memory itself, by initiator, then target; access before read."""
        return self._of_memory(4, 3)

    def _of_memory(self, *kinds: int) -> dict[int, dict[int, int]]:
        found: dict[int, dict[int, int]] = {}
        for kind in kinds:
            for entry in self.localities:
                if entry.data_type == kind and entry.hierarchy == 0:
                    self._add(entry, found)
        return found

    def _add(self, entry: LatencyBandwidth, found: dict[int, dict[int, int]]) -> None:
        """Add the numbers of a matrix that count; they replace those that are there."""
        normals = dict.fromkeys(entry.entries, 0)
        normals |= {number: normal for number, (_, normal) in self._meanings(entry).items()}
        is_whole = all(normals.values())
        columns = len(entry.targets)
        for at, initiator in enumerate(entry.initiators):
            numbers = map(normals.__getitem__, entry.entries[at * columns : (at + 1) * columns])
            pairs = zip(entry.targets, numbers, strict=False)
            row = dict(pairs if is_whole else (pair for pair in pairs if pair[1]))
            if row:
                found.setdefault(initiator, {}).update(row)
