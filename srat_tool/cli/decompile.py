"""`srattool decompile`: from tables to a spec."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from srat_tool.api.options import ReadOptions

from srat_tool.cli.options import input_options


@click.command("decompile", epilog="Example: srattool decompile /sys/firmware/acpi/tables/SRAT")
@click.argument("tables", nargs=-1, type=click.Path())
@click.option(
    "-o", "--output", metavar="FILE", help="Write to this file instead of to standard output."
)
@click.option(
    "--boot-log",
    metavar="FILE",
    help="Kernel log of the machine: adds memory map, release, command line and kernel image.",
)
@click.option("--all", "everything", is_flag=True, help="Include tables of other kinds, as bytes.")
@input_options
def command(
    tables: tuple[str, ...],
    output: str | None,
    boot_log: str | None,
    everything: bool,
    read: ReadOptions,
) -> None:
    """Write TABLES as a spec, from which `srattool build` creates the same bytes.

    Without TABLES those of the running machine are read. Attach a spec to a bug report.
    """
    from srat_tool.api.artefacts import decompile
    from srat_tool.cli.writing import write_answer

    text = decompile(tables, boot_log, everything=everything, read=read)
    write_answer(text, output)
