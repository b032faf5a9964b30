"""Lines as an SVG picture that needs no embedded font and looks the same in every browser.

Every word is placed on the grid by itself, so that a renderer which drops blanks or has another
font still keeps the columns. Ligatures are off: `0x` and `!=` are two characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape

from rich.cells import cell_len
from rich.text import Text

from srat_tool.base.text import printable
from srat_tool.render.paper.runs import (
    BACKGROUND,
    FONTS,
    FOREGROUND,
    NO_LIGATURES,
    TextRun,
    background,
    color,
    runs_of,
)
from srat_tool.render.paper.theme import on_dark

CELL_WIDTH, LINE_HEIGHT, FONT_SIZE, PADDING = 8.4, 18, 14, 16
_BASELINE = 13
_WORDS = re.compile(r"\S+(?: \S+)*")


def as_svg(lines: Iterable[Text], title: str) -> str:
    """Return a whole SVG document that shows the lines.

    Args:
        lines: what to show.
        title: the text for screen readers and tooltips.
    """
    rows = list(runs_of(lines))
    columns = max((row[-1].at + row[-1].width for row in rows if row), default=0)
    width = _number(columns * CELL_WIDTH + 2 * PADDING)
    height = len(rows) * LINE_HEIGHT + 2 * PADDING
    shapes = "\n".join(s for n, row in enumerate(rows) for run in row for s in _shapes(n, run))
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    return f"""<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">
<title>{escape(printable(title))}</title>
<style>
text {{ font: {FONT_SIZE}px {FONTS}; fill: {FOREGROUND}; white-space: pre; {NO_LIGATURES} }}
.b {{ font-weight: bold }}
</style>
<rect width="100%" height="100%" rx="8" fill="{BACKGROUND}"/>
{shapes}
</svg>
"""


def _shapes(row: int, run: TextRun) -> Iterator[str]:
    top = PADDING + row * LINE_HEIGHT
    filling = background(run.style)
    if filling:
        yield (
            f'<rect x="{_x(run.at)}" y="{top}" width="{_number(run.width * CELL_WIDTH)}" '
            f'height="{LINE_HEIGHT - 1}" fill="{filling}"/>'
        )
    ink = color(run.style)
    look = (' class="b"' if run.style.bold else "") + (
        f' style="fill: {on_dark(ink)}"' if ink else ""
    )
    for word in _WORDS.finditer(run.text):
        at = run.at + cell_len(run.text[: word.start()])
        yield (
            f'<text x="{_x(at)}" y="{top + _BASELINE}" '
            f'textLength="{_number(cell_len(word[0]) * CELL_WIDTH)}"{look}>'
            f"{escape(word[0], quote=False)}</text>"
        )


def _x(cell: int) -> str:
    return _number(PADDING + cell * CELL_WIDTH)


def _number(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")
