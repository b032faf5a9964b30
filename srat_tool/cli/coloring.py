"""`--color` of every command: what the environment decides, decided for one command."""

from __future__ import annotations

import os

import click

_VARIABLES = ("FORCE_COLOR", "NO_COLOR", "TERM")
_DUMB = frozenset({"", "dumb", "unknown"})


def add_color_option(command: click.Command) -> None:
    """Give a command `--color`, once."""
    if all(param.name != "color" for param in command.params):
        command.params.append(
            click.Option(
                ["--color"],
                type=click.Choice(("auto", "always", "never")),
                default="auto",
                expose_value=False,
                callback=_choose,
                help="Colours: on a terminal only (auto, which NO_COLOR and FORCE_COLOR change),"
                " always, or never.",
            )
        )


def _choose(ctx: click.Context, param: click.Parameter, value: str) -> None:
    del param
    if value == "auto":
        return
    before = {name: os.environ.get(name) for name in _VARIABLES}
    ctx.call_on_close(lambda: _restore(before))
    wanted, other = (
        ("FORCE_COLOR", "NO_COLOR") if value == "always" else ("NO_COLOR", "FORCE_COLOR")
    )
    os.environ[wanted] = "1"
    os.environ.pop(other, None)
    if value == "always" and os.environ.get("TERM", "") in _DUMB:
        os.environ["TERM"] = "xterm-256color"


def _restore(before: dict[str, str | None]) -> None:
    for name, value in before.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
