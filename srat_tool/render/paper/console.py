"""The sheet of paper that an answer is written on; only this module creates a rich Console.

Renderers make `Text` lines for a `Paper` and pass them to `paint`, which returns a string: rich
never sees a stream, so widths, colours and closed pipes follow the same rules on every version of
it. Markup, emoji codes and highlighting are always off: `[mem 0x0-0x9ffff]` is text here.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, TextIO, TypeAlias

from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.style import StyleType
from rich.text import Text

from srat_tool.base.limits import MAX_WIDTH
from srat_tool.base.numerals import whole
from srat_tool.base.text import printable

ColorSystem = Literal["standard", "256", "truecolor"]
Line: TypeAlias = Text
"""A line of an answer, for modules that pass it on without importing rich."""

PIPE_WIDTH = 120
NARROWEST, WIDEST = 60, 250
# A range as the kernel prints it is one word: `[mem 0x0-0x9ffff]`.
_WORD = re.compile(r"[^ ]*\[mem [^ ]+|[^ ]+")
_LEAST_ROOM = 8
_LISTED = re.compile(r"[^,]+,?|,")


class Glyphs(NamedTuple):
    """The characters of a drawing.

    Attributes:
        branch, last, trunk: the limbs of a tree.
        line, double: what fills a piece, ordinary and hot-pluggable.
        ends, double_ends: what closes a piece on its left and right.
        tick: marks a place on a ruler.
        rule: draws a line under a heading.
        arrow: leads from one item to the next.
    """

    branch: str
    last: str
    trunk: str
    line: str
    double: str
    ends: str
    double_ends: str
    tick: str
    rule: str
    arrow: str


ASCII = Glyphs("|-- ", "`-- ", "|   ", "-", "=", "[]", "[]", "|", "-", "->")
UNICODE = Glyphs("├── ", "└── ", "│   ", "─", "═", "├┤", "╞╡", "╷", "─", "→")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What an answer is drawn on.

    Attributes:
        width: columns; pictures keep to `picture_width`.
        color: how colours are written; None for none at all.
        unicode: whether the encoding can write the drawing characters.
        folds: whether sentences are folded at the width: for eyes yes, for grep no.
        keeps_tables: whether tables stay tables, for a page that draws them itself.
    """

    width: int = PIPE_WIDTH
    color: ColorSystem | None = None
    unicode: bool = True
    folds: bool = True
    keeps_tables: bool = False

    @property
    def glyphs(self) -> Glyphs:
        """The characters to draw with."""
        return UNICODE if self.unicode else ASCII

    @property
    def picture_width(self) -> int:
        """Columns of a picture: it needs room, and past some width it only gets emptier."""
        return min(max(self.width, NARROWEST), WIDEST)


def paper_for(
    stream: TextIO, env: Mapping[str, str] | None = None, *, width: int | None = None
) -> Paper:
    """Return the paper that fits a stream.

    Args:
        stream: where the answer will go.
        env: the environment; None means that of this process.
        width: columns asked for; None means COLUMNS, then the terminal, then 120.
    """
    settings = os.environ if env is None else env
    terminal = stream.isatty()
    return Paper(
        width=width or _columns(stream, settings, terminal=terminal),
        color=_color(settings, terminal=terminal),
        unicode=_can_draw(stream),
        folds=terminal or width is not None or _wanted_columns(settings) is not None,
    )


def _columns(stream: TextIO, env: Mapping[str, str], *, terminal: bool) -> int:
    wanted = _wanted_columns(env)
    if wanted is not None:
        return wanted
    if not terminal:
        return PIPE_WIDTH
    try:
        return os.get_terminal_size(stream.fileno()).columns or 80
    except (OSError, ValueError):
        return 80


def _wanted_columns(env: Mapping[str, str]) -> int | None:
    """Return the width that the user set; shells do not export theirs by themselves."""
    wanted = whole(env.get("COLUMNS", ""))
    return min(wanted, MAX_WIDTH) if wanted else None


def _color(env: Mapping[str, str], *, terminal: bool) -> ColorSystem | None:
    # https://no-color.org: any value but the empty one. FORCE_COLOR=0 is meant as a no.
    forced = env.get("FORCE_COLOR", "") not in {"", "0"}
    term = env.get("TERM", "")
    if env.get("NO_COLOR") or not (terminal or forced) or term in {"dumb", "unknown"}:
        return None
    if env.get("COLORTERM", "") in {"truecolor", "24bit"}:
        return "truecolor"
    return "256" if "256color" in term else "standard"


def _can_draw(stream: TextIO) -> bool:
    encoding = stream.encoding
    if encoding is None:  # a StringIO holds any character
        return True
    try:
        "".join(UNICODE).encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


class _Sheet(io.StringIO):
    """A string that reports its final encoding to rich, which chooses its boxes by it."""

    def __init__(self, encoding: str) -> None:
        super().__init__()
        self._encoding = encoding

    @property
    def encoding(self) -> str:  # type: ignore[override] # a plain attribute in the base class
        return self._encoding


