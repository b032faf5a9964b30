"""How an answer is to look: the options of commands that show one, and their way to the output."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from srat_tool.base.limits import MAX_WIDTH
from srat_tool.cli.writing import to_stdout, write_answer
from srat_tool.render.formats import formats_of, rendered
from srat_tool.render.look import DEFAULT, Look

if TYPE_CHECKING:
    from srat_tool.render.paper.console import Paper


class FormatOption(click.Option):
    """`--format`, with the formats that the table has for the kinds of answers of a command."""

    answers: tuple[str, ...] = ()


def format_option(*answers: str, **attributes: Any) -> Callable[..., Any]:
    """Give a command `--format`; it gets the name as `form`.

    Args:
        answers: the kinds of answers that the command may give, as `render.formats` names them.
        attributes: further attributes of the option.
    """
    formats = formats_of(*answers)
    kind = type("FormatOption", (FormatOption,), {"answers": answers})
    return click.option(
        "--format",
        "form",
        cls=kind,
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        **attributes,
    )


class Sheet(NamedTuple):
    """Where an answer goes, in which format, and how it is to look.

    Attributes:
        form: the format.
        output: a file to write to; None or `-` is standard output.
        look: the rest.
    """

    form: str = "text"
    output: str | None = None
    look: Look = DEFAULT

    def write(self, answer: object, title: str) -> None:
        """Write an answer.

        Raises:
            FormatError: when this kind of answer has no such format.
            SourceError: when the file cannot be written.
        """
        write_answer(rendered(answer, self.form, self._titled(title)), self.output)

    def text(self, answer: object, title: str) -> str:
        """Return what `write` writes.

        Raises:
            FormatError: when this kind of answer has no such format.
        """
        return "".join(rendered(answer, self.form, self._titled(title)))

    def _titled(self, title: str) -> Look:
        return self.look._replace(title=title)


def screen() -> Paper:
    """Return the paper of standard output."""
    return Look(stream=sys.stdout).paper


def look_options(
    *answers: str, ranges: bool = True
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Give a command `--format`, `--width`, `--details` and `-o`; it gets them as `sheet`.

    Args:
        answers: the kinds of answers that the command may give.
        ranges: whether the command has lists that `--details` shows whole.
    """
    options = [
        format_option(*answers),
        click.option(
            "--width",
            type=click.IntRange(20, MAX_WIDTH),
            metavar="COLUMNS",
            help="Draw for this many columns.",
        ),
        click.option("-o", "--output", metavar="FILE", help="Write the answer to a file."),
    ]
    if ranges:
        help_text = "Show every section, and every range with exact addresses."
        options.insert(2, click.option("--details", "everything", is_flag=True, help=help_text))
        # The name that --details had before.
        options.append(click.option("--ranges", "ranges_", is_flag=True, hidden=True))

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def wrapper(
            form: str,
            width: int | None,
            output: str | None,
            everything: bool = False,
            ranges_: bool = False,
            **values: Any,
        ) -> Any:
            stream = sys.stdout if to_stdout(output) else None
            look = Look(width=width, everything=everything or ranges_, stream=stream)
            return function(sheet=Sheet(form=form, output=output, look=look), **values)

        for option in reversed(options):
            wrapper = option(wrapper)
        return wrapper

    return decorate
