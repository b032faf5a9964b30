"""`srattool build`: from a spec to tables."""

from __future__ import annotations

from pathlib import Path

import click

from srat_tool.base.limits import Budget
from srat_tool.cli.options import limit_options

PACKINGS = ("fv", "lzma", "lzma-x86", "crc32")


@click.command("build", epilog="Example: srattool build machine.toml -o tables")
@click.argument("spec", type=click.Path())
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="DIR",
    help="Folder for the tables; created when absent.",
)
@click.option(
    "--wrap",
    type=click.Choice(PACKINGS),
    help="Write a firmware image instead: one volume with the tables, packed like this.",
)
@limit_options
def command(spec: str, output: str, wrap: str | None, budget: Budget) -> None:
    """Build the tables that SPEC describes, with correct lengths and checksums.

    SPEC is TOML (`-` for standard input) or `example:NAME`; `srattool decompile` writes one,
    docs/spec.md describes the language.
    """
    del budget  # it is in force
    from srat_tool.api.tables import build
    from srat_tool.cli.writing import make_folder, table_names, write_file, wrote

    tables = build(spec)
    files = {f"{name}.bin": raw.data for name, raw in zip(table_names(tables), tables, strict=True)}
    if wrap is not None:
        from srat_tool.authoring.volume import wrap as wrapped

        files = {"firmware.fd": wrapped(files.values(), packing=wrap)}
    make_folder(Path(output))
    for name, data in files.items():
        write_file(Path(output) / name, data)
        click.echo(wrote(f"{output}/{name}", f"{len(data)} bytes"))
