"""Tables that fit: in columns where the paper is wide enough, else folded, never cut."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, repeat

from rich.cells import cell_len
from rich.text import Text

from srat_tool.base.units import format_size
from srat_tool.render.paper.console import Paper, fold, grid, sentence, styled
from srat_tool.render.paper.theme import DIM


class TableText(Text):
    """A table among lines, for a page that draws it itself; as text it is empty.

    Attributes:
        heads: names of the columns; empty for a table without a heading.
        rows: cells, as many in each row as there are columns.
        right: numbers of the columns whose cells are right-aligned.
    """

    def __init__(
        self, heads: Sequence[str], rows: Sequence[Sequence[Text]], right: Sequence[int]
    ) -> None:
        super().__init__()
        self.heads, self.rows, self.right = tuple(heads), tuple(rows), frozenset(right)


LEAST_LAST = 24
"""Columns that prose in the last cell needs for folding it in its place to be readable."""
_INDENT = "  "
_GAPS = ("  ", " ")


def table(
    heads: Sequence[str],
    rows: Sequence[Sequence[str | Text]],
    paper: Paper,
    *,
    right: Sequence[int] = (),
    indent: str = _INDENT,
    notes: Sequence[Sequence[str]] = (),
) -> list[Text]:
    """Return rows as lines that are not wider than the paper, if it folds at all.

    First in columns; where those are too wide, with prose in the last column folded in its place
    or below its row; where the others are too wide too, each row as a sentence of its cells, each
    named by its head.

    Args:
        heads: names of the columns; empty for a table without a heading.
        rows: cells; a string is escaped, a Text is used as it is.
        paper: what is written on.
        right: numbers of the columns whose cells are right-aligned.
        indent: what each line begins with.
        notes: sentences below each row, for as many rows as have any; escaped.
    """
    if not rows:
        return []
    kept, right = _columns_used(rows, right)
    heads = [heads[at] for at in kept] if heads else []
    cells = [[_cell(row[at]) if at < len(row) else Text() for at in kept] for row in rows]
    if paper.keeps_tables:
        return [TableText(heads, _with_notes(cells, notes), right)]
    heading = [[styled(head, DIM) for head in heads]] if heads else []
    blocks = (
        _in_columns([*heading, *cells], paper, right, indent)
        or _last_apart([*heading, *cells], paper, right, indent)
        or [*([] for _ in heading), *(_as_sentence(heads, row, paper, indent) for row in cells)]
    )
    below = chain(((),) * len(heading), notes, repeat(()))
    lines: list[Text] = []
    for block, said in zip(blocks, below, strict=False):
        lines += block
        for note in said:
            lines += fold(sentence(indent, "    ", note), paper, hanging=len(indent) + 8)
    return lines


def _with_notes(
    rows: Sequence[Sequence[Text]], notes: Sequence[Sequence[str]]
) -> Sequence[Sequence[Text]]:
    """Return rows with their notes in the last cell."""
    return [
        [*row[:-1], sentence(row[-1], *(f"; {note}" for note in said))]
        for row, said in zip(rows, chain(notes, repeat(())), strict=False)
    ]


def _in_columns(
    rows: Sequence[Sequence[Text]], paper: Paper, right: Sequence[int], indent: str
) -> list[list[Text]]:
    """Return one line for each row, or nothing where they do not fit."""
    for gap in _GAPS:
        lines = [sentence(indent, line) for line in grid(rows, right=right, gap=gap)]
        if _fits(lines, paper):
            return [[line] for line in lines]
    return []


def _columns_used(
    rows: Sequence[Sequence[str | Text]], right: Sequence[int]
) -> tuple[list[int], list[int]]:
    """Return the columns in which any row has a word, and which of those are right-aligned."""
    columns = range(max(map(len, rows)))
    kept = [at for at in columns if any(at < len(row) and len(row[at]) for row in rows)]
    return kept, [kept.index(at) for at in right if at in kept]


def _cell(cell: str | Text) -> Text:
    return cell if isinstance(cell, Text) else styled(cell)


def _fits(lines: Sequence[Text], paper: Paper) -> bool:
    return not paper.folds or all(cell_len(line.plain) <= paper.width for line in lines)


def _last_apart(
    rows: Sequence[Sequence[Text]], paper: Paper, right: Sequence[int], indent: str
) -> list[list[Text]]:
    """Return the table with its last column folded in its place, or below each row.

    It is below where that makes fewer lines; a few words stay in their place, where the longest has
    room. Nothing is returned where the other columns are too wide already.
    """
    last = len(rows[0]) - 1
    if last < 1:
        return []
    cells = [row[last] for row in rows]
    few = max(cell_len(cell.plain) for cell in cells) <= LEAST_LAST
    words = (cell_len(word) for cell in cells for word in cell.plain.split())
    least = max(words, default=0) if few else LEAST_LAST
    for gap in _GAPS:
        columns = grid([row[:last] for row in rows], right=right, gap=gap)
        first = [sentence(indent, line) for line in columns]
        ways = [
            [] if last in right else _in_place(first, cells, paper, least),
            [] if few else _below(first, cells, paper, len(indent) + 4),
        ]
        fitting = [blocks for blocks in ways if blocks and _all_fit(blocks, paper)]
        if fitting:
            return min(fitting, key=lambda blocks: sum(map(len, blocks)))
    return []


def _all_fit(blocks: Sequence[Sequence[Text]], paper: Paper) -> bool:
    return all(_fits(lines, paper) for lines in blocks)


def _in_place(
    first: Sequence[Text], cells: Sequence[Text], paper: Paper, least: int
) -> list[list[Text]]:
    """Return rows with their last cells folded next to them, if these have so much room."""
    at = max(cell_len(line.plain) for line in first) + 2
    if paper.width - at < least:
        return []
    return [
        fold(sentence(line, " " * (at - cell_len(line.plain)), cell), paper, hanging=at)
        for line, cell in zip(first, cells, strict=True)
    ]


def _below(
    first: Sequence[Text], cells: Sequence[Text], paper: Paper, indent: int
) -> list[list[Text]]:
    """Return rows with the last cell of each on lines of its own."""
    return [
        [line, *(fold(sentence(" " * indent, cell), paper, hanging=indent) if cell else [])]
        for line, cell in zip(first, cells, strict=True)
    ]


def _as_sentence(
    heads: Sequence[str], row: Sequence[Text], paper: Paper, indent: str
) -> list[Text]:
    """Return `head cell, head cell`, or the cells alone where the table has no heads."""
    words = [(head, cell) for head, cell in zip(heads or [""] * len(row), row, strict=True) if cell]
    parts: list[str | Text] = [indent]
    between = ""
    for head, cell in words:
        parts += [between, styled(f"{head} ", DIM) if head else "", cell]
        begins = not between and not heads
        between = "  " if begins else ", " if head or not heads else ": "
    return fold(sentence(*parts), paper, hanging=len(indent) + 4)


def size_cell(size: int) -> Text:
    """Return a number of bytes as a cell; a dim dash for none."""
    return styled(format_size(size)) if size else styled("-", DIM)
