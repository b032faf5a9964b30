"""Entries that declare the same of consecutive processors, joined for text output."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from operator import itemgetter
from typing import Any, NamedTuple

from srat_tool.tables.kinds import rows_by_class

# Steps of the first counting field that a reader still recognizes as counting.
STEPS = frozenset((0, 1, 2, 4, 8, 16))


class EntryRun(NamedTuple):
    """Neighbouring entries that differ in nothing but their place and their counting fields.

    Attributes:
        number: index of the first entry in its table.
        first, last: the entries at both ends.
        size: how many they are.
    """

    number: int
    first: Any
    last: Any
    size: int

    def counted(self, field: str, form: str = "d") -> str:
        """Return the values of a counting field: `3`, `0-7`, `0-14 step 2`."""
        first, last = getattr(self.first, field), getattr(self.last, field)
        if first is None or first == last:
            return "none" if first is None else f"{first:{form}}"
        step = (last - first) // (self.size - 1)
        return f"{first:{form}}-{last:{form}}" + ("" if step == 1 else f" step {step}")


class _Reader(NamedTuple):
    """What of a class's entries must be equal, and what may count."""

    same: Any
    counting: Any

    @classmethod
    def of(cls, kind: type[Any]) -> _Reader:
        fields: tuple[str, ...] = kind._fields
        row = rows_by_class().get(kind)
        names = row.structure.counts if row is not None else ()
        same = [at for at, name in enumerate(fields) if name not in ("offset", *names)]
        counting = [fields.index(name) for name in names]
        # With a second place, itemgetter always gives a tuple.
        return cls(itemgetter(*same, 1), itemgetter(*counting, 1, 1))


def join_runs(entries: Iterable[Any], apart: Collection[int]) -> Iterator[EntryRun]:
    """Yield the entries as runs, in order.

    Args:
        entries: structures of one table.
        apart: offsets of entries that are shown alone, because they have a remark.
    """
    readers: dict[type[Any], _Reader] = {}
    start = size = 0
    first: Any = None
    last: Any = None
    kind: type[Any] | None = None
    same: tuple[Any, ...] | None = None
    steps: tuple[int, ...] | None = None
    for number, entry in enumerate(entries):
        before, kind = kind, type(entry)
        reader = readers.get(kind) or readers.setdefault(kind, _Reader.of(kind))
        was, same = same, reader.same(entry)
        if same == was and kind is before and entry.offset not in apart:
            delta = _steps(reader.counting(last), reader.counting(entry))
            if delta is not None and (steps is None or delta == steps):
                last, size, steps = entry, size + 1, delta
                continue
        if size:
            yield EntryRun(start, first, last, size)
        start, first, last, size, steps = number, entry, entry, 1, None
        if entry.offset in apart:
            same = None
    if size:
        yield EntryRun(start, first, last, size)


def _steps(before: tuple[Any, ...], after: tuple[Any, ...]) -> tuple[int, ...] | None:
    """Return the step of each counting field; None when they do not count."""
    pairs = zip(_numbers(before), _numbers(after), strict=True)
    delta = tuple(b - a for a, b in pairs)
    return delta if delta[0] in STEPS else None


def _numbers(values: tuple[Any, ...]) -> tuple[int, ...]:
    return tuple(-1 if value is None else value for value in values)
