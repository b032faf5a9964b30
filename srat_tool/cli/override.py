"""`srattool override`: the start of an initrd that makes a real kernel use other tables."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from srat_tool.api.options import ReadOptions
from srat_tool.base.text import printable
from srat_tool.base.words import plural
from srat_tool.cli.options import input_options
from srat_tool.cli.saying import say

_INSTRUCTIONS = """\
To use it for one boot, put it in front of the initrd:
    cat {path} /boot/initrd.img > /boot/initrd-acpi.img
and boot with that initrd (in GRUB: edit the entry, change the initrd line), or with GRUB 2.06 and
later name both files: initrd /boot/{name} /boot/initrd.img
The kernel needs CONFIG_ACPI_TABLE_UPGRADE=y and no lockdown (Secure Boot turns lockdown on). The
kernel then prints
    ACPI: SRAT ACPI table found in initrd [kernel/firmware/acpi/...]
To see the effect:
    srattool plan --boot-log LOG {path}
"""


@click.command("override", epilog="Example: srattool override edited/SRAT.bin -o acpi.cpio")
@click.argument("tables", nargs=-1, required=True, type=click.Path())
@click.option("-o", "--output", required=True, metavar="FILE", help="The archive to write.")
@click.option(
    "--like",
    metavar="TABLES",
    help="Tables of the machine whose ids are copied, so that they are replaced.",
)
@input_options
def command(tables: tuple[str, ...], output: str, like: str | None, read: ReadOptions) -> None:
    """Write an uncompressed cpio archive that makes a kernel use TABLES.

    The OEM revision is raised, because the kernel uses a table only when its
    revision is higher than that of the firmware's table with the same ids.
    Checksums are recomputed.
    """
    from srat_tool.api.inputs import one_machine, read_tables
    from srat_tool.authoring.override import headers_by_signature, override_archive, upgraded
    from srat_tool.cli.writing import write_file, wrote

    known = headers_by_signature(read_tables((like,), read).tables) if like else {}
    found = one_machine(read_tables(tables, read), tables).tables
    write_file(
        Path(output),
        override_archive(upgraded(raw.data, known.get(raw.signature)) for raw in found),
    )
    say(wrote(output, plural(len(found), "table")))
    path, name = (printable(shlex.quote(one)) for one in (output, Path(output).name))
    click.echo(_INSTRUCTIONS.format(path=path, name=name), nl=False, err=True)
