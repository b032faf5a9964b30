"""Machines under the 2013 series: the worked example with four ranges above 4 GiB."""

from __future__ import annotations

from srat_tool.base.span import Span
from srat_tool.base.units import GIB
from srat_tool.plan.early_memory import early_memory
from srat_tool.plan.machine import Machine
from srat_tool.plan.read_machine import read_machine
from srat_tool.plan.series2013.run import SeriesRun, run_series
from srat_tool.tables.memmap import MapEntry, MemoryMap, MemoryType
from srat_tool.tables.srat import Srat
from tests.machines import Q4, cpu, mem, srat
from tests.plan.support import machine

KERNEL = Span(0x1000000, 0x3000000)
E11_RAM = (*Q4[:2], Span(4 * GIB, 14 * GIB))
E11_MAP = MemoryMap(entries=tuple(MapEntry(*span, MemoryType.RAM) for span in E11_RAM))
E11 = srat(
    cpu(0, 0),
    mem(0, 0, 2 * GIB),
    mem(0, 4 * GIB, 6 * GIB, hot=True),
    mem(1, 6 * GIB, 10 * GIB, hot=True),
    mem(2, 10 * GIB, 11 * GIB),
    mem(2, 11 * GIB, 14 * GIB, hot=True),
)


def series_machine(
    table: Srat | None = E11,
    cmdline: str = "movablecore=acpi",
    profile: str = "acpi2013",
    **fields: object,
) -> Machine:
    """Return a machine with 12 GiB of RAM and the kernel on node 0."""
    given = {"memory_map": E11_MAP, "kernel_image": KERNEL, "initrd": None, **fields}
    return machine(table, cmdline, profile=profile, **given)


def series_run(
    table: Srat | None = E11,
    cmdline: str = "movablecore=acpi",
    profile: str = "acpi2013",
    **fields: object,
) -> SeriesRun:
    """Boot that machine."""
    inputs = read_machine(series_machine(table, cmdline, profile, **fields))
    return run_series(inputs, early_memory(inputs))
