"""`srattool boot`: what a real kernel does with tables, next to the plan."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from srat_tool.api.options import ReadOptions
from srat_tool.cli.options import input_options


@click.command("boot", epilog="Example: srattool boot example:all-hotpluggable")
@click.argument("tables", nargs=-1, required=True, type=click.Path())
@click.option(
    "--kernel-image",
    metavar="FILE",
    help="Kernel to boot; default: $SRATTOOL_KERNEL, else the newest of /boot.",
)
@click.option("--initrd", metavar="FILE", help="Initrd that follows the tables; not required.")
@click.option("--cmdline", metavar="TEXT", help="Boot options; default: those of the spec.")
@click.option(
    "--timeout",
    default=60.0,
    show_default=True,
    metavar="SECONDS",
    help="Stop after this many seconds.",
)
@click.option("-o", "--output", metavar="FILE", help="Write the kernel's log to this file.")
@click.option("-v", "--verbose", is_flag=True, help="Show equal lines too.")
@input_options
def command(
    *,
    tables: tuple[str, ...],
    output: str | None,
    verbose: bool,
    read: ReadOptions,
    **chosen: Any,
) -> int:
    """Boot a kernel under QEMU with TABLES, and compare the plan with its log.

    Needs qemu-system-x86_64 and a kernel image, neither root nor KVM: software emulation takes some
    seconds. The tables are put in by the initrd (CONFIG_ACPI_TABLE_UPGRADE), and the machine gets
    RAM that fits them. The boot ends when the kernel has laid out its zones.

    Exit status: 0 as planned, 1 different, 2 the boot failed or nothing could be compared.
    """
    from srat_tool.api.trial import attempt, choose_kernel
    from srat_tool.api.trial_inputs import read_trial
    from srat_tool.cli.writing import write_answer, write_file
    from srat_tool.compare.verified import Verdict
    from srat_tool.render.formats import rendered
    from srat_tool.render.look import Look

    inputs = read_trial(tables, chosen["cmdline"], chosen["initrd"], read)
    kernel = choose_kernel(chosen["kernel_image"])
    trial = attempt(
        inputs.tables,
        inputs.ram,
        kernel,
        options=inputs.options,
        initrd=inputs.initrd,
        timeout=chosen["timeout"],
    )
    if output is not None:
        write_file(Path(output), trial.boot.log.encode())
    click.echo(f"{kernel.name}: {trial.boot.end} after {trial.boot.seconds:.1f} s", err=True)
    write_answer(rendered(trial.verification, "text", Look(verbose=verbose)), None)
    verdict = trial.verification.verdict
    return {Verdict.EQUAL: 0, Verdict.DIFFERENT: 1, Verdict.UNKNOWN: 2}[verdict]
