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
from srat_tool.cli.completing import complete_architectures, complete_kernels
from srat_tool.cli.missed import MissedInputs
from srat_tool.cli.progress import progress_line
from srat_tool.sources.detect import SOURCE_NAMES


def not_empty(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    """Refuse what a script passes whose variable was not set."""
    if value is not None and not value.strip():
        raise click.BadParameter("it is empty; leave the option out for the default.")
    return value


def kernel_option(text: str, *names: str, metavar: str = "RELEASE") -> Callable[..., Any]:
    """Return `--kernel`, which shells complete.

    Args:
        text: its help.
        names: what the command calls it, where that is not `kernel`.
        metavar: the placeholder for its value in the help.
    """
    return click.option(
        "--kernel",
        *names,
        metavar=metavar,
        help=text,
        callback=not_empty,
        shell_complete=complete_kernels,
    )


arch_option = click.option(
    "--arch",
    metavar="NAME",
    callback=not_empty,
    shell_complete=complete_architectures,
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
    """Add `--source` and the bounds on work; passed as `read`.

    Inputs that could not be read are printed, and make the exit status 2.
    """

    @wraps(command)
    def wrapper(*arguments: Any, source: str | None, budget: Budget, **values: Any) -> Any:
        missed = MissedInputs()
        read = ReadOptions(source=source, budget=budget, progress=progress_line(), missed=missed)
        return missed.status(command(*arguments, read=read, **values))

    return _SOURCE(limit_options(wrapper))


def limit_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add an option for each bound on work; they are in force, and passed as `budget`."""

    @wraps(command)
    def wrapper(*arguments: Any, **values: Any) -> Any:
        budget = Budget(**{name: values.pop(f"max_{name}") for name in Budget._fields})
        with budget.in_force():
            return command(*arguments, budget=budget, **values)

    for option in reversed(_BOUNDS):
        wrapper = option(wrapper)
    return wrapper


def _size(context: click.Context, parameter: click.Parameter, value: str) -> int:
    del context, parameter
    try:
        return parse_size(value)
    except SratToolError as error:
        raise click.BadParameter(error.message) from error


def _bound(name: str, default: int, text: str) -> Callable[[Callable[..., Any]], Any]:
    return click.option(
        name,
        metavar="SIZE",
        default=exact_size(default),
        show_default=True,
        callback=_size,
        help=text,
    )


_SOURCE = click.option(
    "--source",
    type=click.Choice(SOURCE_NAMES),
    metavar="KIND",
    help="Read every input file as this kind; by default the content decides: "
    f"{', '.join(SOURCE_NAMES)}.",
)
_BOUNDS = (
    _bound(
        "--max-unpacked",
        _LIMITS.unpacked,
        "Limit of unpacked bytes in total; a quarter of it for one member.",
    ),
    click.option(
        "--max-depth",
        type=click.IntRange(0, 256),
        default=_LIMITS.depth,
        show_default=True,
        help="Limit of nested containers.",
    ),
    _bound("--max-table", _LIMITS.table, "Limit of bytes of one table inside another file."),
    _bound(
        "--max-file",
        _LIMITS.file,
        "Limit of bytes of one log, map, spec, configuration, dump, image or stream; archives may"
        " be larger.",
    ),
    _bound("--max-spec", _LIMITS.spec, "Limit of bytes of the tables that a spec describes."),
)
