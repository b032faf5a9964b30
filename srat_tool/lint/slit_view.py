"""A SLIT as rules see it: the distances that are there, and which domains they are about.

A matrix may have 16 million distances. Nothing here is made for each of them: bytes are translated,
counted and searched as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from functools import cached_property
from itertools import islice
from math import isqrt
from typing import NamedTuple

from srat_tool.kernel.distance import slit_valid
from srat_tool.lint.hit import Hit
from srat_tool.lint.views import TableView
from srat_tool.tables.slit import BODY_OFFSET, LOCAL_DISTANCE, UNREACHABLE, Slit

MAX_LISTED = 200
"""How many cells of one kind are reported one by one; the others are counted."""


class Cell(NamedTuple):
    """One distance of the matrix."""

    origin: int
    target: int
    distance: int


class SlitView(TableView):
    """One SLIT."""

    @cached_property
    def slit(self) -> Slit:
        """The table."""
        table: Slit = self.decoded.table
        return table

    @property
    def is_cut(self) -> bool:
        """Return whether the stated length ends inside the matrix, which is there whole."""
        return self.header.length < BODY_OFFSET + self.slit.localities**2 <= self.size

    @cached_property
    def matrix(self) -> bytes:
        """The distances that are there, row after row; the last row of a cut table may be short.

        Empty when the matrix does not fit into the stated length: with a wrong number of localities
        it is unknown which byte is which distance.
        """
        size = self.slit.localities
        fits = BODY_OFFSET + size * size <= self.header.length
        return self.slit.entries if fits else b""

    @cached_property
    def count_that_fits(self) -> int | None:
        """The number of localities for which all bytes are a sound matrix; None for the stated one.

        None too where no number makes one of them.
        """
        body = self.raw.data[BODY_OFFSET : self.header.length]
        count = isqrt(len(body))
        if count == self.slit.localities or count < 2 or count * count != len(body):
            return None
        local = body[:: count + 1]
        # Every remote distance is above 10, so that the 10s are those of the diagonal.
        is_sound = local.count(LOCAL_DISTANCE) == count and sum(map(body.count, range(11))) == count
        return count if is_sound else None

    @cached_property
    def only_distance(self) -> int | None:
        """The one value that every distance of a matrix of several domains has; None for several.

        A matrix of one value was not filled in.
        """
        values = set(self.matrix) if self.slit.localities > 1 else set()
        return values.pop() if len(values) == 1 else None

    @property
    def is_valid(self) -> bool:
        """Whether Linux uses the matrix (`slit_valid`)."""
        return bool(self.matrix) and slit_valid(self.slit)

    @property
    def origins(self) -> range:
        """The domains that have a row, or a part of one; a table may announce any number."""
        return range(-(-len(self.matrix) // self.slit.localities) if self.matrix else 0)

    def row(self, origin: int) -> bytes:
        """Return the distances from one domain that are there."""
        size = self.slit.localities
        return self.matrix[origin * size : (origin + 1) * size]

    @property
    def diagonal(self) -> bytes:
        """The distance of each domain to itself."""
        return self.matrix[:: self.slit.localities + 1]

    def local(self, wrong: Container[int]) -> Iterator[Cell]:
        """Yield each distance of a domain to itself that is one of some values."""
        for domain, distance in enumerate(self.diagonal):
            if distance in wrong:
                yield Cell(domain, domain, distance)

    def remote(self, wrong: Container[int]) -> Iterator[Cell]:
        """Yield each distance between two different domains that is one of some values."""
        size = self.slit.localities
        marks = self._marks(wrong)
        at = marks.find(1)
        while at >= 0:
            if at % (size + 1):
                yield Cell(at // size, at % size, self.matrix[at])
            at = marks.find(1, at + 1)

    def count_remote(self, wrong: Container[int]) -> int:
        """Count the distances between two different domains that are one of some values."""
        return self._marks(wrong).count(1) - sum(distance in wrong for distance in self.diagonal)

    def _marks(self, wrong: Container[int]) -> bytes:
        return self.matrix.translate(bytes(value in wrong for value in range(256)))

    def remote_hits(self, wrong: Container[int], message: Callable[[Cell], str]) -> Iterator[Hit]:
        """Yield a hit on the first remote distances that are one of some values.

        The first one counts those that are not listed.
        """
        more = max(0, self.count_remote(wrong) - MAX_LISTED)
        for cell in islice(self.remote(wrong), MAX_LISTED):
            yield self.at(cell.origin, cell.target, message(cell))._replace(more=more)
            more = 0

    def differences(self) -> Iterator[tuple[int, bytes, bytes]]:
        """Yield (low, there, back) for each domain whose directions to higher ones differ.

        Both strings begin with the pair of `low` and the next domain, and are equally long.
        """
        size = self.slit.localities
        for low in self.origins:
            there = self.row(low)[low + 1 :]
            back = self.matrix[(low + 1) * size + low :: size]
            both = min(len(there), len(back))
            if there[:both] != back[:both]:
                yield low, there[:both], back[:both]

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

    def origin_of(self, hit: Hit) -> int:
        """Return the row of a hit on one byte of the matrix."""
        return ((hit.offset or 0) - BODY_OFFSET) // self.slit.localities

    def at(self, origin: int, target: int, message: str) -> Hit:
        """Return a hit on one byte of the matrix."""
        offset = BODY_OFFSET + origin * self.slit.localities + target
        return Hit(f"distance from {origin} to {target} {message}", self, offset, 1)
