"""`srattool inspect`: decode tables, every field, offset and bit."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from srat_tool.cli.options import input_options

if TYPE_CHECKING:
    from collections.abc import Iterator

    from srat_tool.api.options import ReadOptions
    from srat_tool.render.inspect.record import Inspected

FORMATS = ("text", "json", "jsonl", "csv")


@click.command("inspect", epilog="Example: srattool inspect /sys/firmware/acpi/tables/SRAT")
@click.argument("tables", nargs=-1, type=click.Path())
@click.option(
    "--format",
    "name",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="Text for people; the others keep every bit of the tables.",
)
@click.option("--hex", "hexdump", is_flag=True, help="Show the bytes too, field by field.")
@click.option("--all", "everything", is_flag=True, help="Show long lists whole on a terminal too.")
@click.option("-o", "--output", metavar="FILE", help="Write there instead of to standard output.")
@click.option("-v", "--verbose", is_flag=True, help="Say on stderr what was opened, what not.")
@input_options
def command(
    tables: tuple[str, ...],
    *,
    name: str,
    hexdump: bool,
    everything: bool,
    output: str | None,
    verbose: bool,
    read: ReadOptions,
) -> None:
    """Decode ACPI tables: SRAT, SLIT, HMAT, MSCT, CEDT, MADT and PPTT, whole or damaged.

    TABLES are files, folders, dumps or `-`; without any, those of the running machine. Every entry
    stands with its offset in the table, and beside it what is malformed there.
    """
    from pathlib import Path

    from srat_tool.api.inputs import read_tables
    from srat_tool.cli.writing import write_file
    from srat_tool.grammar.registry import decode
    from srat_tool.render.inspect.record import Inspected
    from srat_tool.sources.detect import SYSFS_TABLES

    found = read_tables(tables or (SYSFS_TABLES,), read)
    if verbose:
        for line in found.account():
            click.echo(line, err=True)
    inspected = [Inspected(raw, decode(raw.data)) for raw in found.tables]
    to_file = output not in (None, "-")
    pieces = _pieces(
        inspected, name, hexdump=hexdump, everything=everything, terminal=not to_file and _eyes()
    )
    if to_file:
        write_file(Path(str(output)), "".join(pieces).encode("utf-8", "backslashreplace"))
    else:
        sys.stdout.writelines(pieces)


def _eyes() -> bool:
    """Tell whether colours may be wanted; only then is rich worth its import."""
    return sys.stdout.isatty() or bool(os.environ.get("FORCE_COLOR"))


def _pieces(
    inspected: list[Inspected], name: str, *, hexdump: bool, everything: bool, terminal: bool
) -> Iterator[str]:
    if name != "text":
        from srat_tool.render.inspect.formats import write

        return write(name, inspected, with_bytes=hexdump)
    if terminal:
        from srat_tool.render.inspect.painted import write_painted

        return write_painted(inspected, sys.stdout, everything=everything, hexdump=hexdump)
    from srat_tool.render.inspect.as_text import Style, write_plain

    return write_plain(inspected, Style(hexdump=hexdump))
