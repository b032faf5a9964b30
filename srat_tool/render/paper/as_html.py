"""Lines as a page for a browser: a report of one block of preformatted text.

Colours are classes, because the policy of the page allows no style of an element's own. Each has a
second colour for dark screens, with the contrast of the first.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from rich.text import Text

from srat_tool.render.paper.runs import TextRun, background, color, runs_of
from srat_tool.render.paper.theme import on_dark
from srat_tool.render.report.page import page


def as_html(lines: Iterable[Text], title: str) -> str:
    """Return a whole HTML document that shows the lines, with nothing to load from elsewhere."""
    classes: dict[tuple[str | None, str | None], str] = {}
    body = "\n".join("".join(_span(run, classes) for run in row).rstrip() for row in runs_of(lines))
    text = f'<pre class="text" tabindex="0">{body}</pre>'
    return page(title, text, extra_style="".join(_rules(classes)))


def _span(run: TextRun, classes: dict[tuple[str | None, str | None], str]) -> str:
    text = escape(run.text, quote=False)
    ink, filling = color(run.style), background(run.style)
    if run.style.bold:
        text = f"<b>{text}</b>"
    if not (ink or filling):
        return text
    name = classes.setdefault((ink, filling), f"s{len(classes)}")
    return f'<span class="{name}">{text}</span>'


def _rules(classes: dict[tuple[str | None, str | None], str]) -> Iterable[str]:
    for (ink, filling), name in classes.items():
        if filling:
            yield f".{name} {{ color: {ink or '#14161a'}; background: {filling} }}\n"
        elif ink:
            yield f".{name} {{ color: {ink} }}\n"
            yield f"@media (prefers-color-scheme: dark) {{ .{name} {{ color: {on_dark(ink)} }} }}\n"
