"""The lines of `as_text` on a terminal: the only file here that needs rich."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TextIO

from rich.style import Style as RichStyle
from rich.text import Text

from srat_tool.render.inspect.as_text import Line, Style, text_lines
from srat_tool.render.inspect.record import Inspected
from srat_tool.render.paper import theme
from srat_tool.render.paper.console import paint, paper_for

MOST_ROWS = 200
_STYLES = {
    "": RichStyle(),
    "heading": theme.HEADING,
    "wrong": theme.ERROR,
    "good": theme.GOOD,
    "dim": theme.DIM,
}


def write_painted(
    tables: Iterable[Inspected], stream: TextIO, *, everything: bool, hexdump: bool
) -> Iterator[str]:
    """Yield the answer for a terminal: coloured, matrices cut to its width, lists capped.

    Args:
        tables: what to show.
        stream: the terminal.
        everything: show long lists whole.
        hexdump: show the bytes too.
    """
    paper = paper_for(stream)
    style = Style(rows=None if everything else MOST_ROWS, width=paper.width, hexdump=hexdump)
    for line in text_lines(tables, style):
        yield paint([_text(line)], paper)


def _text(line: Line) -> Text:
    text = Text()
    # The parts are escaped already: they are what a pipe gets as it is.
    for part, style in line:
        text.append(part, _STYLES.get(style, style))
    return text
