"""One row of a picture: pieces of memory with their names written inside them.

In colour a piece is a filled block, without colour it is closed by brackets and filled with single
lines, or double ones where the memory is hot-pluggable. The words are the same in both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rich.text import Text

from srat_tool.base.units import format_size
from srat_tool.render.paper.console import Paper
from srat_tool.render.paper.theme import DIM, zone_style
from srat_tool.render.plan.layout import Axis, LayoutGroup, Wish, by_size
from srat_tool.render.plan.pieces import ABSENT, CXL, HOT_ADD, PicturePiece

HOT_SIGN, LOCAL_SIGN = "+", "*"
SIGNS = {
    HOT_SIGN: "hot-pluggable",
    LOCAL_SIGN: "holds node-local data",
}
ABSENT_WEIGHT = 0.1
_NAMES = {HOT_ADD: "add"}
_SHORT_ZONE = {"DMA32": "3"}
_MEANINGS = {HOT_ADD: "memory can be added", CXL: "window of the CEDT"}
CUT = "cut in the axis"

Mark = tuple[str, str]
"""What is drawn, and what it means."""


class BarRow(NamedTuple):
    """A drawn row.

    Attributes:
        line: the drawing.
        unnamed: the pieces whose size did not find room in their label.
        marks: every sign and abbreviation in it that a legend has to explain.
    """

    line: Text
    unnamed: tuple[PicturePiece, ...]
    marks: tuple[Mark, ...] = ()


class _Drawn(NamedTuple):
    """A piece as it was drawn: whether its size can be read, and what needs an explanation."""

    named: bool
    marks: tuple[Mark, ...]


def label_forms(piece: PicturePiece) -> tuple[str, ...]:
    """Return what could be written into a piece, from the longest to the shortest."""
    name, size = _NAMES.get(piece.zone, piece.zone), format_size(piece.span.size)
    signs = HOT_SIGN * piece.hot + LOCAL_SIGN * piece.local
    words = " hotplug" * piece.hot + " node-local" * piece.local
    short = _SHORT_ZONE.get(name, name[0])
    named, sized = f"{name}{signs}", f"{short} {size}{signs}"
    return (
        f"{name} {size}{words}",
        f"{name} {size}{signs}",
        named,
        sized if len(sized) < len(named) else named,
        f"{short}{signs}",
        short,
    )


def wish(piece: PicturePiece, paper: Paper) -> Wish:
    """Return the columns that a piece would like: a window without RAM only what its name needs."""
    widths = [len(form) + _margin(paper) for form in reversed(label_forms(piece)[:-1])]
    weight = by_size(piece.span).weight
    return Wish(weight * ABSENT_WEIGHT if piece.zone in ABSENT else weight, widths)


def _margin(paper: Paper) -> int:
    return 2 if paper.color is None else 1


def draw_row(pieces: Sequence[PicturePiece], axis: Axis, paper: Paper) -> BarRow:
    """Draw one node's pieces on an axis."""
    line = Text()
    unnamed: list[PicturePiece] = []
    marks: list[Mark] = []
    groups = iter(axis.place([piece.span for piece in pieces]))
    group = next(groups, None)
    for cell in axis.cells:
        if group and cell.at >= group.at + group.width:
            group = next(groups, None)
        if group and cell.at == group.at:
            members = [pieces[n] for n in group.members]
            drawn = _append(line, members, group, paper)
            unnamed += [] if drawn.named else members
            marks += drawn.marks
        elif not group or cell.at < group.at:
            cut = cell.stretch.cut
            line.append(("/" if cut else " ") * cell.width, DIM if cut else None)
            marks += [("/" * cell.width, CUT)] if cut else []
    return BarRow(line, tuple(unnamed), tuple(dict.fromkeys(marks)))


def _append(
    line: Text, members: Sequence[PicturePiece], group: LayoutGroup, paper: Paper
) -> _Drawn:
    """Append a piece, or several in one."""
    largest = max(members, key=lambda piece: piece.span.size)
    forms = label_forms(largest) if len(members) == 1 else _crowd(members, paper)
    room = group.width - _margin(paper)
    label = next((form for form in forms if len(form) <= room), None)
    if paper.color is None:
        line.append(_bracketed(label, forms[-1], largest, group.width, paper))
    else:
        edge = "▏" if paper.unicode else " "
        inside = forms[-1] if label is None else edge + label
        line.append(inside[: group.width].ljust(group.width), zone_style(largest.zone))
    alone = len(members) == 1
    named = alone and label is not None and format_size(largest.span.size) in label
    small = paper.color is None and group.width == 1
    shown = label or (forms[-1][0].lower() if small else forms[-1][0])
    marks = _piece_marks(shown, largest, group.width, paper) if alone else _crowd_marks(shown)
    return _Drawn(named, tuple(marks))


def _piece_marks(label: str, piece: PicturePiece, width: int, paper: Paper) -> Iterator[Mark]:
    """Yield what is not a whole word in the drawing of a piece, with its meaning."""
    words = label.split()
    short = words[0].rstrip(HOT_SIGN + LOCAL_SIGN)
    if piece.zone in _MEANINGS:
        yield short, _MEANINGS[piece.zone]
    elif short != piece.zone:
        yield short, piece.zone
    for sign, holds in ((HOT_SIGN, piece.hot), (LOCAL_SIGN, piece.local)):
        if holds and sign in words[-1]:
            yield sign, SIGNS[sign]
    if piece.hot and paper.color is None and piece.zone not in ABSENT and width > 1:
        ends, fill = paper.glyphs.double_ends, paper.glyphs.double
        yield ends[0] + fill + ends[1], SIGNS[HOT_SIGN]


def _crowd_marks(label: str) -> Iterator[Mark]:
    if not label.endswith("pieces"):
        yield ("a number" if label.isdigit() else label), "so many pieces, drawn as one"


def _crowd(members: Sequence[PicturePiece], paper: Paper) -> tuple[str, ...]:
    return f"{len(members)} pieces", f"{len(members)}", "⋮" if paper.unicode else ":"


def _bracketed(
    label: str | None, shortest: str, piece: PicturePiece, width: int, paper: Paper
) -> str:
    glyphs = paper.glyphs
    fill, ends = glyphs.line, glyphs.ends
    if piece.zone in ABSENT:
        fill = "."
    elif piece.hot:
        fill, ends = glyphs.double, glyphs.double_ends
    if label is not None:
        return ends[0] + label + fill * (width - 2 - len(label)) + ends[1]
    return shortest[0].lower() if width == 1 else ends[0] + shortest[0] + fill * (width - 2)
