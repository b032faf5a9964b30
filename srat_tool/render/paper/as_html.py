"""Lines as a page for a browser: a report of preformatted text, with its tables as tables.

Colours are classes, because the policy of the page allows no style of an element's own. Each has a
second colour for dark screens, with the contrast of the first.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from itertools import groupby

from rich.text import Text

from srat_tool.render.paper.runs import TextRun, background, color, runs_of
from srat_tool.render.paper.tables import TableText
from srat_tool.render.paper.theme import on_dark
from srat_tool.render.report.page import page


def as_html(lines: Iterable[Text], title: str) -> str:
    """Return a whole HTML document that shows the lines, with nothing to load from elsewhere."""
    classes: dict[tuple[str | None, str | None], str] = {}
    parts: list[str] = []
    for is_table, group in groupby(lines, key=lambda line: isinstance(line, TableText)):
        if is_table:
            parts += [_table(line, classes) for line in group if isinstance(line, TableText)]
        else:
            text = "\n".join(_written(group, classes)).strip("\n")
            parts += [f'<pre class="text" tabindex="0">{text}</pre>'] if text else []
    return page(title, "\n".join(parts), extra_style="".join(_rules(classes)))


def _written(lines: Iterable[Text], classes: dict[tuple[str | None, str | None], str]) -> list[str]:
    return ["".join(_span(run, classes) for run in row).rstrip() for row in runs_of(lines)]


def _table(table: TableText, classes: dict[tuple[str | None, str | None], str]) -> str:
    columns = [' class="n"' if at in table.right else "" for at in range(len(table.rows[0]))]
    heads = "".join(
        f'<th scope="col"{kind}>{escape(head)}</th>' if head else "<td></td>"
        for head, kind in zip(table.heads, columns, strict=False)
    )
    rows = "".join(
        "<tr>"
        + "".join(
            f"<td{kind}>{cell}</td>"
            for kind, cell in zip(columns, _written(row, classes), strict=True)
        )
        + "</tr>\n"
        for row in table.rows
    )
    head = f"<thead><tr>{heads}</tr></thead>" if heads else ""
    return f'<div class="scroll" tabindex="0"><table>{head}<tbody>{rows}</tbody></table></div>'


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
