"""Why FreeBSD has no NUMA with an SRAT: sys/dev/acpica/acpi_pxm.c at 03ccfdd2, amd64 and arm64.

One walk in table order, then checks of domains and of memory. After the first fault there is one
domain; a processor without an entry is a panic.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from srat_tool.base.units import mem_range
from srat_tool.lint.hit import Hit
from srat_tool.lint.srat_view import overlaps_in

if TYPE_CHECKING:
    from srat_tool.lint.context import LintMachine
    from srat_tool.lint.srat_view import SratView

MAXMEMDOM = 8
"""Memory domains of amd64's GENERIC kernel."""


def refusals(machine: LintMachine) -> Iterator[Hit]:
    """Yield why FreeBSD gives up NUMA on a machine, the first fault that it meets first."""
    srat = machine.srat
    if srat is None:
        return
    yield from _walk(machine, srat)
    yield from _domains(machine, srat)
    gaps = machine.ram_outside([item.span for item in srat.ranges])
    for gap in gaps[:1]:
        yield srat.hit(f"no entry has the RAM at {mem_range(gap)}: No memory region found")
    yield from _processors(machine, srat)


def domain_of(entry: Any) -> int:
    """Return the domain of an entry: all 32 bits, whatever the revision."""
    number: int = entry.proximity_domain
    return number


def _walk(machine: LintMachine, srat: SratView) -> Iterator[Hit]:
    first: dict[int, Any] = {}
    for entry in srat.entries_in_force(0):
        if first.setdefault(entry.apic_id, entry) is not entry:
            text = f"FreeBSD: Duplicate local APIC ID {entry.apic_id}"
            yield srat.at(entry, "apic_id", text)
    present = [item for item in srat.ranges if not machine.lacks_ram(item)]
    for before, item in overlaps_in(present):
        message = f"{item.text} overlaps {mem_range(before.span)}: Overlapping memory entries"
        yield srat.at(item.entry, "base_address", f"FreeBSD: {message}")


def _domains(machine: LintMachine, srat: SratView) -> Iterator[Hit]:
    with_cpus = {domain_of(entry) for entry in srat.entries_in_force(0, 2, 3)}
    domains: dict[int, None] = dict.fromkeys(sorted(with_cpus))
    for item in srat.ranges:
        domain = domain_of(item.entry)
        if machine.lacks_ram(item):
            continue
        if domain not in with_cpus and domain not in domains:
            text = f"FreeBSD: No CPU found for memory domain {domain}"
            yield srat.at(item.entry, "proximity_domain", text)
        domains[domain] = None
    if len(domains) > MAXMEMDOM:
        text = f"{len(domains)} domains, FreeBSD's GENERIC kernel has {MAXMEMDOM}"
        yield srat.hit(f"{text}: Too many memory domains")


def _processors(machine: LintMachine, srat: SratView) -> Iterator[Hit]:
    if machine.madt is None:
        return
    known = srat.cpu_keys
    for cpu in machine.madt.cpus:
        if cpu.enabled and cpu.key not in known:
            text = f"FreeBSD panics: CPU with ID {cpu.key[1]} is not known to the SRAT"
            yield machine.madt.at(cpu.entry, cpu.field, text)
            return
