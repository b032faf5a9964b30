"""`srattool inspect`: decode tables, every field, offset and bit."""

from __future__ import annotations

import click


@click.command("inspect", epilog="Example: srattool inspect /sys/firmware/acpi/tables/SRAT")
@click.argument("tables", nargs=-1)
def command(tables: tuple[str, ...]) -> None:
    """Decode ACPI tables; with no TABLES those of the running machine."""
    from srat_tool.grammar.registry import decode
    from srat_tool.sources.detect import SYSFS_TABLES, read_inputs

    for raw in read_inputs(tables or (SYSFS_TABLES,)).tables:
        click.echo(str(decode(raw.data)))
