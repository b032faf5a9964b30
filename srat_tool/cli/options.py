"""Options that every command with inputs takes: how to read them, and how much work to allow.

What was given is kept in click's context, where `cli.inputs` finds it: no command passes it on.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import click

from srat_tool.base.errors import SratToolError
from srat_tool.base.units import exact_size, parse_size
from srat_tool.sources.detect import SOURCE_NAMES
from srat_tool.sources.found import Budget

_KEY = "srat_tool.reading"
_LIMITS = Budget()


class Reading(NamedTuple):
    """How inputs are to be read.

    Attributes:
        budget: bounds on work.
        source: the kind that every file is taken as; None lets the content decide.
    """

    budget: Budget
    source: str | None


def reading() -> Reading:
    """Return what the running command was given, or the defaults."""
    context = click.get_current_context(silent=True)
    given = {} if context is None else dict(context.meta.get(_KEY, {}))
    source = given.pop("source", None)
    return Reading(Budget(**given), source)


def input_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--source`, `--max-unpacked`, `--max-depth` and `--max-table` to a command."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def _keep(context: click.Context, parameter: click.Parameter, value: Any) -> None:
    name = str(parameter.name).removeprefix("max_")
    context.meta.setdefault(_KEY, {})[name] = value


def _keep_size(context: click.Context, parameter: click.Parameter, value: str) -> None:
    try:
        _keep(context, parameter, parse_size(value))
    except SratToolError as error:
        raise click.BadParameter(error.message) from error


_OPTIONS = (
    click.option(
        "--source",
        type=click.Choice(SOURCE_NAMES),
        callback=_keep,
        expose_value=False,
        help="Take every input file as this; without it, the content decides.",
    ),
    click.option(
        "--max-unpacked",
        metavar="SIZE",
        default=exact_size(_LIMITS.unpacked),
        show_default=True,
        callback=_keep_size,
        expose_value=False,
        help="Bytes to unpack in total; a quarter of it in one piece.",
    ),
    click.option(
        "--max-depth",
        type=click.IntRange(0, 256),
        default=_LIMITS.depth,
        show_default=True,
        callback=_keep,
        expose_value=False,
        help="Containers within containers.",
    ),
    click.option(
        "--max-table",
        metavar="SIZE",
        default=exact_size(_LIMITS.table),
        show_default=True,
        callback=_keep_size,
        expose_value=False,
        help="Bytes of one table inside something else.",
    ),
)
