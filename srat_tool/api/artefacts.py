"""What is made of tables: specs, and command lines of QEMU."""

from __future__ import annotations

from typing import TYPE_CHECKING

from srat_tool.api.options import READ_DEFAULTS, Paths, ReadOptions, path_words

if TYPE_CHECKING:
    from srat_tool.authoring.qemu import Command
    from srat_tool.authoring.spec import KernelSpec
    from srat_tool.observe.facts import BootLog


def decompile(
    paths: Paths = (),
    boot_log: str | BootLog | None = None,
    *,
    everything: bool = False,
    read: ReadOptions = READ_DEFAULTS,
) -> str:
    """Return tables as a spec in TOML, from which `build` makes the same bytes again.

    Args:
        paths: anything that holds tables; with none, those of the running machine.
        boot_log: a kernel log of the machine, whose memory map and kernel become part of the spec.
        everything: include tables of other kinds, as bytes.
        read: how inputs are read.

    Raises:
        SratToolError: when an input cannot be read, or holds no table.
    """
    from srat_tool.api.inputs import one_machine, read_tables
    from srat_tool.api.values import read_log
    from srat_tool.authoring.decompile import decompile as spec_of
    from srat_tool.grammar.registry import CODECS
    from srat_tool.sources.detect import SYSFS_TABLES

    words = path_words(paths) or (SYSFS_TABLES,)
    found = one_machine(read_tables(words, read), words).tables
    chosen = [raw.data for raw in found if everything or raw.signature in CODECS]
    log = read_log(boot_log)
    return spec_of(
        chosen or [raw.data for raw in found],
        None if log is None else log.memory_map,
        None if log is None else _kernel(log),
    )


def _kernel(log: BootLog) -> KernelSpec:
    """Return what a log shows the kernel that wrote it."""
    from srat_tool.authoring.spec import KernelSpec

    return KernelSpec(
        version=log.release,
        image=log.kernel_image,
        cmdline=log.command_line,
        reserve=tuple(one for one in log.reservations if one.span),
    )


def qemu(paths: Paths = (), arch: str | None = None, read: ReadOptions = READ_DEFAULTS) -> Command:
    """Return the qemu-system command line that recreates the nodes of tables.

    Args:
        paths: anything that holds tables; with none, those of the running machine.
        arch: an architecture, by name or alias; None for that of the tables.
        read: how inputs are read.

    Raises:
        SratToolError: when there is no SRAT, or QEMU cannot recreate it.
    """
    from srat_tool.api.topology import read_topology
    from srat_tool.authoring.qemu import qemu_command
    from srat_tool.plan.architecture import choose_architecture

    topology = read_topology(path_words(paths), read)
    asked = arch or topology.arch
    choice = choose_architecture(asked, srat=topology.srat, madt=topology.madt)
    made = qemu_command(topology, choice.architecture)
    if choice.assumed_because is None:
        return made
    name = choice.architecture.name
    note = f"assumed: architecture = {name} ({choice.assumed_because}; use --arch)"
    return made._replace(notes=(note, *made.notes))
