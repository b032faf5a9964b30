"""The walk through the 2013 series as text."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from srat_tool.base.words import joined
from srat_tool.plan.series2013.section import Section, SeriesWalk
from srat_tool.render.paper.console import Paper, fold, grid, said, sentence
from srat_tool.render.paper.theme import DIM, HEADING

_INDENT = "  "


def walk_lines(walk: SeriesWalk, paper: Paper) -> list[Text]:
    """Return one block of lines for each section, with a blank line between two."""
    lines: list[Text] = []
    for section in walk.sections:
        lines += [Text()] if lines else []
        lines += _lines(section, paper)
    return lines


def _lines(section: Section, paper: Paper) -> Iterator[Text]:
    yield _heading(section)
    for point in section.points:
        yield from fold(sentence(_INDENT, point), paper, hanging=len(_INDENT))
    for line in section.verbatim:
        # A quotation mark shows the blank that some lines end in.
        yield sentence(_INDENT, _INDENT, f"|{line}|")
    if section.rows:
        heading = [said(column, DIM) for column in section.columns]
        yield from (sentence(_INDENT, _INDENT, row) for row in grid([heading, *section.rows]))


def _heading(section: Section) -> Text:
    if not section.patches:
        return said(section.title, HEADING)
    word = "patch" if len(section.patches) == 1 else "patches"
    numbers = joined([str(number) for number in section.patches])
    return said(f"{word} {numbers}: {section.title}", HEADING)
