"""`srattool extract`: tables out of whatever holds them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from srat_tool.base.errors import SourceError
from srat_tool.cli.look import Sheet, format_option
from srat_tool.cli.options import input_options
from srat_tool.cli.saying import say
from srat_tool.render.look import Look

if TYPE_CHECKING:
    from srat_tool.api.options import ReadOptions
    from srat_tool.base.rawtable import RawTable
    from srat_tool.sources.found import Found


@click.command("extract", epilog="Example: srattool extract OVMF_CODE.fd -o tables")
@click.argument("inputs", nargs=-1, required=True, type=click.Path())
@click.option("-o", "--output", metavar="DIR", help="Folder for the tables; created when absent.")
@click.option(
    "--acpidump",
    is_flag=True,
    help="Write the text format of acpidump; without -o to standard output.",
)
@click.option(
    "--list", "listing", is_flag=True, help="List tables and what was opened; write nothing."
)
@format_option("Found", help="Format of the list.")
@click.option(
    "-v", "--verbose", is_flag=True, help="List on standard error what was opened and what was not."
)
@click.option("--force", is_flag=True, help="Replace existing files.")
@input_options
def command(
    inputs: tuple[str, ...],
    *,
    output: str | None,
    acpidump: bool,
    listing: bool,
    form: str,
    verbose: bool,
    force: bool,
    read: ReadOptions,
) -> None:
    """Extract the ACPI tables from dumps, archives, initrds and firmware images.

    INPUTS are anything that holds tables: raw files, folders, acpidump texts, iasl listings, tar
    and zip archives, sosreports, UEFI images, `-`. The tables of several machines go to one folder
    each. File names are derived from signatures, never from paths in an archive.
    """
    from srat_tool.api.tables import extract

    if not (output or acpidump or listing):
        raise click.UsageError("nowhere to write to: give -o DIR, --acpidump or --list")
    if form != "text" and not listing:
        raise click.UsageError("--format is for --list")
    found = extract(inputs, read)
    if verbose and not listing:
        for line in found.account():
            say(line)
    if listing:
        Sheet(form=form, look=Look(stream=sys.stdout)).write(found, "tables")
        return
    for line in _answer(found, output, acpidump=acpidump, force=force):
        click.echo(line)


def _answer(found: Found, output: str | None, *, acpidump: bool, force: bool) -> Iterator[str]:
    if output is None:
        yield from _text(found.tables)
    else:
        from srat_tool.cli.writing import wrote

        for place, size in _write(found, Path(output), acpidump=acpidump, force=force):
            yield wrote(place, f"{size} bytes")


def _text(tables: list[RawTable]) -> Iterator[str]:
    from srat_tool.authoring.acpidump import acpidump_lines

    return acpidump_lines(tables)


def _write(
    found: Found, folder: Path, *, acpidump: bool, force: bool
) -> Iterator[tuple[Path, int]]:
    """Write every machine's tables, and yield each file with its size."""
    from srat_tool.cli.writing import create_file, table_names

    machines = [m.tables for m in found.machines() if m.tables]
    for number, tables in enumerate(machines, 1):
        inner = folder / f"machine{number}" if len(machines) > 1 else folder
        if inner != folder and inner.is_symlink():
            raise SourceError("a link, which is not followed", where=str(inner))
        if acpidump:
            text = "".join(f"{line}\n" for line in _text(tables)).encode()
            files = [("acpidump.txt", text)]
        else:
            names = table_names(tables)
            files = [(f"{name}.bin", t.data) for name, t in zip(names, tables, strict=True)]
        for name, data in files:
            create_file(inner / name, data, force=force)
            yield inner / name, len(data)
