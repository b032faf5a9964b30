"""Why illumos on i86pc does not use an SRAT: usr/src/uts/i86pc/os/lgrpplat.c, with MSCT support."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from srat_tool.base.units import mem_range
from srat_tool.lint.hit import Hit

if TYPE_CHECKING:
    from srat_tool.lint.context import LintMachine

MAX_NODES = 8


def refusals(machine: LintMachine) -> Iterator[Hit]:
    """Yield why illumos refuses the SRAT of a machine, or does not survive it."""
    srat = machine.srat
    if srat is None:
        return
    for hole in srat.holes:
        yield srat.inside(hole, 0, len(hole.extra), "length 0: illumos never gets past it")
    domains = {entry.proximity_domain for entry in (*srat.entries_in_force(0, 1, 2),)}
    if len(domains) > MAX_NODES:
        yield srat.hit(f"{len(domains)} domains, illumos has {MAX_NODES} nodes")
    if machine.madt is not None:
        present = [cpu for cpu in machine.madt.cpus if cpu.enabled]
        found = [cpu for cpu in present if cpu.key in srat.cpu_keys]
        if len(found) < len(present):
            text = f"{len(found)} of {len(present)} processors have an entry, illumos wants all"
            yield srat.hit(text)
    for gap in machine.ram_outside([item.span for item in srat.ranges])[:1]:
        yield srat.hit(f"no entry has the RAM at {mem_range(gap)}: illumos panics")
