"""A piece of an explanation: what it is about, sentences, and rows."""

from __future__ import annotations

from typing import NamedTuple

from srat_tool.base.words import plural


class Section(NamedTuple):
    """One step.

    Attributes:
        patches: numbers of the patches that it belongs to; none for what is not theirs.
        title: what the step is.
        points: sentences, the important ones first.
        columns: headings of the rows.
        rows: cells in the order of the columns.
        verbatim: lines that a kernel prints, to the letter.
    """

    patches: tuple[int, ...]
    title: str
    points: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    verbatim: tuple[str, ...] = ()


class SeriesWalk(NamedTuple):
    """The whole explanation.

    Attributes:
        sections: in the order of the boot.
        outcome: the result, in at most five sentences.
    """

    sections: tuple[Section, ...]
    outcome: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"<SeriesWalk: {plural(len(self.sections), 'section')}>"
