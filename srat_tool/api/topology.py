"""The decoded tables of one machine, and its RAM where that is known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from srat_tool.api.options import READ_DEFAULTS, ReadOptions
from srat_tool.base.errors import SourceError

if TYPE_CHECKING:
    from srat_tool.authoring.qemu import Topology
    from srat_tool.base.span import Span
    from srat_tool.sources.found import Found
    from srat_tool.tables.srat import Srat


def read_topology(paths: Sequence[str], read: ReadOptions = READ_DEFAULTS) -> Topology:
    """Read SRAT, SLIT and HMAT; with no paths those of the running machine.

    Raises:
        SourceError: when there is no SRAT.
    """
    from srat_tool.api.inputs import one_machine, read_tables, specs
    from srat_tool.authoring.qemu import Topology
    from srat_tool.grammar.registry import first_table
    from srat_tool.sources.detect import SYSFS_TABLES
    from srat_tool.tables.hmat import Hmat
    from srat_tool.tables.madt import Madt
    from srat_tool.tables.slit import Slit
    from srat_tool.tables.srat import Srat

    words = tuple(paths) or (SYSFS_TABLES,)
    found = one_machine(read_tables(words, read), words)
    srat = first_table(found.tables, Srat)
    if srat is None:
        raise SourceError("no SRAT among the tables", where=" ".join(paths) or SYSFS_TABLES)
    return Topology(
        srat=srat,
        slit=first_table(found.tables, Slit),
        hmat=first_table(found.tables, Hmat),
        ram=ram_at_boot(found, srat),
        madt=first_table(found.tables, Madt),
        arch=next((spec.arch for _, spec in specs(found) if spec.arch is not None), None),
    )


def known_ram(found: Found) -> tuple[Span, ...] | None:
    """Return the RAM that a spec among the inputs states; None when there is none."""
    from srat_tool.api.inputs import specs
    from srat_tool.tables.memmap import MemoryType

    for _, spec in specs(found):
        if spec.memory is not None:
            return tuple(e.span for e in spec.memory.entries if e.type == MemoryType.RAM)
    return None


def ram_at_boot(found: Found, srat: Srat) -> tuple[Span, ...]:
    """Return the RAM that a spec declares, else the RAM that follows from the tables alone."""
    from srat_tool.plan.boot_memory import boot_memory

    known = known_ram(found)
    return tuple(boot_memory(srat, found.tables).ram) if known is None else known
