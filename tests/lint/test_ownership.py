"""Which domains own which addresses."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from srat_tool.base.span import Span, clipped, union
from srat_tool.lint.ownership import MAX_CHANGES, Ownership, Share
from tests.lint.lab import srat_view

STRETCHES = st.tuples(st.integers(0, 40), st.integers(1, 12))


def _ownership(entries: str) -> Ownership:
    view = srat_view(entries)
    return Ownership(view.ranges, view.cpu_domains)


def test_share_of_a_stretch() -> None:
    """Bytes that are described, the domains, and the first one that has processors."""
    owned = _ownership("apic 1 0\nmem 0 0+4K\nmem 1 8K+4K\nmem 2 12K+8K")
    assert owned.share(Span(0, 0x1000)) == Share(0x1000, (0,), None)
    assert owned.share(Span(0x1000, 0x2000)) == Share(0, (), None)
    assert owned.share(Span(0x800, 0x4800)) == Share(0x800 + 0x1000 + 0x1800, (0, 1, 2), 1)
    assert owned.share(Span(0x8000, 0x9000)) == Share(0, (), None)


def test_an_address_is_owned_once() -> None:
    """Where ranges overlap, the one that begins first owns what they share."""
    owned = _ownership("mem 0 0+8K\nmem 1 4K+8K\nmem 2 5K+1K")
    assert owned.spans == [Span(0, 0x2000), Span(0x2000, 0x3000)]
    assert owned.domains == [0, 1]


def test_many_changes_are_told_in_part() -> None:
    """A stretch over thousands of domains names the first of them."""
    owned = _ownership("\n".join(f"mem {n} {n * 4}K+4K" for n in range(200)))
    assert owned.share(Span(0, 200 << 12)).domains == tuple(range(MAX_CHANGES + 1))


@settings(max_examples=60, derandomize=True)
@given(st.lists(STRETCHES, max_size=6), STRETCHES)
def test_covered_bytes_are_those_of_the_union(
    ranges: list[tuple[int, int]], at: tuple[int, int]
) -> None:
    """Counting by sums agrees with laying the ranges over each other."""
    entries = "\n".join(f"mem 0 {start * 4}K+{pages * 4}K" for start, pages in ranges)
    stretch = Span(at[0] << 12, (at[0] + at[1]) << 12)
    described = union(Span(start << 12, (start + pages) << 12) for start, pages in ranges)
    expected = sum(span.size for span in clipped(described, stretch))
    assert _ownership(entries or "apic 0 0").share(stretch).covered == expected
