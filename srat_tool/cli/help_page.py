"""Help that fits: no word is cut, and on narrow terminals options have lines of their own."""

from __future__ import annotations

from collections.abc import Iterable

import click

_NARROW = 72
"""Columns below which the text about an option is below it."""
_FIRST = 10
_WHOLE = str.maketrans("-", "\u2011")
_PLAIN = str.maketrans("\u2011", "-")


class HelpPage(click.HelpFormatter):
    """Writes help as click does, except that no line ends at the hyphen of a word.

    Hyphens are others, at which no line is broken, until the page is complete.
    """

    def write_text(self, text: str) -> None:
        """Write a paragraph."""
        super().write_text(text.translate(_WHOLE))

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Write names with what they are."""
        most = min(col_max, _FIRST) if self.width < _NARROW else col_max
        super().write_dl([(name, text.translate(_WHOLE)) for name, text in rows], most, col_spacing)

    def getvalue(self) -> str:
        """Return the page."""
        return super().getvalue().translate(_PLAIN)


class HelpContext(click.Context):
    """A context whose command shows its help as such a page."""

    formatter_class = HelpPage
