"""The picture of a machine's memory: one shared axis, or from nine nodes one bar per node."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from rich.cells import cell_len
from rich.text import Text

from srat_tool.base.span import Span
from srat_tool.base.units import format_size
from srat_tool.base.words import plural
from srat_tool.render.paper.console import Paper, fold, sentence, styled
from srat_tool.render.paper.theme import DIM, HEADING
from srat_tool.render.plan.bars import CUT, Mark, draw_row, wish
from srat_tool.render.plan.layout import Axis, by_size, lay_out, ruler
from srat_tool.render.plan.pieces import NodePieces, PicturePiece

SHARED_AXIS_UP_TO = 8
BARS_SHOWN = 64
_SIZE_COLUMNS = 9


class Picture(NamedTuple):
    """What was drawn, and what the drawing could not show.

    Attributes:
        lines: the picture.
        unnamed: the pieces whose size could not be written into them, with their nodes.
        hidden: bars that were left out.
    """

    lines: tuple[Text, ...]
    unnamed: tuple[tuple[int, PicturePiece], ...]
    hidden: int = 0


def draw(nodes: Sequence[NodePieces], paper: Paper, *, everything: bool = False) -> Picture:
    """Draw all nodes that have memory.

    Args:
        nodes: in ascending order, each with at least one piece.
        paper: what to draw on.
        everything: leave no bar out, however many there are.
    """
    if not nodes:
        return Picture((), ())
    if len(nodes) <= SHARED_AXIS_UP_TO:
        return _shared(nodes, paper)
    return _own_scale(nodes, paper, everything=everything)


def _axis(pieces: Sequence[PicturePiece], columns: int, paper: Paper) -> Axis:
    wishes = {piece.span: wish(piece, paper) for piece in pieces}
    return lay_out(wishes, columns, lambda span: wishes.get(span) or by_size(span))


def _shared(nodes: Sequence[NodePieces], paper: Paper) -> Picture:
    names = [f"node{node.nid}{_tier(node)}" for node in nodes]
    indent = max(map(len, names)) + 2
    columns = paper.picture_width - indent - 2 * _SIZE_COLUMNS
    axis = _axis([piece for node in nodes for piece in node.pieces], columns, paper)
    lines = _ruler_lines(axis, indent, paper)
    unnamed: list[tuple[int, PicturePiece]] = []
    marks = list(_tier_marks(nodes))
    for name, node in zip(names, nodes, strict=True):
        row = draw_row(node.pieces, axis, paper)
        line = Text(name.ljust(indent), HEADING).append_text(row.line)
        lines.append(line.append(_sizes(node), HEADING))
        unnamed += [(node.nid, piece) for piece in row.unnamed]
        marks += row.marks
    return Picture((*lines, *_legend(marks, indent, paper)), tuple(unnamed))


def _tier(node: NodePieces) -> str:
    return "" if node.tier is None else f" t{node.tier}"


def _tier_marks(nodes: Iterable[NodePieces]) -> Iterator[Mark]:
    return ((_tier(node).strip(), "memory tier") for node in nodes if node.tier is not None)


def _ruler_lines(axis: Axis, indent: int, paper: Paper) -> list[Text]:
    marks = ruler(axis)
    addresses = ""
    for at, label in marks.labels:
        addresses = addresses.ljust(at) + label
    ticks = [" "] * (axis.width + 1)
    for at in marks.ticks:
        ticks[at] = paper.glyphs.tick
    first = Text(" " * indent).append(addresses.ljust(axis.width), DIM)
    heads = _heads("size", "movable")
    if len(addresses) > axis.width:  # the label of the end may reach one column further
        heads = heads[len(addresses) - axis.width :]
    return [first.append(heads, HEADING), Text(" " * indent).append("".join(ticks), DIM)]


def _heads(size: str, movable: str) -> str:
    return size.rjust(_SIZE_COLUMNS) + movable.rjust(_SIZE_COLUMNS)


def _sizes(node: NodePieces) -> str:
    return _heads(_size(node.size), _size(node.movable))


def _size(size: int) -> str:
    return format_size(size) if size else "-"


def _legend(marks: Iterable[Mark], indent: int, paper: Paper) -> list[Text]:
    """Explain the marks that were drawn, and no others; one meaning once, cuts last."""
    meanings: dict[str, dict[str, None]] = {}
    for mark, meaning in marks:
        meanings.setdefault(meaning, {})[mark] = None
    if not meanings:
        return []
    ordered = sorted(meanings.items(), key=lambda entry: entry[0] == CUT)
    entries = [f"{' '.join(found)} {meaning}" for meaning, found in ordered]
    lines: list[str] = []
    for entry in entries:
        if lines and indent + cell_len(f"{lines[-1]}   {entry}") <= paper.picture_width:
            lines[-1] += f"   {entry}"
        else:
            lines.append(entry)
    broad = replace(paper, width=paper.picture_width)
    folded = (fold(sentence(" " * indent, (line, DIM)), broad, hanging=indent) for line in lines)
    return [part for parts in folded for part in parts]


class _Bar(NamedTuple):
    """Neighbouring nodes whose memory looks the same."""

    nodes: tuple[NodePieces, ...]

    @property
    def name(self) -> str:
        first, last = self.nodes[0].nid, self.nodes[-1].nid
        numbers = f"{first}" if first == last else f"{first}-{last}"
        return f"node{numbers}{_tier(self.nodes[0])}"

    @property
    def first(self) -> str:
        return format_size(self.nodes[0].pieces[0].span.start) if self._starts_above_zero else "0"

    @property
    def _starts_above_zero(self) -> bool:
        return self.nodes[0].pieces[0].span.start > 0

    @property
    def last(self) -> str:
        return format_size(self.nodes[-1].pieces[-1].span.end)

    def times(self, size: int) -> str:
        """Return `64G`, or `4 x 64G` where the bar represents four nodes."""
        many = f"{len(self.nodes)} x " if size and len(self.nodes) > 1 else ""
        return many + _size(size)


def _bars(nodes: Sequence[NodePieces]) -> list[_Bar]:
    bars: list[list[NodePieces]] = []
    for node in nodes:
        last = bars[-1][-1] if bars else None
        if last and node.nid == last.nid + 1 and _shape(last) == _shape(node):
            bars[-1].append(node)
        else:
            bars.append([node])
    return [_Bar(tuple(bar)) for bar in bars]


def _shape(node: NodePieces) -> tuple[object, ...]:
    start = node.pieces[0].span.start
    spans = (Span(p.span.start - start, p.span.end - start) for p in node.pieces)
    return (node.tier, *(p._replace(span=s) for p, s in zip(node.pieces, spans, strict=True)))


def _own_scale(nodes: Sequence[NodePieces], paper: Paper, *, everything: bool) -> Picture:
    bars = _bars(nodes)
    shown = bars if everything else bars[:BARS_SHOWN]
    names = max(len(bar.name) for bar in shown) + 2
    ends = max(len(text) for bar in shown for text in (bar.first, bar.last, "first"))
    sizes = max(len(bar.times(bar.nodes[0].size)) for bar in shown) + 2
    movable = max(*(len(bar.times(bar.nodes[0].movable)) for bar in shown), len("movable")) + 2
    columns = paper.picture_width - names - 2 * (ends + 1) - sizes - movable
    head = "node".ljust(names) + "first".rjust(ends) + " " * (columns + 2) + "last".ljust(ends)
    lines = [Text(head + "size".rjust(sizes) + "movable".rjust(movable), HEADING)]
    unnamed: list[tuple[int, PicturePiece]] = []
    marks = list(_tier_marks(nodes))
    for bar in shown:
        node = bar.nodes[0]
        row = draw_row(node.pieces, _axis(node.pieces, columns, paper), paper)
        line = Text(bar.name.ljust(names), HEADING).append(bar.first.rjust(ends) + " ", DIM)
        line.append_text(row.line).append(" " + bar.last.ljust(ends), DIM)
        line.append(bar.times(node.size).rjust(sizes), HEADING)
        lines.append(line.append(bar.times(node.movable).rjust(movable), HEADING))
        unnamed += _unnamed(bar, row.unnamed)
        marks += row.marks
    hidden = sum(len(bar.nodes) for bar in bars[len(shown) :])
    if hidden:
        lines.append(styled(f"... and {plural(hidden, 'node')} more; --details shows all", DIM))
    lines += _legend(marks, names, paper)
    return Picture(tuple(lines), tuple(unnamed), hidden)


def _unnamed(bar: _Bar, pieces: Sequence[PicturePiece]) -> Iterator[tuple[int, PicturePiece]]:
    numbers = [bar.nodes[0].pieces.index(piece) for piece in pieces]
    for node in bar.nodes:
        yield from ((node.nid, node.pieces[number]) for number in numbers)
