"""Entries that say the same of one processor after the other, joined for text output."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from operator import itemgetter
from typing import Any, NamedTuple

from srat_tool.tables.kinds import rows_by_class

# Steps of the first counting field that a person still takes for counting.
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
    run: EntryRun | None = None
    steps: tuple[int, ...] | None = None
    same = values = None
    for number, entry in enumerate(entries):
        kind = type(entry)
        reader = readers.get(kind) or readers.setdefault(kind, _Reader.of(kind))
        before, was = values, same
        same, values = (kind, reader.same(entry)), _numbers(reader.counting(entry))
        if run is not None and same == was and entry.offset not in apart:
            delta = _steps(before, values)
            if delta is not None and delta == (delta if steps is None else steps):
                run, steps = EntryRun(run.number, run.first, entry, run.size + 1), delta
                continue
        if run is not None:
            yield run
        run, steps = EntryRun(number, entry, entry, 1), None
        if entry.offset in apart:
            same = None
    if run is not None:
        yield run


def _numbers(values: tuple[Any, ...]) -> tuple[int, ...]:
    return tuple(-1 if value is None else value for value in values)


def _steps(before: Any, after: tuple[int, ...]) -> tuple[int, ...] | None:
    """Return how far each counting field went; None when it is no counting."""
    delta = tuple(b - a for a, b in zip(before, after, strict=True))
    return delta if delta[0] in STEPS else None
