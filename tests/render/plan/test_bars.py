"""Rows of pieces: the words are the same with and without colour."""

from __future__ import annotations

import pytest

from srat_tool.base.span import Span
from srat_tool.base.units import GIB, MIB
from srat_tool.render.paper.console import Paper
from srat_tool.render.plan.bars import draw_row, label_forms, wish
from srat_tool.render.plan.layout import by_size, lay_out
from srat_tool.render.plan.pieces import HOT_ADD, PicturePiece

HOT = PicturePiece(Span(GIB, 33 * GIB), "Movable", hot=True)
ASCII = Paper(unicode=False)


def _row(pieces: list[PicturePiece], columns: int, paper: Paper) -> tuple[str, int]:
    wishes = {piece.span: wish(piece, paper) for piece in pieces}
    row = draw_row(pieces, lay_out(wishes, columns, lambda s: wishes.get(s, by_size(s))), paper)
    return row.line.plain, len(row.unnamed)


def test_labels_get_shorter() -> None:
    """From words to signs to one letter."""
    forms = ("Movable 32G hotplug", "Movable 32G+", "Movable+", "M 32G+", "M+", "M")
    assert label_forms(HOT) == forms
    dma = PicturePiece(Span(0, 16 * MIB), "DMA")
    assert label_forms(dma) == ("DMA 16M", "DMA 16M", "DMA", "DMA", "D", "D")


@pytest.mark.parametrize(
    ("columns", "drawn", "unnamed"),
    [
        (24, "[Movable 32G hotplug===]", 0),
        (16, "[Movable 32G+==]", 0),
        (10, "[Movable+]", 1),
        (8, "[M 32G+]", 0),
        (5, "[M+=]", 1),
        (2, "[M", 1),
        (1, "m", 1),
    ],
)
def test_pieces_without_colour(columns: int, drawn: str, unnamed: int) -> None:
    """Brackets close a piece, double lines fill a hot-pluggable one; no size, no name."""
    assert _row([HOT], columns, ASCII) == (drawn, unnamed)


def test_unicode_ends_tell_hotpluggable_from_fixed() -> None:
    """Single lines for fixed memory, double ones for hot-pluggable memory."""
    fixed = HOT._replace(hot=False)
    assert _row([HOT], 14, Paper())[0] == "╞Movable 32G+╡"
    assert _row([fixed], 14, Paper())[0] == "├Movable 32G─┤"


def test_coloured_pieces_hold_the_same_words() -> None:
    """A hairline and a background instead of brackets."""
    assert _row([HOT], 16, Paper(color="truecolor"))[0] == "▏Movable 32G+   "
    assert _row([HOT], 16, Paper(color="truecolor", unicode=False))[0] == " Movable 32G+   "


def test_windows_are_dotted() -> None:
    """Nothing is there yet."""
    assert _row([PicturePiece(Span(0, GIB), HOT_ADD)], 16, ASCII)[0] == "[add 1G........]"


def test_cuts_are_hatched() -> None:
    """A hole of a gigabyte or more is three strokes, a small one a blank."""
    pieces = [HOT, PicturePiece(Span(40 * GIB, 41 * GIB), "Normal")]
    assert "]///[" in _row(pieces, 40, ASCII)[0]
    pieces = [HOT, PicturePiece(Span(33 * GIB + MIB, 41 * GIB), "Normal")]
    assert "] [" in _row(pieces, 40, ASCII)[0]


def test_crowded_pieces_are_counted() -> None:
    """Pieces without a column each are drawn as one, and all of them are unnamed."""
    pieces = [PicturePiece(Span(n * GIB, n * GIB + MIB), "Normal") for n in range(200)]
    line, unnamed = _row(pieces, 60, ASCII)
    assert len(line) == 60
    assert unnamed >= 170


@pytest.mark.parametrize(("paper", "letter"), [(Paper(), "d"), (Paper(color="truecolor"), "D")])
def test_marks_are_the_letters_that_are_drawn(paper: Paper, letter: str) -> None:
    """A piece of one column is a lower-case letter only without colours."""
    dma = PicturePiece(Span(0, 16 * MIB), "DMA")
    row = draw_row([dma], lay_out([dma.span], 1), paper)
    assert row.marks == ((row.line.plain, "DMA"),)
    assert row.line.plain == letter
