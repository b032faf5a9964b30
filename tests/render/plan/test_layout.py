"""The geometry of pictures: nothing is lost, nothing overlaps, everything has room."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from srat_tool.base.span import Span
from srat_tool.base.units import GIB, KIB, MIB, TIB
from srat_tool.render.plan.layout import Axis, Wish, lay_out, ruler

SMALL = [
    Span(4 * KIB, 636 * KIB),
    Span(MIB, 16 * MIB),
    Span(16 * MIB, 3 * GIB),
    Span(4 * GIB, 33 * GIB),
    Span(33 * GIB, 65 * GIB),
]


def _widths(axis: Axis) -> list[int]:
    return [cell.width for cell in axis.cells]


def test_all_columns_are_used() -> None:
    """The axis is as wide as it may be."""
    assert lay_out(SMALL, 100).width == 100


def test_holes_are_one_or_three_columns() -> None:
    """A hole of a gigabyte is cut to three columns, a small one shown as one."""
    axis = lay_out(SMALL, 100)
    assert [c.width for c in axis.cells if c.stretch.hole] == [1, 3]
    assert [c.stretch.cut for c in axis.cells if c.stretch.hole] == [False, True]


def test_many_cuts_are_one_column_each() -> None:
    """Eight boards far apart: the columns are for them, not for the gaps between."""
    spans = [Span(n * TIB, n * TIB + GIB) for n in range(8)]
    axis = lay_out(spans, 80)
    assert {c.width for c in axis.cells if c.stretch.hole} == {1}
    assert {c.width for c in lay_out(spans[:3], 80).cells if c.stretch.hole} == {3}


def test_larger_pieces_are_wider_by_the_square_root() -> None:
    """Four times the size is twice the width."""
    axis = lay_out([Span(0, 16 * GIB), Span(16 * GIB, 20 * GIB)], 99)
    assert _widths(axis) == [66, 33]


def test_tiny_piece_beside_a_huge_one_is_seen() -> None:
    """632 KiB next to 64 TiB still has its column."""
    axis = lay_out([Span(0, 632 * KIB), Span(TIB, 65 * TIB)], 60)
    assert _widths(axis)[0] == 1


def test_labels_get_their_room() -> None:
    """A piece is widened to what its label needs, the largest first."""

    def wanted(span: Span) -> Wish:
        return Wish(span.size**0.5, (4, 20) if span.size < GIB else (4, 10))

    assert all(width >= 4 for width in _widths(lay_out(SMALL, 70, wanted)) if width not in (1, 3))
    assert min(_widths(lay_out(SMALL, 70, wanted))) == 1
    assert _widths(lay_out(SMALL, 140, wanted))[0] == 20


def test_far_too_many_pieces_share_columns() -> None:
    """Ten thousand pieces on 60 columns: the largest are seen, the rest share, none is lost."""
    spans = [Span(n * 2 * GIB, n * 2 * GIB + (n + 1) * KIB) for n in range(10_000)]
    axis = lay_out(spans, 60)
    assert axis.width <= 60
    assert sorted(m for g in axis.place(spans) for m in g.members) == list(range(10_000))


def test_no_pieces_no_axis() -> None:
    """An empty axis is empty, its ruler too."""
    assert lay_out([], 80).cells == ()
    assert ruler(lay_out([], 80)) == ((), ())


def test_ruler_marks_starts_and_ends() -> None:
    """Each piece's start is marked, and the end of one that a hole follows."""
    axis = lay_out([Span(0, GIB), Span(4 * GIB, 8 * GIB)], 63)
    assert ruler(axis).labels == ((0, "0"), (20, "1G"), (23, "4G"), (62, "8G"))


def test_ruler_labels_prefer_large_pieces() -> None:
    """Where two labels collide the larger piece keeps its own."""
    axis = lay_out([Span(0, MIB), Span(MIB, GIB), Span(GIB, 64 * GIB)], 60)
    assert [label for _, label in ruler(axis).labels] == ["1M", "1G", "64G"]


@st.composite
def _rows(draw: st.DrawFn) -> list[Span]:
    sizes = st.sampled_from([4 * KIB, MIB, 64 * MIB, GIB, 31 * GIB, TIB, 900 * TIB])
    spans, at = [], draw(st.sampled_from([0, 4096, TIB]))
    for _ in range(draw(st.integers(1, 60))):
        size = draw(sizes)
        spans.append(Span(at, at + size))
        at += size + draw(st.sampled_from([0, 0, 4 * KIB, GIB, 16 * TIB]))
    return spans


@settings(max_examples=80, derandomize=True, deadline=None)
@given(_rows(), st.integers(20, 250), st.integers(1, 30))
def test_every_span_has_columns_of_its_own_row(spans: list[Span], width: int, label: int) -> None:
    """Never wider than allowed; cells join without gaps; each span is placed once, in order."""
    axis = lay_out(spans, width, lambda span: Wish(span.size, (1, label)))
    assert axis.width <= width
    at = 0
    for cell in axis.cells:
        assert (cell.at, cell.width >= 1) == (at, True)
        at = cell.end
    groups = axis.place(spans)
    assert [m for group in groups for m in group.members] == list(range(len(spans)))
    assert all(a.at + a.width <= b.at for a, b in pairwise(groups))
    labels = ruler(axis).labels
    assert all(a + len(t) < b for (a, t), (b, _) in pairwise(labels))


def test_a_ruler_has_each_label_once() -> None:
    """Addresses that round to the same words are two ticks and one label."""
    axis = lay_out([Span(0, GIB), Span(GIB + 4096, 4 * GIB), Span(4 * GIB, 8 * GIB)], 80)
    labels = [label for _, label in ruler(axis).labels]
    assert labels == list(dict.fromkeys(labels))
    assert "1G" in labels
