"""`srattool build`: from a spec to tables."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("build", epilog="Example: srattool build machine.toml -o tables")
@click.argument("spec")
@click.option(
    "-o", "--output", required=True, metavar="DIR", help="Folder for the tables; made when absent."
)
def command(spec: str, output: str) -> None:
    """Build the tables that SPEC describes, with right lengths and checksums.

    SPEC is TOML (`-` for standard input); `srattool decompile` writes one, and
    fixtures/specs holds a library of them.
    """
    from srat_tool.build.assemble import assemble
    from srat_tool.cli.inputs import read_spec
    from srat_tool.cli.writing import table_names, write_file

    tables = assemble(read_spec(spec))
    for name, table in zip(table_names(tables), tables, strict=True):
        write_file(Path(output) / f"{name}.bin", table.data)
        click.echo(f"{output}/{name}.bin: {len(table.data)} bytes")
