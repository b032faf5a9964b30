"""What changed between two SLITs, domains under their new numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from math import isqrt

from srat_tool.base.words import plural
from srat_tool.compare.change import ChangeKind, TableChange
from srat_tool.tables.slit import UNREACHABLE, Slit

TABLE = "SLIT"
_PAIRS_NAMED = 4


def compare_slit(before: Slit, after: Slit, renamed: Mapping[int, int]) -> Iterator[TableChange]:
    """List the distances that changed, equal changes together.

    Args:
        before: the first edition.
        after: the second.
        renamed: new numbers of the domains that got one.
    """
    if before.localities != after.localities:
        text = f"{plural(before.localities, 'locality', 'localities')} became {after.localities}"
        yield TableChange(TABLE, ChangeKind.FIELD, text)
    changed: dict[tuple[int | None, int | None], list[tuple[int, int]]] = defaultdict(list)
    # A cut table states more localities than it has bytes for: those of the file count.
    whole = min(before.localities, isqrt(len(before.entries)))
    numbers = [renamed.get(old, old) for old in range(whole)]
    for i, row in enumerate(numbers):
        for j, column in enumerate(numbers):
            old, new = before.distance(i, j), after.distance(row, column)
            if old != new and column < after.localities and row < after.localities:
                changed[old, new].append((row, column))
    for (was, now), pairs in changed.items():
        text = f"distance {_pairs(pairs)} was {_distance(was)}, is {_distance(now)}"
        yield TableChange(TABLE, ChangeKind.DISTANCE, text)


def _distance(value: int | None) -> str:
    if value is None:
        return "missing"
    return "unreachable (255)" if value == UNREACHABLE else str(value)


def _pairs(pairs: list[tuple[int, int]]) -> str:
    """Return `0-1`, both directions once; long lists are counted."""
    found = set(pairs)
    both = [(a, b) for a, b in pairs if a < b and (b, a) in found]
    one = [(a, b) for a, b in pairs if a == b or (b, a) not in found]
    words = [f"{a}<->{b}" for a, b in both] + [f"{a}->{b}" for a, b in one]
    rest = len(words) - _PAIRS_NAMED
    more = f" and {rest} more" if rest > 0 else ""
    return ", ".join(words[:_PAIRS_NAMED]) + more
