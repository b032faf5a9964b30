"""A matrix of the HMAT in numbers: from initiators to targets, in ns or MB/s.

*Mirrors:* drivers/acpi/numa/hmat.c `hmat_normalize`, `hmat_initiator_perf` and `hmat_update_best`,
6.1 to 7.2.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple, overload

from srat_tool.base.span import as_run
from srat_tool.base.units import U32
from srat_tool.tables.hmat import UNREACHABLE, DataType, LatencyBandwidth

_PS_PER_NS = 1000
_FIXED = 32
_REVISION_1_UNIT = 10
_LATENCIES = (DataType.ACCESS_LATENCY, DataType.READ_LATENCY, DataType.WRITE_LATENCY)


def hmat_normalize(entry: int, base: int, data_type: int, revision: int) -> int:
    """Return an entry in ns or MB/s; 0 when not given or larger than 32 bits hold."""
    if entry in (0, UNREACHABLE) or base * entry > U32:
        return 0
    value = base * entry
    if revision == 1:
        return 0 if value < _REVISION_1_UNIT else -(-value // _REVISION_1_UNIT)
    return -(-value // _PS_PER_NS) if data_type in _LATENCIES else value


class NumberSource(NamedTuple):
    """Where a number of a target is from.

    Attributes:
        offset: of the entry, in the HMAT.
        initiator: its proximity domain.
        raw: the entry.
        unit: what it is multiplied with.
    """

    offset: int
    initiator: int
    raw: int
    unit: int


class _Rows(Sequence[Sequence[int]]):
    """The numbers of a locality structure, a row per initiator, computed when asked for."""

    def __init__(self, locality: Locality) -> None:
        self._locality = locality

    def __len__(self) -> int:
        width = self._locality.width
        return (len(self._locality.entry.entries) + width - 1) // width

    @overload
    def __getitem__(self, at: int) -> Sequence[int]: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Sequence[int]]: ...
    def __getitem__(self, at: int | slice) -> Sequence[Any]:
        if isinstance(at, slice):
            return [self[row] for row in range(*at.indices(len(self)))]
        if not 0 <= at < len(self):
            raise IndexError(at)
        width, normal = self._locality.width, self._locality.normal
        return [normal[raw] for raw in self._locality.entry.entries[at * width : (at + 1) * width]]


class _Normal(dict[int, int]):
    """Raw entries normalized, each when it is first asked for."""

    def __init__(self, entry: LatencyBandwidth, revision: int) -> None:
        super().__init__()
        self._unit, self._type, self._revision = entry.entry_base_unit, entry.data_type, revision

    def __missing__(self, raw: int) -> int:
        self[raw] = normal = hmat_normalize(raw, self._unit, self._type, self._revision)
        return normal


class Locality:
    """A locality structure with its numbers normalized.

    Attributes:
        entry: the structure.
        width: entries in a row.
        normal: each raw entry in ns or MB/s.
    """

    def __init__(self, entry: LatencyBandwidth, revision: int) -> None:
        self.entry = entry
        self.width = len(entry.targets) or 1
        self.normal = _Normal(entry, revision)
        # The kernel finds the first row and column of a domain, but writes what it reads, so that
        # the last one stays.
        self._row_of = {pxm: n for n, pxm in reversed(list(enumerate(entry.initiators)))}
        self._column_of = {pxm: n for n, pxm in reversed(list(enumerate(entry.targets)))}
        self._last_row_of = {pxm: n for n, pxm in enumerate(entry.initiators)}
        self._last_column_of = {pxm: n for n, pxm in enumerate(entry.targets)}
        self._asked: tuple[Sequence[int], Sequence[int]] = ((), [])

    @property
    def values(self) -> _Rows:
        """A row of numbers per initiator; of a cut structure, those that are there."""
        return _Rows(self)

    def written(self, initiator: int, target: int) -> int | None:
        """Return the last number of one pair; None when the structure lacks it."""
        row, column = self._last_row_of.get(initiator), self._last_column_of.get(target)
        if row is None or column is None:
            return None
        at = row * self.width + column
        return self.normal[self.entry.entries[at]] if at < len(self.entry.entries) else None

    def source(self, initiator: int, target: int, *, last: bool) -> NumberSource | None:
        """Return the entry of one pair, the first or the last of several; None without one."""
        rows, columns = self._row_of, self._column_of
        if last:
            rows, columns = self._last_row_of, self._last_column_of
        at = rows[initiator] * self.width + columns[target]
        if at >= len(self.entry.entries):
            return None
        start = self.entry.offset + _FIXED + 4 * (len(self.entry.initiators) + self.width)
        unit = self.entry.entry_base_unit
        return NumberSource(start + 2 * at, initiator, self.entry.entries[at], unit)

    def towards(self, target: int, initiators: Sequence[int]) -> list[int]:
        """Return the numbers of a target from these initiators; 0 where one is not given."""
        column = self._column_of.get(target)
        if column is None:
            return [0] * len(initiators)
        raw = self._columns[column]
        rows = self._rows(initiators)
        if isinstance(rows, range) and rows.stop <= len(raw):
            return list(map(self.normal.__getitem__, raw[rows.start : rows.stop]))
        return [self.normal[raw[row]] if row < len(raw) else 0 for row in rows]

    @cached_property
    def _columns(self) -> Sequence[Sequence[int]]:
        """The entries towards each target, as far as the structure goes."""
        width, entries = self.width, self.entry.entries
        if not entries or len(entries) % width:
            return [entries[column::width] for column in range(width)]
        return [
            *zip(*(entries[at : at + width] for at in range(0, len(entries), width)), strict=True)
        ]

    def _rows(self, initiators: Sequence[int]) -> Sequence[int]:
        """Return the row of each initiator; one that does not exist for an unknown initiator.

        The kernel asks about the same initiators target after target.
        """
        if initiators is not self._asked[0]:
            none = len(self.entry.entries)
            self._asked = (
                initiators,
                as_run([self._row_of.get(one, none) for one in initiators]),
            )
        return self._asked[1]

    def best(self, values: Sequence[int]) -> int:
        """Return the best number that is given; 0 when none is."""
        given: Iterator[int] = filter(None, values)
        return (min if self.entry.is_latency else max)(given, default=0)
