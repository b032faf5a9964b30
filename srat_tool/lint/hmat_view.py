"""An HMAT as rules see it: structures by kind, and values as Linux normalises them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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

    def values(self, entry: LatencyBandwidth) -> Iterator[Value]:
        """Yield every number that a matrix provides.

        *Mirrors:* drivers/acpi/numa/hmat.c hmat_normalize.
        """
        columns = len(entry.targets)
        for at, number in enumerate(entry.entries):
            if number not in (NOT_PROVIDED, UNREACHABLE):
                row, column = divmod(at, columns)
                raw = number * entry.entry_base_unit
                yield Value(
                    entry.initiators[row],
                    entry.targets[column],
                    raw,
                    self._normalise(raw, is_latency=entry.is_latency),
                )

    def _normalise(self, raw: int, *, is_latency: bool) -> int:
        if raw >= 1 << 32:
            return 0
        if self.header.revision == 1:
            return -(-raw // 10) if raw >= 10 else 0
        return -(-raw // 1000) if is_latency else raw

    @cached_property
    def latencies(self) -> dict[tuple[int, int], int]:
        """Nanoseconds to memory itself, by initiator and target; read latency counts first."""
        return self._of_memory(1, 0)

    @cached_property
    def bandwidths(self) -> dict[tuple[int, int], int]:
        """Megabytes a second from memory itself; where reading is stated apart, it counts."""
        return self._of_memory(4, 3)

    def _of_memory(self, *kinds: int) -> dict[tuple[int, int], int]:
        found: dict[tuple[int, int], int] = {}
        for kind in kinds:
            for entry in self.localities:
                if entry.data_type == kind and entry.hierarchy == 0:
                    found.update({v[:2]: v.normal for v in self.values(entry) if v.normal})
        return found
