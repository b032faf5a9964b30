"""Lines on standard error: one line each for programs, folded between words for a terminal."""

from __future__ import annotations

import sys

import click

from srat_tool.base.text import printable, shortened


def say(line: str) -> None:
    """Print a line, which is escaped already."""
    click.echo(_folded(line), err=True)


def _folded(line: str) -> str:
    if not sys.stderr.isatty():
        return line
    from srat_tool.render.paper.console import fitted_text, paper_for

    return "\n".join(fitted_text(line.split("\n"), paper_for(sys.stderr)))


def say_usage_error(error: click.ClickException) -> None:
    """Print what is wrong with a command line, after its usage."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context is not None:
        click.echo(context.get_usage(), err=True)
        if context.command.get_help_option(context) is not None:
            names = context.help_option_names
            say(f"Try '{context.command_path} {names[-1]}' for help.\n")
    # click repeats words of the command line as they are.
    lines = error.format_message().split("\n")
    say("Error: " + "\n".join(shortened(printable(line)) for line in lines))
