"""`srattool decompile`: from tables to a spec."""

from __future__ import annotations

import click

from srat_tool.cli.options import input_options


@click.command("decompile", epilog="Example: srattool decompile /sys/firmware/acpi/tables/SRAT")
@click.argument("tables", nargs=-1, type=click.Path())
@click.option("-o", "--output", metavar="FILE", help="Write there instead of to standard output.")
@click.option("--all", "everything", is_flag=True, help="Tables of other kinds too, as bytes.")
@input_options
def command(tables: tuple[str, ...], output: str | None, everything: bool) -> None:
    """Write TABLES as a spec, from which `srattool build` makes the same bytes again.

    With no TABLES those of the running machine are read. A spec is what to attach to a bug report.
    """
    from pathlib import Path

    from srat_tool.build.decompile import decompile
    from srat_tool.cli.inputs import read_tables
    from srat_tool.cli.writing import write_file
    from srat_tool.grammar.registry import CODECS
    from srat_tool.sources.detect import SYSFS_TABLES

    found = read_tables(tables or (SYSFS_TABLES,)).tables
    chosen = [raw.data for raw in found if everything or raw.signature in CODECS]
    text = decompile(chosen or [raw.data for raw in found])
    if output is None or output == "-":
        click.echo(text, nl=False)
    else:
        write_file(Path(output), text.encode())