def make_console(paper: Paper, file: TextIO) -> Console:
    """Return a console that keeps the rules of `paper`, whatever the environment sets."""
    return Console(
        file=file,
        width=paper.width,
        height=25,
        color_system=paper.color,
        force_terminal=paper.color is not None,
        force_interactive=False,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
        _environ={},
    )


def paint(lines: Iterable[RenderableType], paper: Paper) -> str:
    """Return the lines as one string that ends in a newline: plain, or with colour codes.

    Blanks at the end of a line go where no colour can show them.
    """
    sheet = _Sheet("utf-8" if paper.unicode else "ascii")
    console = make_console(paper, sheet)
    for line in lines:
        if isinstance(line, Text) and paper.color is None:
            sheet.write(f"{line.plain.rstrip()}\n")
        else:
            console.print(line, soft_wrap=isinstance(line, Text))
    return sheet.getvalue()


def styled(text: object, style: StyleType = "") -> Text:
    """Return `text` as it may reach a terminal: escaped, never read as markup."""
    return Text().append(printable(str(text)), style or None)


def sentence(*parts: str | tuple[str, StyleType] | Text) -> Text:
    """Join plain words, `(words, style)` pairs and texts into one line, each part escaped."""
    line = Text()
    for part in parts:
        if isinstance(part, Text):
            line.append_text(part)
        elif isinstance(part, tuple):
            line.append_text(styled(*part))
        else:
            line.append_text(styled(part))
    return line


def fold(line: Text, paper: Paper, *, hanging: int = 0) -> list[Text]:
    """Return a sentence folded between words at the width.

    A word that is wider than a line is broken after its commas, and otherwise not at all.

    Args:
        line: the sentence.
        paper: where it goes; papers that do not fold get it back as it is.
        hanging: blanks before every line but the first.
    """
    if not paper.folds or cell_len(line.plain) <= paper.width:
        return [line]
    room = max(paper.width, hanging + _LEAST_ROOM)
    folded: list[Text] = []
    start, used, indent = 0, 0, 0
    for begin, end in _unbroken(line.plain, room - hanging):
        if used and indent + cell_len(line.plain[start:end]) > room:
            folded.append(_hung(line[start:used], indent))
            start, indent = begin, hanging
        used = end
    folded.append(_hung(line[start:], indent))
    return folded


def _unbroken(text: str, room: int) -> Iterator[tuple[int, int]]:
    """Yield where each word begins and ends; of one wider than `room`, each part of its list."""
    for word in _WORD.finditer(text):
        if cell_len(word[0]) <= room:
            yield word.span()
        else:
            yield from (part.span() for part in _LISTED.finditer(text, *word.span()))


def fitted(lines: Iterable[Text], paper: Paper) -> list[Text]:
    """Return lines with those folded that are wider than the paper; further lines are indented."""
    return [part for line in lines for part in fold(line, paper, hanging=_indent(line) + 4)]


def fitted_text(lines: Iterable[str], paper: Paper) -> Iterator[str]:
    """Yield plain lines, which are escaped already, folded like those of `fitted`.

    What fits is not touched: this is for output of many lines. Line feeds stay where they are.
    """
    for line in lines:
        if not paper.folds or len(line) <= paper.width or cell_len(line) <= paper.width:
            yield line
        else:
            end = "\n" if line.endswith("\n") else ""
            parts = fitted([Text(line.rstrip("\n"))], paper)
            yield "\n".join(part.plain.rstrip() for part in parts) + end


def _indent(line: Text) -> int:
    return len(line.plain) - len(line.plain.lstrip(" "))


def _hung(line: Text, indent: int) -> Text:
    line = line.copy()
    line.rstrip()
    return Text(" " * indent).append_text(line)


def grid(
    rows: Sequence[Sequence[str | Text]], *, right: Iterable[int] = (), gap: str = "  "
) -> list[Text]:
    """Return rows with their columns lined up, nothing folded or cut.

    Args:
        rows: cells; a string is escaped, a Text is used as it is. Rows may be of any length, and
            the last cell of the longest is not padded.
        right: numbers of the columns whose cells are right-aligned.
        gap: the text between two columns.
    """
    cells = [[cell if isinstance(cell, Text) else styled(cell) for cell in row] for row in rows]
    widths = [
        max(cell_len(row[at].plain) for row in cells if at < len(row))
        for at in range(max((len(row) for row in cells), default=0))
    ]
    at_right = frozenset(right)
    return [_row(row, widths, at_right, gap) for row in cells]


def _row(row: Sequence[Text], widths: Sequence[int], right: frozenset[int], gap: str) -> Text:
    line = Text()
    for at, cell in enumerate(row):
        blanks = " " * (widths[at] - cell_len(cell.plain))
        line.append(gap if at else "")
        if at in right:
            line.append(blanks)
        line.append_text(cell)
        if at not in right and at + 1 < len(row):
            line.append(blanks)
    return line
