"""`srattool boot`: what a real kernel does with tables, next to the plan."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from srat_tool.api.options import ReadOptions
from srat_tool.cli.atomic import undone_by_signals
from srat_tool.cli.look import Sheet
from srat_tool.cli.options import input_options
from srat_tool.cli.saying import say


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
    "--event",
    "events",
    multiple=True,
    metavar="EVENT",
    help="Let this happen once the kernel runs, as plan --add; repeatable; default: the spec's.",
)
@click.option(
    "--busybox",
    metavar="FILE",
    help="Static busybox for the guest's user space; default: $SRATTOOL_BUSYBOX, else of the PATH.",
)
@click.option(
    "--module",
    "modules",
    multiple=True,
    metavar="FILE",
    help="Load this kernel module before the first event, such as virtio_mem.ko; repeatable.",
)
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
@undone_by_signals()
def command(
    *,
    tables: tuple[str, ...],
    output: str | None,
    verbose: bool,
    read: ReadOptions,
    **chosen: Any,
) -> int:
    """Boot a kernel under QEMU with TABLES, and compare the plan with its log.

    Needs QEMU and a kernel image, neither root nor KVM: software emulation takes some
    seconds. The tables are put in by the initrd (CONFIG_ACPI_TABLE_UPGRADE), and the machine gets
    RAM that fits them. The boot ends when the kernel has laid out its zones.

    Tables of arm64 and loongarch64 are booted on QEMU's board of that architecture with EDK II and
    a kernel of it as --kernel-image, up to the zones. Kernels of riscv64 take no tables.

    Where there is an HMAT, and a static busybox, it goes on to user space, and the access classes,
    memory tiers and interleave weights in sysfs are compared too.

    With --event, user space is started, and each event is made to happen: DIMMs and virtio-mem
    devices are plugged by QEMU, memory blocks are set online and offline by their state files. What
    the kernel does with it is compared with the plan, event by event.

    Exit status: 0 as planned, 1 different, 2 the boot failed or nothing could be compared.
    """
    from srat_tool.api.trial import attempt, choose_kernel
    from srat_tool.api.trial_inputs import read_trial
    from srat_tool.cli.writing import write_file
    from srat_tool.compare.verified import Verdict
    from srat_tool.plan.event_text import read_events
    from srat_tool.render.look import Look

    inputs = read_trial(tables, chosen["cmdline"], chosen["initrd"], read)
    kernel = choose_kernel(chosen["kernel_image"])
    events = read_events(chosen["events"], "--event") or inputs.events
    rest = inputs.initrd
    sysfs = chosen["initrd"] is None and any(raw.signature == b"HMAT" for raw in inputs.tables)
    if events or sysfs:
        sysfs, user_space = _user_space(chosen, needed=bool(events))
        rest = user_space + rest
    trial = attempt(
        inputs.tables,
        inputs.ram,
        kernel,
        options=inputs.options,
        initrd=rest,
        timeout=chosen["timeout"],
        events=events,
        sysfs=sysfs,
    )
    if output is not None:
        write_file(Path(output), trial.boot.log.encode())
    say(f"{kernel.name}: {trial.boot.end} after {trial.boot.seconds:.1f} s")
    Sheet(look=Look(verbose=verbose, stream=sys.stdout)).write(trial.verification, kernel.name)
    verdict = trial.verification.verdict
    return {Verdict.EQUAL: 0, Verdict.DIFFERENT: 1, Verdict.UNKNOWN: 2}[verdict]


def _user_space(chosen: dict[str, Any], *, needed: bool) -> tuple[bool, bytes]:
    """Return whether there is a user space, and its archive.

    Raises:
        PeerError: when one is needed and there is none.
    """
    from srat_tool.api.trial_events import read_user_space
    from srat_tool.base.errors import PeerError

    try:
        return True, read_user_space(chosen["busybox"], chosen["modules"])
    except PeerError as error:
        if needed or chosen["busybox"]:
            raise
        say(f"what sysfs shows of the HMAT is not compared: {error.message}")
        return False, b""
