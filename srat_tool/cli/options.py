"""Options that every command with inputs takes: how to read them, and how much work to allow."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import click

from srat_tool.base.errors import SratToolError
from srat_tool.base.units import exact_size, parse_size
from srat_tool.sources.detect import SOURCE_NAMES
from srat_tool.sources.found import Budget

_Command = Callable[..., Any]


def _size(_context: click.Context, _parameter: click.Parameter, value: str) -> int:
    try:
        return parse_size(value)
    except SratToolError as error:
        raise click.BadParameter(error.message) from error


def input_options(command: _Command) -> _Command:
    """Add `--source`, `--max-unpacked`, `--max-depth` and `--max-table`.

    The command gets `source` (a name, or None for detection) and `budget`, as `read_tables` and
    `gather_tables` take them.
    """

    @functools.wraps(command)
    def wrapped(
        *args: Any, max_unpacked: int, max_depth: int, max_table: int, **others: Any
    ) -> Any:
        budget = Budget(unpacked=max_unpacked, depth=max_depth, table=max_table)
        return command(*args, budget=budget, **others)

    for option in reversed(_OPTIONS):
        wrapped = option(wrapped)
    return wrapped


_LIMITS = Budget()
_OPTIONS = (
    click.option(
        "--source",
        type=click.Choice(SOURCE_NAMES),
        help="Take every input file as this; without it, the content decides.",
    ),
    click.option(
        "--max-unpacked",
        metavar="SIZE",
        default=exact_size(_LIMITS.unpacked),
        show_default=True,
        callback=_size,
        help="Bytes to unpack in total; a quarter of it in one piece.",
    ),
    click.option(
        "--max-depth",
        type=click.IntRange(0, 256),
        default=_LIMITS.depth,
        show_default=True,
        help="Containers within containers.",
    ),
    click.option(
        "--max-table",
        metavar="SIZE",
        default=exact_size(_LIMITS.table),
        show_default=True,
        callback=_size,
        help="Bytes of one table inside something else.",
    ),
)
