"""Which domains the SRAT gives addresses to, asked about one stretch of addresses after another.

A stretch may hold any number of ranges, and there may be as many stretches: nothing is iterated
anew for each.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate, islice, pairwise
from typing import TYPE_CHECKING, NamedTuple

from srat_tool.base.span import Span

if TYPE_CHECKING:
    from srat_tool.lint.srat_view import Range

MAX_CHANGES = 16
"""How many changes of domain inside a stretch are reported one by one."""


class Share(NamedTuple):
    """What the SRAT declares about a stretch of addresses.

    Attributes:
        covered: bytes that are in some range.
        domains: the first domains, by number; two at least where there are several.
        with_cpus: the first domain that has processors.
        domains_left: whether there may be more domains.
    """

    covered: int
    domains: tuple[int, ...]
    with_cpus: int | None
    domains_left: bool = False


class Ownership:
    """The addresses of all ranges, each owned once: by the range that begins first.

        ranges   |--- 0 ---------|
                      |-- 1 ----------|    |-- 0 --|
        owned    |--- 0 ---------|- 1 |    |-- 0 --|

    Args:
        ranges: by address.
        cpu_domains: the domains that have processors.
    """

    def __init__(self, ranges: Iterable[Range], cpu_domains: set[int]) -> None:
        self.spans: list[Span] = []
        self.domains: list[int] = []
        reach = 0
        for item in ranges:
            if item.end > reach:
                self.spans.append(Span(max(item.start, reach), item.end))
                self.domains.append(item.domain)
                reach = item.end
        self._before = [0, *accumulate(span.size for span in self.spans)]
        self._with_cpus = [at for at, d in enumerate(self.domains) if d in cpu_domains]
        self._changes = [at for at, (a, b) in enumerate(pairwise(self.domains), 1) if a != b]

    def share(self, stretch: Span) -> Share:
        """Return what the ranges declare about a stretch of addresses."""
        first = bisect_right(self.spans, stretch.start, key=lambda span: span.end)
        stop = bisect_left(self.spans, stretch.end, lo=first, key=lambda span: span.start)
        if first == stop:
            return Share(0, (), None)
        change = bisect_right(self._changes, first)
        last_change = bisect_left(self._changes, stop)
        starts = (first, *islice(self._changes, change, min(last_change, change + MAX_CHANGES)))
        cpu = bisect_left(self._with_cpus, first)
        local = cpu < len(self._with_cpus) and self._with_cpus[cpu] < stop
        return Share(
            covered=self._below(stretch.end) - self._below(stretch.start),
            domains=tuple(sorted({self.domains[at] for at in starts})),
            with_cpus=self.domains[self._with_cpus[cpu]] if local else None,
            domains_left=last_change - change > MAX_CHANGES,
        )

    def _below(self, address: int) -> int:
        """Return how many owned bytes are below an address."""
        at = bisect_right(self.spans, address, key=lambda span: span.start)
        over = max(0, self.spans[at - 1].end - address) if at else 0
        return self._before[at] - over
