"""How an answer is to look: the options of commands that draw, and their way to a string."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from srat_tool.render.paper.console import ColorSystem, Line, Paper

DRAWN = ("text", "svg", "html")
"""Formats that show the same lines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What the user said about it.

    Attributes:
        style: the format.
        width: columns; None leaves it to the terminal.
        everything: nothing is left out of long lists.
        output: a file to write to; None or `-` is standard output.
    """

    style: str = "text"
    width: int | None = None
    everything: bool = False
    output: str | None = None

    @property
    def paper(self) -> Paper:
        """The paper that fits the format and the place where the answer goes."""
        from srat_tool.render.paper.console import Paper, paper_for

        if self.style == "text" and self.output in {None, "-"}:
            return paper_for(sys.stdout, width=self.width)
        color: ColorSystem | None = "truecolor" if self.style in {"svg", "html"} else None
        return Paper(width=self.width or 100, color=color)

    def draw(self, lines: Callable[[Paper], list[Line]], title: str) -> str:
        """Return lines in one of the formats that show lines."""
        paper = self.paper
        if self.style == "svg":
            from srat_tool.render.paper.as_svg import as_svg

            return as_svg(lines(paper), title)
        if self.style == "html":
            from srat_tool.render.paper.as_html import as_html

            return as_html(lines(paper), title)
        from srat_tool.render.paper.console import paint

        return paint(lines(paper), paper)


def look_options(
    *formats: str, ranges: bool = True
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Give a command `--format`, `--width`, `--ranges` and `-o`; it gets them as `look`.

    Args:
        formats: what `--format` offers.
        ranges: whether the command has lists that `--ranges` shows whole.
    """
    options = [
        click.option(
            "--format", "style", type=click.Choice(formats), default="text", show_default=True
        ),
        click.option(
            "--width", type=click.IntRange(min=20), metavar="COLUMNS", help="Draw for this width."
        ),
        click.option("-o", "--output", metavar="FILE", help="Write the answer to a file."),
    ]
    if ranges:
        help_text = "Show every range with exact addresses."
        options.insert(2, click.option("--ranges", "everything", is_flag=True, help=help_text))

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def wrapper(**values: Any) -> Any:
            own = {name: values.pop(name) for name in Look.__slots__ if name in values}
            return function(look=Look(**own), **values)

        for option in reversed(options):
            wrapper = option(wrapper)
        return wrapper

    return decorate
