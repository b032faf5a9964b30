"""`srattool glossary`: the terms of art, one paragraph each."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


class TermName(click.ParamType[str]):
    """The name of a term, which shells complete."""

    name = "term"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Return the terms that begin like this."""
        from click.shell_completion import CompletionItem

        from srat_tool.base.glossary import glossary

        names = [term.name for term in glossary()]
        start = incomplete.casefold()
        return [CompletionItem(name) for name in names if name.casefold().startswith(start)]


@click.command("glossary", epilog="Example: srattool glossary kernel node")
@click.argument("term", nargs=-1, type=TermName())
def command(term: tuple[str, ...]) -> None:
    """Explain a term of art, such as ZONE_MOVABLE or proximity domain.

    TERM may have several words; upper and lower case do not matter. Without TERM, list all terms.

    Exit status: 0 the term is explained, 2 there is no such term.
    """
    from srat_tool.base.glossary import find_term, glossary
    from srat_tool.render.glossary import term_lines, term_text

    width = min(shutil.get_terminal_size((100, 24)).columns, 100)
    if term:
        click.echo(term_text(find_term(" ".join(term)), width))
    else:
        click.echo("\n".join(term_lines(glossary(), width)))
