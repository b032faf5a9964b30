"""Options that every command with inputs takes: how to read them, and how much work to allow."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from srat_tool.api.options import ReadOptions
from srat_tool.base.architecture import architecture_names
from srat_tool.base.errors import SratToolError
from srat_tool.base.limits import Budget
from srat_tool.base.units import exact_size, parse_size
from srat_tool.cli.missed import MissedInputs
from srat_tool.render.paper.progress import progress_line
from srat_tool.sources.detect import SOURCE_NAMES

arch_option = click.option(
    "--arch",
    metavar="NAME",
    help=f"Architecture of the machine: {', '.join(architecture_names())}, or an alias such as "
    "arm64. Default: that of the log, else that of the processor structures in the tables.",
)
_LIMITS = Budget()


boot_option = click.option(
    "--boot",
    metavar="N|first|last",
    help="Which boot of a log that holds several; by default the last that is whole.",
)


def input_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--source`, `--max-unpacked`, `--max-depth`, `--max-table`; passed as `read`.

    Inputs that could not be read are printed, and make the exit status 2.
    """

    @wraps(command)
    def wrapper(
        *arguments: Any,
        source: str | None,
        max_unpacked: int,
        max_depth: int,
        max_table: int,
        **values: Any,
    ) -> Any:
        budget = Budget(unpacked=max_unpacked, depth=max_depth, table=max_table)
        missed = MissedInputs()
        read = ReadOptions(source=source, budget=budget, progress=progress_line(), missed=missed)
        return missed.status(command(*arguments, read=read, **values))

    for option in reversed(_OPTIONS):
        wrapper = option(wrapper)
    return wrapper


def _size(context: click.Context, parameter: click.Parameter, value: str) -> int:
    del context, parameter
    try:
        return parse_size(value)
    except SratToolError as error:
        raise click.BadParameter(error.message) from error


_OPTIONS = (
    click.option(
        "--source",
        type=click.Choice(SOURCE_NAMES),
        help="Read every input file as this kind; by default the content decides.",
    ),
    click.option(
        "--max-unpacked",
        metavar="SIZE",
        default=exact_size(_LIMITS.unpacked),
        show_default=True,
        callback=_size,
        help="Limit of unpacked bytes in total; a quarter of it for one member.",
    ),
    click.option(
        "--max-depth",
        type=click.IntRange(0, 256),
        default=_LIMITS.depth,
        show_default=True,
        help="Limit of nested containers.",
    ),
    click.option(
        "--max-table",
        metavar="SIZE",
        default=exact_size(_LIMITS.table),
        show_default=True,
        callback=_size,
        help="Limit of bytes of one table inside another file.",
    ),
)
