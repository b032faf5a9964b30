"""`srattool edit`: what-if edits on a real table."""

from __future__ import annotations

from pathlib import Path

import click

from srat_tool.api.options import ReadOptions
from srat_tool.cli.options import input_options
from srat_tool.cli.saying import say


@click.command("edit", epilog="Example: srattool edit SRAT.bin --set-hotplug 1 -o edited.bin")
@click.argument("table", type=click.Path())
@click.option(
    "--set-hotplug",
    multiple=True,
    metavar="DOMAIN|RANGE",
    help="Set the Hot Pluggable bit of this memory.",
)
@click.option(
    "--clear-hotplug", multiple=True, metavar="DOMAIN|RANGE", help="Clear the Hot Pluggable bit."
)
@click.option(
    "--renumber", multiple=True, metavar="OLD=NEW", help="Change the number of a proximity domain."
)
@click.option(
    "--drop", multiple=True, metavar="ENTRY|RANGE", help="Remove entry number N, or a range."
)
@click.option("-o", "--output", required=True, metavar="FILE", help="File for the edited table.")
@input_options
def command(table: str, output: str, read: ReadOptions, **changes: tuple[str, ...]) -> None:
    """Write a changed copy of TABLE (a SRAT; a SLIT or HMAT can be renumbered).

    A range is 4G+30G or 4G..34G; an entry that it cuts is split. Length and checksum are
    recomputed; reserved bits and unknown entries stay.
    To see the effect: srattool plan --compare FILE
    """
    from srat_tool.api.tables import edit
    from srat_tool.cli.writing import write_file, wrote

    data = edit(table, read=read, **changes).data
    write_file(Path(output), data)
    say(wrote(output, f"{len(data)} bytes"))
