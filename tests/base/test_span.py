"""Ranges: half open, joined and cut in one pass."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from srat_tool.base.span import Pfn, PfnSpan, Span, clipped, intersect, subtract, union

spans = st.lists(st.builds(Span, st.integers(0, 60), st.integers(0, 60)), max_size=12)


def _bytes(ranges: list[Span]) -> set[int]:
    return {b for r in ranges for b in range(r.start, r.end)}


def test_empty_and_backwards_ranges_have_no_size() -> None:
    """A range that ends where or before it starts is false and empty."""
    assert not Span(5, 5)
    assert Span(5, 4).size == 0
    assert PfnSpan(Pfn(2), Pfn(5)).pages == 3


@given(spans, spans)
def test_against_sets_of_bytes(left: list[Span], right: list[Span]) -> None:
    """Union, difference and intersection hold exactly the right bytes, sorted and joined."""
    assert _bytes(union(left)) == _bytes(left)
    assert _bytes(subtract(left, right)) == _bytes(left) - _bytes(right)
    assert _bytes(intersect(left, right)) == _bytes(left) & _bytes(right)
    for result in (union(left), subtract(left, right), intersect(left, right)):
        assert all(a.end < b.start for a, b in itertools.pairwise(result))


one_span = st.integers(0, 8).flatmap(
    lambda start: st.builds(Span, st.just(start), st.integers(start + 1, 9))
)


@given(one_span, one_span, st.integers(0, 9))
def test_two_ranges_against_sets_of_bytes(one: Span, other: Span, address: int) -> None:
    """Whether they share a byte, whether one has all bytes of the other, and which they share."""
    mine, theirs = _bytes([one]), _bytes([other])
    assert one.overlaps(other) == bool(mine & theirs)
    assert one.covers(other) == (theirs <= mine)
    assert one.holds(address) == (address in mine)
    assert _bytes([one.clip(other)]) == mine & theirs


def test_clipped_takes_what_lies_inside() -> None:
    """Neighbours that only touch the window are left out, the others are cut.

    |--|  |--|  |--|  |--|
          |--------|
    """
    spans = [Span(0, 2), Span(4, 6), Span(8, 10), Span(12, 14)]
    assert clipped(spans, Span(4, 9)) == [Span(4, 6), Span(8, 9)]
    assert clipped(spans, Span(2, 4)) == []
    assert clipped([], Span(0, 9)) == []
