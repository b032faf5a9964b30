"""Half-open ranges of bytes and of page frames, and the number types that must not be mixed.

Inclusive ends exist only in text; `units.py` writes and reads them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, NewType

Pfn = NewType("Pfn", int)
"""A page frame number: a physical address shifted right by the page shift."""
Nid = NewType("Nid", int)
"""A Linux node number."""
Pxm = NewType("Pxm", int)
"""An ACPI proximity domain."""


class Span(NamedTuple):
    """A half-open range `[start, end)` of physical addresses, in bytes."""

    start: int
    end: int

    @property
    def size(self) -> int:
        """Bytes in the range; 0 when it is empty or backwards."""
        return max(0, self.end - self.start)

    def __bool__(self) -> bool:
        return self.end > self.start

    def overlaps(self, other: Span) -> bool:
        """Return whether the two ranges share a byte."""
        return max(self.start, other.start) < min(self.end, other.end)

    def covers(self, other: Span) -> bool:
        """Return whether `other` is wholly inside this range."""
        return self.start <= other.start and other.end <= self.end

    def holds(self, address: int) -> bool:
        """Return whether `address` is inside this range."""
        return self.start <= address < self.end

    def clip(self, other: Span) -> Span:
        """Return the common part; empty (falsy) when there is none."""
        start = max(self.start, other.start)
        return Span(start, max(start, min(self.end, other.end)))


class PfnSpan(NamedTuple):
    """A half-open range `[start, end)` of page frame numbers."""

    start: Pfn
    end: Pfn

    @property
    def pages(self) -> int:
        """Pages in the range; 0 when it is empty or backwards."""
        return max(0, self.end - self.start)

    def __bool__(self) -> bool:
        return self.end > self.start


def clipped(spans: Sequence[Span], window: Span) -> list[Span]:
    """Return what is inside `window` of ranges that are sorted and disjoint, by bisection."""
    first = bisect_right(spans, window.start, key=lambda span: span.end)
    last = bisect_left(spans, window.end, lo=first, key=lambda span: span.start)
    return [span.clip(window) for span in spans[first:last]]


def union(spans: Iterable[Span]) -> list[Span]:
    """Return the ranges sorted and joined where they touch or overlap; empty ones are dropped."""
    joined: list[Span] = []
    for span in sorted(s for s in spans if s):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


def subtract(spans: Iterable[Span], taken: Iterable[Span]) -> list[Span]:
    """Return what is left of `spans` outside `taken`, sorted and joined; one pass over both."""
    return list(_subtract(union(spans), union(taken)))


def _subtract(spans: list[Span], taken: list[Span]) -> Iterator[Span]:
    first = 0
    for span in spans:
        start = span.start
        while first < len(taken) and taken[first].end <= start:
            first += 1
        at = first
        while at < len(taken) and taken[at].start < span.end:
            if taken[at].start > start:
                yield Span(start, taken[at].start)
            start = max(start, taken[at].end)
            at += 1
        if start < span.end:
            yield Span(start, span.end)


def intersect(left: Iterable[Span], right: Iterable[Span]) -> list[Span]:
    """Return the bytes that both sets of ranges hold, sorted and joined; one pass over both."""
    a, b = union(left), union(right)
    common: list[Span] = []
    i = j = 0
    while i < len(a) and j < len(b):
        part = a[i].clip(b[j])
        if part:
            common.append(part)
        if a[i].end <= b[j].end:
            i += 1
        else:
            j += 1
    return common


def as_run(numbers: list[int]) -> Sequence[int]:
    """Return numbers as a range where each is one more than the one before, else as they are."""
    if not numbers:
        return numbers
    run = range(numbers[0], numbers[0] + len(numbers))
    return run if numbers == list(run) else numbers
