"""A SLIT as rules see it: the pairs that are there, and which domains they are about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from srat_tool.lint.hit import Hit
from srat_tool.lint.views import TableView
from srat_tool.tables.slit import BODY_OFFSET, UNREACHABLE, Slit


class SlitView(TableView):
    """One SLIT."""

    @cached_property
    def slit(self) -> Slit:
        """The table."""
        table: Slit = self.decoded.table
        return table

    @cached_property
    def rows(self) -> list[bytes]:
        """The rows that are there; of a cut table the last one may be short.

        None when the matrix does not fit into the stated length: with a wrong number of localities
        it is unknown which byte is which distance.
        """
        count = self.slit.localities
        if BODY_OFFSET + count * count > self.header.length:
            return []
        data = self.slit.entries
        return [data[at : at + count] for at in range(0, len(data), count)] if count else []

    def pairs(self) -> Iterator[tuple[int, int, int]]:
        """Yield (from, to, distance) for each pair of different domains."""
        for origin, row in enumerate(self.rows):
            for target, distance in enumerate(row):
                if origin != target:
                    yield origin, target, distance

    def mutual(self) -> Iterator[tuple[int, int, int, int]]:
        """Yield (low, high, there, back) for each pair of which both directions are there."""
        rows = self.rows
        for low, row in enumerate(rows):
            for high in range(low + 1, len(row)):
                if high < len(rows) and low < len(rows[high]):
                    yield low, high, row[high], rows[high][low]

    def farthest(self, origin: int, targets: Iterable[int]) -> tuple[int, int] | None:
        """Return the greatest stated distance to some domains, and the domain."""
        return max(self._stated(origin, targets), default=None)

    def nearest(self, origin: int, targets: Iterable[int]) -> tuple[int, int] | None:
        """Return the least stated distance to some domains, and the domain."""
        return min(self._stated(origin, targets), default=None)

    def _stated(self, origin: int, targets: Iterable[int]) -> Iterator[tuple[int, int]]:
        for target in targets:
            distance = self.slit.distance(origin, target)
            if distance is not None and distance != UNREACHABLE:
                yield distance, target

    def at(self, origin: int, target: int, message: str) -> Hit:
        """Return a hit on one byte of the matrix."""
        offset = BODY_OFFSET + origin * self.slit.localities + target
        return Hit(f"distance from {origin} to {target} {message}", self, offset, 1)
