"""Rows of cells as lines of `(text, style)` parts: lined up, and folded where they are too wide."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import itemgetter

Part = tuple[str, str]
Line = tuple[Part, ...]
Row = tuple[str, ...]
CellStyle = Callable[[str], str]

HEADING, WRONG, GOOD, DIM = "heading", "wrong", "good", "dim"
_LEAST = 16
"""Cells that a column needs for prose in it to be readable."""
_BELOW = 6
"""Blanks before prose that is below its row."""


def columns(
    rows: Sequence[Row], right: frozenset[int], styles: Mapping[int, CellStyle]
) -> Iterator[Line]:
    """Yield rows lined up; the first row is the heading, and empty columns are left out.

    Styled columns come last. The cells without a style are one part: this is the loop that prints
    tens of thousands of rows.
    """
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    used = [at for at in range(len(widths)) if any(row[at] for row in rows[1:])]
    final = used[-1] if used else 0
    form = {
        at: "%s"
        if at == final and at not in right
        else f"%{'' if at in right else '-'}{widths[at]}s"
        for at in used
    }
    plain = [at for at in used if at not in styles]
    fill, values = "  ".join(form[at] for at in plain), itemgetter(*plain)
    ends = [(at, _Cells(f"  {form[at]}", styles[at])) for at in used if at in styles]
    yield (("  ".join(form[at] for at in used) % tuple(rows[0][at] for at in used), DIM),)
    for row in rows[1:]:
        yield ((fill % values(row), ""), *[cells[row[at]] for at, cells in ends])


class _Cells(dict[str, Part]):
    """The cells of a styled column: each text that occurs in it is laid out once."""

    def __init__(self, form: str, style: CellStyle) -> None:
        super().__init__()
        self.form, self.style = form, style

    def __missing__(self, text: str) -> Part:
        part = self[text] = self.form % text, self.style(text)
        return part


def line_width(line: Line) -> int:
    """Return how many characters a line has, those at its end that are blank not counted."""
    return len("".join(text for text, _ in line).rstrip())


def narrow_columns(
    rows: Sequence[Row],
    right: frozenset[int],
    prose: int,
    remark: tuple[int, CellStyle],
    width: int,
) -> Iterator[tuple[Line, ...]]:
    """Yield each row as the lines that it takes with its prose last, folded in its place.

    Where a word has no room there, the prose of all rows is below them.

    Args:
        rows: cells of equal number; the first row is the heading.
        right: numbers of the columns whose cells are right-aligned.
        prose: number of the column that is folded.
        remark: number of the column that follows the prose in the same place, and its style.
        width: cells of a line.
    """
    at_remark, style = remark
    others = [at for at in range(len(rows[0])) if at not in {prose, at_remark}]
    kept = [at for at in others if any(row[at] for row in rows[1:])]
    first = list(columns([tuple(row[at] for at in kept) for row in rows], _moved(right, kept), {}))
    end = max(map(line_width, first)) + 2
    longest = max(len(word) for row in rows for word in f"{row[prose]}; {row[at_remark]}".split())
    below = end + max(longest + 1, _LEAST) > width
    indent = _BELOW if below else end
    for number, (row, line) in enumerate(zip(rows, first, strict=True)):
        worn = style(row[at_remark]) if number else DIM
        words = [(word, "" if number else DIM) for word in row[prose].split()]
        notes = [(word, worn) for word in row[at_remark].split()]
        if words and notes:
            words[-1] = (f"{words[-1][0]};", words[-1][1])
        folded = _folded([*words, *notes], width - indent)
        head = ("".join(text for text, _ in line).rstrip(), "" if number else DIM)
        if folded and not below:
            gap = " " * (end - len(head[0]))
            yield (head, (gap, ""), *folded[0]), *_indented(folded[1:], indent)
        else:
            yield (head,), *_indented(folded, indent)


def _indented(lines: Sequence[Line], indent: int) -> Iterator[Line]:
    return (((" " * indent, ""), *line) for line in lines)


def _moved(numbers: frozenset[int], kept: Sequence[int]) -> frozenset[int]:
    return frozenset(place for place, at in enumerate(kept) if at in numbers)


def _folded(words: Sequence[Part], room: int) -> list[Line]:
    """Return styled words as lines of at most so many cells, if no word is wider."""
    lines: list[list[Part]] = []
    used = room
    for text, style in words:
        if used + 1 + len(text) > room:
            lines.append([])
            used = -1
        if used >= 0:
            lines[-1].append((" ", style))
        lines[-1].append((text, style))
        used += 1 + len(text)
    return [tuple(line) for line in lines]
