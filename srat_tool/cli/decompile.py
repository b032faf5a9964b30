"""`srattool decompile`: from tables to a spec."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from srat_tool.api.options import ReadOptions
    from srat_tool.authoring.spec import KernelSpec
    from srat_tool.observe.bootlog import BootLog

from srat_tool.cli.options import input_options


@click.command("decompile", epilog="Example: srattool decompile /sys/firmware/acpi/tables/SRAT")
@click.argument("tables", nargs=-1, type=click.Path())
@click.option("-o", "--output", metavar="FILE", help="Write there instead of to standard output.")
@click.option(
    "--boot-log",
    metavar="FILE",
    help="Kernel log of the machine: memory map, release, command line, kernel image go in too.",
)
@click.option("--all", "everything", is_flag=True, help="Tables of other kinds too, as bytes.")
@input_options
def command(
    tables: tuple[str, ...],
    output: str | None,
    boot_log: str | None,
    everything: bool,
    read: ReadOptions,
) -> None:
    """Write TABLES as a spec, from which `srattool build` makes the same bytes again.

    With no TABLES those of the running machine are read. A spec is what to attach to a bug report.
    """
    from pathlib import Path

    from srat_tool.api.inputs import read_tables
    from srat_tool.api.machine import read_log
    from srat_tool.authoring.decompile import decompile
    from srat_tool.cli.writing import write_file
    from srat_tool.grammar.registry import CODECS
    from srat_tool.sources.detect import SYSFS_TABLES

    found = read_tables(tables or (SYSFS_TABLES,), read).tables
    chosen = [raw.data for raw in found if everything or raw.signature in CODECS]
    log = read_log(boot_log)
    text = decompile(
        chosen or [raw.data for raw in found],
        None if log is None else log.memory_map,
        None if log is None else _kernel(log),
    )
    if output is None or output == "-":
        click.echo(text, nl=False)
    else:
        write_file(Path(output), text.encode())


def _kernel(log: BootLog) -> KernelSpec:
    """Return what a log tells of the kernel that wrote it."""
    from srat_tool.authoring.spec import KernelSpec

    return KernelSpec(
        version=log.release,
        image=log.kernel_image,
        cmdline=log.command_line,
        reserve=tuple(one for one in log.reservations if one.span),
    )
