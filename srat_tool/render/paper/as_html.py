"""Lines as a page for a browser: one block of preformatted text, colours written out."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

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


def as_html(lines: Iterable[Text], title: str) -> str:
    """Return a whole HTML document that shows the lines, with nothing to load from elsewhere."""
    body = "\n".join("".join(map(_span, row)).rstrip() for row in runs_of(lines))
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(printable(title))}</title>
<style>
body {{ margin: 0; background: {BACKGROUND}; color: {FOREGROUND} }}
pre {{ margin: 0; padding: 1rem; overflow-x: auto; font: 14px/18px {FONTS}; {NO_LIGATURES} }}
b {{ font-weight: bold }}
</style>
</head>
<body>
<pre>{body}</pre>
</body>
</html>
"""


def _span(run: TextRun) -> str:
    text = escape(run.text, quote=False)
    ink, filling = color(run.style), background(run.style)
    if run.style.bold:
        text = f"<b>{text}</b>"
    look = [f"color: {ink}"] if ink else []
    look += [f"background: {filling}"] if filling else []
    return f'<span style="{"; ".join(look)}">{text}</span>' if look else text
