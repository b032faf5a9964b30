"""Lines of text as runs of equal style on a grid of cells: what SVG and HTML are written from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import StringIO
from typing import NamedTuple

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text

from srat_tool.render.paper.console import Paper, make_console

FONTS = 'ui-monospace, "DejaVu Sans Mono", "Liberation Mono", Menlo, Consolas, monospace'
NO_LIGATURES = 'font-variant-ligatures: none; font-feature-settings: "liga" 0, "calt" 0'
BACKGROUND, FOREGROUND = "#1b1d22", "#d6d8de"


class TextRun(NamedTuple):
    """A stretch of one line in one style.

    Attributes:
        at: first cell.
        text: the characters of the run.
        style: how.
    """

    at: int
    text: str
    style: Style

    @property
    def width(self) -> int:
        """Cells that it takes."""
        return cell_len(self.text)


def runs_of(lines: Iterable[Text]) -> Iterator[list[TextRun]]:
    """Return the runs of each line, neighbours of one style joined."""
    console = make_console(Paper(color="truecolor"), StringIO())
    for line in lines:
        runs: list[TextRun] = []
        for text, worn, _ in line.render(console):
            style = worn or Style.null()
            last = runs[-1] if runs else None
            if last and last.style == style:
                runs[-1] = last._replace(text=last.text + text)
            elif text:
                runs.append(TextRun(last.at + last.width if last else 0, text, style))
        yield runs


def color(style: Style) -> str | None:
    """Return a style's text colour as `#rrggbb`."""
    return style.color.get_truecolor().hex if style.color else None


def background(style: Style) -> str | None:
    """Return a style's background colour as `#rrggbb`."""
    return style.bgcolor.get_truecolor().hex if style.bgcolor else None
