"""From lines to the formats that show lines; one row for each of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from srat_tool.render.look import FILE_WIDTH, Look
from srat_tool.render.paper.console import Line, Paper, paint

Lines = Callable[[Paper], list[Line]]


def _text(lines: Lines, look: Look) -> str:
    paper = look.paper
    return paint(lines(paper), paper)


def _svg(lines: Lines, look: Look) -> str:
    from srat_tool.render.paper.as_svg import as_svg  # noqa: PLC0415 - text needs none of it

    return as_svg(lines(_document(look)), look.title)


def _html(lines: Lines, look: Look) -> str:
    from srat_tool.render.paper.as_html import as_html  # noqa: PLC0415 - text needs none of it

    paper = replace(_document(look), keeps_tables=True)
    return as_html(lines(paper), look.title)


def _document(look: Look) -> Paper:
    return Paper(width=look.width or FILE_WIDTH, color="truecolor")


def _markdown(lines: Lines, look: Look) -> str:
    from srat_tool.render.plan.as_markdown import fenced  # noqa: PLC0415 - text needs none of it

    paper = Paper(width=look.width or FILE_WIDTH)
    return fenced(paint(lines(paper), paper))


DRAWN: dict[str, Callable[[Lines, Look], str]] = {
    "text": _text,
    "svg": _svg,
    "html": _html,
    "markdown": _markdown,
}
