"""How an answer is to look, whatever its format: what callers may choose, as one value."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple, TextIO

if TYPE_CHECKING:
    from srat_tool.lint.hit import Severity
    from srat_tool.render.paper.console import Paper

FILE_WIDTH = 100
"""Columns of a drawing that goes to a file, where no width is asked for."""


class Look(NamedTuple):
    """The choices that formats read; each format ignores those that do not concern it.

    Attributes:
        width: columns; None leaves it to the terminal or the format.
        everything: show long lists whole.
        verbose: show the parts that are equal too.
        hexdump: show the bytes of tables too.
        severity: the lowest severity of findings to show; None shows all.
        fail_on: the severity from which on findings are failures; None means errors.
        full: show the consequence and the remedy of each finding, where lines are written.
        title: the title of a document.
        stream: the stream that text is written to; None for a file or a string, without colours.
    """

    width: int | None = None
    everything: bool = False
    verbose: bool = False
    hexdump: bool = False
    severity: Severity | None = None
    fail_on: Severity | None = None
    full: bool = False
    title: str = "srattool"
    stream: TextIO | None = None

    @property
    def eyes(self) -> bool:
        """Whether text is for a human reader: on a terminal, or where colours are requested."""
        stream = self.stream
        return stream is not None and (stream.isatty() or bool(os.environ.get("FORCE_COLOR")))

    @property
    def asked_width(self) -> bool:
        """Whether the user set a width, for a stream that need not be a terminal."""
        chosen = self.width is not None or bool(os.environ.get("COLUMNS"))
        return self.stream is not None and chosen

    def shows(self, severity: Severity) -> bool:
        """Return whether findings of this severity are to be shown."""
        return self.severity is None or severity >= self.severity

    def fails(self, severity: Severity) -> bool:
        """Return whether findings of this severity are failures."""
        from srat_tool.lint.hit import Severity as Severities

        return severity >= (Severities.ERROR if self.fail_on is None else self.fail_on)

    @property
    def paper(self) -> Paper:
        """The paper for text: that of the stream, else one without colours."""
        from srat_tool.render.paper.console import Paper, paper_for

        if self.stream is not None:
            return paper_for(self.stream, width=self.width)
        return Paper(width=self.width or FILE_WIDTH)


DEFAULT = Look()
"""Plain text as a string, long lists cut."""
