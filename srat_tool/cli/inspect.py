"""`srattool inspect`: decode tables, every field, offset and bit."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from srat_tool.cli.look import format_option
from srat_tool.cli.options import input_options
from srat_tool.cli.saying import say

if TYPE_CHECKING:
    from srat_tool.api.options import ReadOptions


@click.command("inspect", epilog="Example: srattool inspect /sys/firmware/acpi/tables/SRAT")
@click.argument("tables", nargs=-1, type=click.Path())
@format_option("Inspection", help="Output format; all but text contain every bit of the tables.")
@click.option("--hex", "hexdump", is_flag=True, help="Show the bytes of each field.")
@click.option("--all", "everything", is_flag=True, help="Show long lists in full on a terminal.")
@click.option(
    "-o", "--output", metavar="FILE", help="Write to this file instead of to standard output."
)
@click.option(
    "-v", "--verbose", is_flag=True, help="List on standard error what was opened and what was not."
)
@input_options
def command(
    tables: tuple[str, ...],
    *,
    form: str,
    hexdump: bool,
    everything: bool,
    output: str | None,
    verbose: bool,
    read: ReadOptions,
) -> None:
    """Decode ACPI tables: SRAT, SLIT, HMAT, MSCT, CEDT, MADT, PPTT and NFIT.

    TABLES, whole or damaged, are files, folders, dumps or `-`; without any, those of the running
    machine. Every entry is shown with its offset in the table and with its
    defects.
    """
    from srat_tool.api.tables import inspect
    from srat_tool.cli.writing import to_stdout, write_answer
    from srat_tool.render.formats import rendered
    from srat_tool.render.look import Look

    inspection = inspect(tables, read)
    if verbose:
        for line in inspection.account:
            say(line)
    stream = sys.stdout if to_stdout(output) else None
    look = Look(hexdump=hexdump, everything=everything, stream=stream)
    write_answer(rendered(inspection, form, look), output)
