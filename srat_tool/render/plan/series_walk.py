"""The walk through the 2013 series as text."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from srat_tool.base.words import joined
from srat_tool.plan.series2013.section import Section, SeriesWalk
from srat_tool.render.paper.console import Paper, fold, sentence, styled
from srat_tool.render.paper.tables import table
from srat_tool.render.paper.theme import HEADING

_INDENT = "  "


def walk_lines(walk: SeriesWalk, paper: Paper) -> list[Text]:
    """Return the outcome, then one block of lines for each section, a blank line between two."""
    lines: list[Text] = []
    for number, point in enumerate(walk.outcome):
        lines += fold(styled(point, "" if number else HEADING), paper, hanging=2)
    for section in walk.sections:
        lines += [Text()] if lines else []
        lines += _lines(section, paper)
    return lines


def _lines(section: Section, paper: Paper) -> Iterator[Text]:
    yield from fold(_heading(section), paper, hanging=len(_INDENT))
    for point in section.points:
        yield from fold(sentence(_INDENT, point), paper, hanging=len(_INDENT))
    for line in section.verbatim:
        # A quotation mark shows the blank that some lines end in.
        yield from fold(sentence(_INDENT * 2, f"|{line}|"), paper, hanging=len(_INDENT) * 4)
    yield from table(section.columns, section.rows, paper, indent=_INDENT * 2)


def _heading(section: Section) -> Text:
    if not section.patches:
        return styled(section.title, HEADING)
    word = "patch" if len(section.patches) == 1 else "patches"
    numbers = joined([str(number) for number in section.patches])
    return styled(f"{word} {numbers}: {section.title}", HEADING)
