"""`srattool edit`: what-if edits on a real table."""

from __future__ import annotations

from pathlib import Path

import click

from srat_tool.api.options import ReadOptions
from srat_tool.cli.options import input_options


@click.command("edit", epilog="Example: srattool edit SRAT.bin --set-hotplug 1 -o edited/SRAT.bin")
@click.argument("table", type=click.Path())
@click.option("--set-hotplug", multiple=True, metavar="DOMAIN|RANGE", help="Make it hotpluggable.")
@click.option("--clear-hotplug", multiple=True, metavar="DOMAIN|RANGE", help="Take that off again.")
@click.option("--renumber", multiple=True, metavar="OLD=NEW", help="Give a domain another number.")
@click.option(
    "--drop", multiple=True, metavar="ENTRY|RANGE", help="Leave out entry number N, or a range."
)
@click.option("-o", "--output", required=True, metavar="FILE", help="Where the edited table goes.")
@input_options
def command(table: str, output: str, read: ReadOptions, **changes: tuple[str, ...]) -> None:
    """Edit TABLE (a SRAT; SLIT and HMAT can be renumbered) to see what would come of it.

    A range is 4G+30G or 4G..34G; an entry that it cuts is split. Length and checksum are mended,
    reserved bits and unknown entries stay. Then: srattool plan --compare FILE
    """
    from srat_tool.api.tables import edit
    from srat_tool.cli.writing import write_file

    data = edit(table, read=read, **changes).data
    write_file(Path(output), data)
    click.echo(f"{output}: {len(data)} bytes", err=True)
