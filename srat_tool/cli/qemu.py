"""`srattool qemu`: the command line that recreates a topology."""

from __future__ import annotations

import shlex
import sys

import click

from srat_tool.api.options import ReadOptions
from srat_tool.cli.options import arch_option, input_options


@click.command("qemu", epilog="Example: srattool qemu example:epyc-8-nodes")
@click.argument("tables", nargs=-1, type=click.Path())
@arch_option
@input_options
def command(tables: tuple[str, ...], arch: str | None, read: ReadOptions) -> None:
    """Print the qemu-system command line that recreates the nodes of TABLES.

    Nodes, processors, distances, HMAT figures and a hot-plug window; what QEMU cannot reproduce
    is in comments. Add -kernel, -drive and other options after it.
    """
    from srat_tool.api.artefacts import qemu
    from srat_tool.base.text import printable

    made = qemu(tables, arch, read)
    for note in made.notes:
        click.echo(_comment(f"# {printable(note)}"))
    click.echo(" \\\n    ".join(shlex.join(group) for group in made.groups))


def _comment(line: str) -> str:
    """Return a comment of the shell, in several lines on a terminal that is narrower."""
    if not sys.stdout.isatty():
        return line
    from srat_tool.cli.look import screen
    from srat_tool.render.paper.console import fitted_text

    return "\n".join(fitted_text([line], screen())).replace("\n    ", "\n#   ")
