"""Shell completion: rules, kernels, and the examples that can be given in place of files."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import click
    from click.shell_completion import CompletionItem

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


def _beginning(names: Iterable[str], start: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    wanted = start.casefold()
    return [CompletionItem(name) for name in names if name.casefold().startswith(wanted)]
