"""Shell completion: rules, kernels, and the examples that can be given in place of files."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    Complete = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]

VARIABLE = "_SRATTOOL_COMPLETE"
"""Set by a shell that asks for completions, or for the script that asks."""

EXAMPLE = "example:"


def complete_rules(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Return the codes and names of rules that begin like this."""
    from srat_tool.lint.rules import all_rules

    names = (name for entry in all_rules() for name in (entry.id, entry.name))
    return _beginning(names, incomplete)


def complete_kernels(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Return the profiles of kernels that begin like this."""
    from srat_tool.kernel.profiles import profile_names

    return _beginning(profile_names(), incomplete)


def complete_inputs(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Return files, and examples once a word can become the name of one."""
    from click.shell_completion import CompletionItem

    files = [CompletionItem(incomplete, type="file")]
    if not incomplete or not EXAMPLE.startswith(incomplete[: len(EXAMPLE)]):
        return files
    from srat_tool.sources.examples import example_files

    found = _beginning((EXAMPLE + name for name in example_files()), incomplete)
    return found or files


def complete_architectures(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Return the architectures that begin like this."""
    from srat_tool.base.architecture import architecture_names

    return _beginning(architecture_names(), incomplete)


def add_completions(command: click.Command) -> None:
    """Let every input of a command complete to files and examples, and every file to files."""
    for param in command.params:
        complete = _complete_paths(param)
        if complete is not None:
            ask = partial(_ask, complete, param)
            param.shell_complete = ask  # type: ignore[method-assign]


def _ask(
    complete: Complete, param: click.Parameter, ctx: click.Context, incomplete: str
) -> list[CompletionItem]:
    return complete(ctx, param, incomplete)


def _complete_paths(param: click.Parameter) -> Complete | None:
    if isinstance(param, click.Argument) and isinstance(param.type, click.Path):
        return complete_inputs
    words = (param.metavar or "").replace("|", " ").replace("[", " ").split()
    if "FILE" in words:
        return partial(_of_type, "file")
    return partial(_of_type, "dir") if {"DIR", "FOLDER"} & set(words) else None


def _of_type(
    kind: str, ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type=kind)]


def _beginning(names: Iterable[str], start: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    wanted = start.casefold()
    return [CompletionItem(name) for name in names if name.casefold().startswith(wanted)]
