"""What a boot of tables needs to know: the tables, RAM to go with them, options, an initrd."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from srat_tool.api.options import READ_DEFAULTS
from srat_tool.base.errors import SourceError

if TYPE_CHECKING:
    from srat_tool.api.options import ReadOptions
    from srat_tool.base.rawtable import RawTable
    from srat_tool.base.span import Span
    from srat_tool.plan.event_values import GivenEvent
    from srat_tool.sources.found import Found


class TrialInputs(NamedTuple):
    """Everything that `attempt` needs besides a kernel."""

    tables: tuple[RawTable, ...]
    ram: tuple[Span, ...]
    options: tuple[str, ...]
    initrd: bytes
    events: tuple[GivenEvent, ...] = ()


def read_trial(
    paths: Sequence[str],
    command_line: str | None = None,
    initrd: str | None = None,
    read: ReadOptions = READ_DEFAULTS,
) -> TrialInputs:
    """Read tables or a spec.

    Args:
        paths: what the user named.
        command_line: replaces that of a spec; None keeps it.
        initrd: path of the initrd that the guest gets; None for none.
        read: how inputs are read.

    Raises:
        SourceError: when something cannot be read, or no input specifies where RAM is to be.
    """
    from srat_tool.api.inputs import one_machine, read_tables, specs
    from srat_tool.authoring.override import ACCEPTED

    found = one_machine(read_tables(paths, read), paths)
    tables = tuple(raw for raw in found.tables if raw.signature in ACCEPTED)
    lines = [spec.kernel.cmdline for _, spec in specs(found) if spec.kernel.cmdline is not None]
    line = command_line if command_line is not None else " ".join(lines[:1])
    return TrialInputs(
        tables=tables,
        ram=_ram(found, " ".join(paths)),
        options=tuple(word for word in line.split() if not word.startswith("BOOT_IMAGE=")),
        initrd=b"" if initrd is None else _read(initrd),
        events=tuple(event for _, spec in specs(found)[:1] for event in spec.events),
    )


def _ram(found: Found, where: str) -> tuple[Span, ...]:
    """Return the RAM that the guest gets."""
    from srat_tool.api.topology import known_ram, ram_at_boot
    from srat_tool.grammar.registry import first_table
    from srat_tool.tables.srat import Srat

    known = known_ram(found)
    if known is not None:
        return known
    srat = first_table(found.tables, Srat)
    if srat is None:
        raise SourceError("no SRAT and no memory map: where is RAM to be?", where=where)
    return ram_at_boot(found, srat)


def _read(path: str) -> bytes:
    from srat_tool.sources.filebytes import read_named

    return read_named(path)
