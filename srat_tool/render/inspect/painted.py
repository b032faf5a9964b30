"""The lines of `as_text` on a terminal: the only file here that needs rich."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.style import Style as RichStyle
from rich.text import Text

from srat_tool.render.inspect.as_text import Style, text_lines
from srat_tool.render.inspect.columns import Line
from srat_tool.render.inspect.record import Inspected
from srat_tool.render.look import Look
from srat_tool.render.paper import theme
from srat_tool.render.paper.console import fitted, paint

MAX_ROWS = 200
_STYLES = {
    "": RichStyle(),
    "heading": theme.HEADING,
    "wrong": theme.ERROR,
    "good": theme.GOOD,
    "dim": theme.DIM,
}


def write_painted(tables: Iterable[Inspected], look: Look) -> Iterator[str]:
    """Yield the answer for a terminal: coloured, matrices cut to its width, lists capped.

    Args:
        tables: what to show.
        look: the terminal, whether long lists are shown whole, whether the bytes are shown too.
    """
    paper = look.paper
    rows = None if look.everything else MAX_ROWS
    style = Style(rows=rows, width=paper.width, hexdump=look.hexdump)
    for line in text_lines(tables, style):
        yield paint(fitted([_text(line)], paper), paper)


def _text(line: Line) -> Text:
    text = Text()
    # The parts are escaped already: they are what a pipe gets as it is.
    for part, style in line:
        text.append(part, _STYLES.get(style, style))
    return text
