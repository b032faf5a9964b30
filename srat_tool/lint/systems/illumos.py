"""Why illumos on i86pc does not use an SRAT: usr/src/uts/i86pc/os/lgrpplat.c at 21609004.

The MSCT, where it states fewer than `MAX_NODES` domains, or else the SRAT sets the number of nodes;
with one node the SRAT is not read. Each node has one span, from its lowest to its highest address.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from srat_tool.base.span import Span
from srat_tool.base.units import mem_range
from srat_tool.lint.hit import Hit

if TYPE_CHECKING:
    from srat_tool.lint.lint_machine import LintMachine
    from srat_tool.lint.srat_view import SratView

ARCHITECTURES = ("x86_64",)
"""Where its reading of the SRAT is known."""
MAX_NODES = 8


def refusals(machine: LintMachine) -> Iterator[Hit]:
    """Yield why illumos refuses the SRAT of a machine, or does not survive it."""
    srat = machine.srat
    if srat is None:
        return
    for hole in srat.holes:
        yield srat.inside(hole, 0, len(hole.extra), "length 0: illumos never gets past it")
    yield from _nodes(machine, srat)
    if machine.madt is not None:
        present = [cpu for cpu in machine.madt.cpus if cpu.enabled]
        found = [cpu for cpu in present if cpu.key in srat.cpu_keys]
        if len(found) < len(present):
            text = f"{len(found)} of {len(present)} processors have an entry, illumos wants all"
            yield srat.hit(text)
    for gap in machine.ram_outside(_spans(srat))[:1]:
        yield srat.hit(f"no node has the RAM at {mem_range(gap)}: illumos panics")


def _nodes(machine: LintMachine, srat: SratView) -> Iterator[Hit]:
    """Yield why the domains do not fit the nodes."""
    domains = {entry.proximity_domain for entry in srat.entries_in_force(0, 1, 2)}
    stated = machine.msct.msct.maximum_domains_minus_one + 1 if machine.msct is not None else 0
    if len(domains) > 1 and stated == 1:
        yield srat.hit(f"the MSCT states one domain, and illumos does not read the {len(domains)}")
    elif 1 < stated <= MAX_NODES and len(domains) > stated:
        yield srat.hit(f"{len(domains)} domains, and illumos has the {stated} nodes of the MSCT")
    elif len(domains) > MAX_NODES:
        yield srat.hit(f"{len(domains)} domains, illumos has {MAX_NODES} nodes")


def _spans(srat: SratView) -> list[Span]:
    """Return the span of each domain, gaps included."""
    found: dict[int, Span] = {}
    for item in srat.ranges:
        old = found.get(item.entry.proximity_domain, item.span)
        span = Span(min(old.start, item.start), max(old.end, item.end))
        found[item.entry.proximity_domain] = span
    return list(found.values())
