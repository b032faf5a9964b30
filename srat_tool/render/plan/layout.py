"""Positions in a picture of memory: columns and rulers, no colour and no words.

        bytes       [ 1M  16M )[ 16M   3G )   hole    [ 4G     33G )
        columns     |D        |DMA32 2.9G    |///    |Normal 29G    |

Holes of a gigabyte or more are cut to three columns (to one where there are many of them), smaller
ones to one. Every piece has at least one column, and as many as its label needs while there is
room, the largest first; what is left is shared by the square root of the sizes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from heapq import nlargest
from math import log2, sqrt
from typing import NamedTuple

from srat_tool.base.span import Span, union
from srat_tool.base.units import GIB, format_size

CUT_FROM = GIB
CUT_COLUMNS = 3
CUT_SHARE = 0.18
"""How much of an axis cuts may take before they are drawn as one column each."""
LABEL_SHARE = 0.75
"""The share of an axis that labels may claim before sizes weigh by their square roots."""


class Wish(NamedTuple):
    """What a piece would like.

    Attributes:
        weight: how much of the columns that are to be shared, in proportion to others.
        labels: what its labels need, from the shortest to the longest form.
    """

    weight: float
    labels: Sequence[int] = (1,)


def by_size(span: Span) -> Wish:
    """Weigh a piece by the square root of its size, and give it no label."""
    return Wish(sqrt(span.size))


class Stretch(NamedTuple):
    """A part of the address space: a piece (or several joined), or a hole between two."""

    span: Span
    hole: bool

    @property
    def cut(self) -> bool:
        """A hole so large that it is drawn much smaller than it is."""
        return self.hole and self.span.size >= CUT_FROM


class LayoutCell(NamedTuple):
    """A stretch and its columns."""

    stretch: Stretch
    at: int
    width: int

    @property
    def end(self) -> int:
        """The column after it."""
        return self.at + self.width


class LayoutGroup(NamedTuple):
    """Columns of a row, and the numbers of the spans that share them (several when squeezed)."""

    at: int
    width: int
    members: tuple[int, ...]


class Axis:
    """The columns of one or more rows of pieces."""

    def __init__(self, cells: Sequence[LayoutCell]) -> None:
        self.cells = tuple(cells)

    @property
    def width(self) -> int:
        """Columns in all."""
        return self.cells[-1].end if self.cells else 0

    def place(self, spans: Sequence[Span]) -> list[LayoutGroup]:
        """Return the columns of the sorted, disjoint spans of one row."""
        groups: list[LayoutGroup] = []
        at = 0
        for number, span in enumerate(spans):
            while self.cells[at].stretch.span.end <= span.start:
                at += 1
            last = at
            while last + 1 < len(self.cells) and self.cells[last + 1].stretch.span.start < span.end:
                last += 1
            begin, end = self.cells[at].at, self.cells[last].end
            if groups and groups[-1].at + groups[-1].width > begin:
                before = groups.pop()
                groups.append(LayoutGroup(before.at, end - before.at, (*before.members, number)))
            else:
                groups.append(LayoutGroup(begin, end - begin, (number,)))
        return groups


def lay_out(spans: Iterable[Span], columns: int, wish: Callable[[Span], Wish] = by_size) -> Axis:
    """Make an axis that shows every span in at most `columns` columns.

    Args:
        spans: the pieces of all rows that share the axis.
        columns: room; a piece that has no column is joined with its neighbours.
        wish: what a piece, or pieces that were joined, would like.
    """
    stretches = _stretches(sorted({span for span in spans if span}))
    cut = _cut_columns(stretches, columns)
    if _need(stretches, cut) > columns:
        stretches = _squeezed(stretches, keep=(columns - 1) // 2)
    holes = [_hole_columns(s, cut) for s in stretches]
    wishes = {n: wish(s.span) for n, s in enumerate(stretches) if not s.hole}
    room = columns - sum(holes)
    pieces = _shared(wishes, _least(wishes, room), room)
    cells: list[LayoutCell] = []
    for n, stretch in enumerate(stretches):
        cells.append(LayoutCell(stretch, cells[-1].end if cells else 0, pieces.get(n, holes[n])))
    return Axis(cells)


def _cut_columns(stretches: Sequence[Stretch], columns: int) -> int:
    """Draw cuts wide where they are few, and as one column where they would crowd the pieces."""
    cuts = sum(stretch.cut for stretch in stretches)
    few = cuts * CUT_COLUMNS <= columns * CUT_SHARE
    return CUT_COLUMNS if few and _need(stretches, CUT_COLUMNS) <= columns else 1


def _hole_columns(stretch: Stretch, cut: int) -> int:
    if not stretch.hole:
        return 0
    return cut if stretch.cut else 1


def _need(stretches: Iterable[Stretch], cut: int) -> int:
    return sum(_hole_columns(stretch, cut) or 1 for stretch in stretches)


def _stretches(spans: Sequence[Span]) -> list[Stretch]:
    """Return every piece and every hole between the first and the last address."""
    edges = sorted({edge for span in spans for edge in span})
    covered = union(spans)
    stretches: list[Stretch] = []
    at = 0
    for part in map(Span, edges, edges[1:]):
        while covered[at].end <= part.start:
            at += 1
        stretches.append(Stretch(part, hole=not covered[at].covers(part)))
    return stretches


def _squeezed(stretches: Sequence[Stretch], keep: int) -> list[Stretch]:
    """Keep the largest pieces and join whatever is between two of them into one stretch."""
    pieces = [n for n, stretch in enumerate(stretches) if not stretch.hole]
    kept = set(nlargest(keep, pieces, key=lambda n: stretches[n].span.size))
    squeezed: list[Stretch] = []
    joined: Stretch | None = None
    for n, stretch in enumerate(stretches):
        if n not in kept:
            joined = stretch if joined is None else _join(joined, stretch)
            continue
        squeezed += [joined, stretch] if joined else [stretch]
        joined = None
    return [*squeezed, joined] if joined else squeezed


def _join(before: Stretch, after: Stretch) -> Stretch:
    return Stretch(Span(before.span.start, after.span.end), hole=before.hole and after.hole)


def _least(wishes: Mapping[int, Wish], room: int) -> dict[int, int]:
    """Give every piece one column, then room for ever longer labels, the largest first.

    Pieces of about one size get the same form, and none a longer one than a larger piece has.
    """
    least = dict.fromkeys(wishes, 1)
    budget = int(room * LABEL_SHARE) - len(wishes)
    sizes: dict[int, list[int]] = {}
    for n in sorted(wishes, key=lambda n: -wishes[n].weight):
        sizes.setdefault(int(4 * log2(wishes[n].weight)), []).append(n)
    for form in range(max((len(wish.labels) for wish in wishes.values()), default=0)):
        for alike in sizes.values():
            wider = {n: max(least[n], _label(wishes[n], form)) for n in alike}
            cost = sum(wider[n] - least[n] for n in alike)
            if cost > budget:
                break
            budget -= cost
            least |= wider
    return least


def _label(wish: Wish, form: int) -> int:
    return wish.labels[min(form, len(wish.labels) - 1)]


def _shared(wishes: Mapping[int, Wish], least: dict[int, int], room: int) -> dict[int, int]:
    """Share `room` columns by weight, none below its minimum."""
    free = list(wishes)
    while free:
        whole = room - sum(least.values()) + sum(least[n] for n in free)
        scale = whole / sum(wishes[n].weight for n in free)
        # Whose share is below its least keeps that and leaves the sharing to the others.
        above = [n for n in free if wishes[n].weight * scale >= least[n]]
        if len(above) == len(free):
            return least | _rounded({n: wishes[n].weight * scale for n in free}, whole)
        free = above
    return least


def _rounded(shares: dict[int, float], whole: int) -> dict[int, int]:
    widths = {n: int(share) for n, share in shares.items()}
    rest = whole - sum(widths.values())
    for n in nlargest(rest, shares, key=lambda n: shares[n] - int(shares[n])):
        widths[n] += 1
    return widths


class Ruler(NamedTuple):
    """The labels above an axis.

    Attributes:
        ticks: columns where something begins or ends.
        labels: `(column, address)` of the ticks that have room for it.
    """

    ticks: tuple[int, ...]
    labels: tuple[tuple[int, str], ...]


def ruler(axis: Axis) -> Ruler:
    """Mark where pieces begin and where one is followed by a hole.

    For labels the end of the axis chooses its place first, then the largest pieces.
    """
    marks = {axis.width: (axis.cells[-1].stretch.span.end, float("inf"))} if axis.cells else {}
    for before, cell in zip((None, *axis.cells), axis.cells, strict=False):
        stretch = cell.stretch
        if not stretch.hole:
            marks[cell.at] = (stretch.span.start, stretch.span.size)
        elif before and not before.stretch.hole:
            marks[cell.at] = (stretch.span.start, 0)
    labels: list[tuple[int, str]] = []
    for at, (address, _) in sorted(marks.items(), key=lambda mark: -mark[1][1]):
        text = format_size(address) if address else "0"
        column = max(0, at - len(text) + 1) if at == axis.width else at
        if all(t != text and not _meet(column, text, c, t) for c, t in labels):
            labels.append((column, text))
    return Ruler(tuple(sorted(marks)), tuple(sorted(labels)))


def _meet(at: int, text: str, other_at: int, other: str) -> bool:
    """Return whether two labels have no blank between them."""
    return at <= other_at + len(other) and other_at <= at + len(text)
