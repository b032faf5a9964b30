"""Why FreeBSD has no NUMA with an SRAT: sys/dev/acpica/acpi_pxm.c at 7ae99f80, amd64 and arm64.

One walk in table order, which goes on after a fault; then the checks of domains, of memory and of
numbers, each only after the one before it passed. After a fault there is one domain. A processor
without an entry is a panic, but only where the SRAT is used.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from srat_tool.base.span import Span
from srat_tool.base.units import PAGE_SIZE, U64, align_down, align_up, mem_range
from srat_tool.lint.hit import Hit

if TYPE_CHECKING:
    from srat_tool.lint.lint_machine import LintMachine
    from srat_tool.lint.srat_view import SratView

ARCHITECTURES = ("x86_64", "aarch64")
"""Where FreeBSD reads the SRAT."""
MAXMEMDOM = 8
"""Memory domains of amd64's GENERIC kernel."""
VM_PHYSSEG_MAX = {"x86_64": 63, "aarch64": 64}
"""Ranges that there is room for."""


class _Segment(NamedTuple):
    """An element of FreeBSD's `mem_info`: addresses, and the entry that its domain is of."""

    start: int
    end: int
    domain: int
    entry: Any


def refusals(machine: LintMachine) -> Iterator[Hit]:
    """Yield why FreeBSD gives up NUMA on a machine, the first fault that it meets first."""
    srat = machine.srat
    if srat is None:
        return
    hole = next(iter(srat.holes), None)
    lost = hole is not None and hole.offset < srat.entries[-1].offset
    why = f" (it reads nothing after {srat.name(hole)}, of length 0)" if lost else ""
    for hit in _faults(machine, srat):
        yield hit._replace(message=hit.message + why)


def _read(srat: SratView, entries: Iterable[Any]) -> list[Any]:
    """Return the structures that FreeBSD reads: its walk ends at one of length 0."""
    holes = srat.holes
    return [one for one in entries if not holes or one.offset < holes[0].offset]


def _faults(machine: LintMachine, srat: SratView) -> Iterator[Hit]:
    segments: list[_Segment] = []
    faults = [*_processors(srat), *_memory(machine, srat, segments)]
    if faults:
        # The walk meets them in table order.
        yield from sorted(faults, key=lambda hit: hit.offset or 0)
        return
    for check in (_domains, _coverage, _numbers, _known):
        fault = check(machine, srat, segments)
        if fault is not None:
            yield fault
            return


def _processors(srat: SratView) -> Iterator[Hit]:
    """Yield each local APIC structure whose processor has an entry before it.

    Only a debug kernel checks the other kinds.
    """
    seen: set[int] = set()
    for entry in _read(srat, srat.entries_in_force(0, 2)):
        number = entry.apic_id if entry.type == 0 else entry.x2apic_id
        if entry.type == 0 and number in seen:
            text = f"FreeBSD: Duplicate local APIC ID {number}"
            yield srat.at(entry, "apic_id", text)
        seen.add(number)


def _memory(machine: LintMachine, srat: SratView, segments: list[_Segment]) -> Iterator[Hit]:
    """Fill `mem_info` as FreeBSD does, and yield each entry that it refuses."""
    ram = machine.boot_ram()
    most = VM_PHYSSEG_MAX.get(machine.settings.architecture, VM_PHYSSEG_MAX["x86_64"])
    for entry in _read(srat, srat.memory):
        start = entry.base_address
        end = (start + entry.range_length) & U64
        if not any(span.start < end and start < span.end for span in ram):
            continue
        if machine.ram is None and entry.non_volatile:
            continue
        if len(segments) == most:
            text = f"FreeBSD has room for {most} ranges: Too many memory regions"
            yield srat.at(entry, "type", text)
            continue
        other = _add(segments, _Segment(start, end, entry.proximity_domain, entry))
        if other is not None:
            text = f"{mem_range(Span(start, end))} overlaps {mem_range(Span(*other[:2]))}"
            message = f"FreeBSD: {text}: Overlapping memory entries"
            yield srat.at(entry, "base_address", message)


def _add(segments: list[_Segment], new: _Segment) -> _Segment | None:
    """Insert a range into `mem_info`; return the segment that it overlaps, if there is one.

    FreeBSD continues after it found a segment above the new one, so with several of them the
    range comes before the last of those, not before the first.
    """
    slot = len(segments)
    for at, one in enumerate(segments):
        if one.domain == new.domain:
            if new.start == one.end:
                segments[at] = one._replace(end=new.end)
                return None
            if new.end == one.start:
                segments[at] = one._replace(start=new.start)
                return None
        if one.end <= new.start:
            continue
        if one.start < new.end:
            return one
        slot = at
    segments.insert(slot, new)
    return None


def _domains(_: LintMachine, srat: SratView, segments: list[_Segment]) -> Hit | None:
    """Demand a processor in each domain of memory."""
    with_cpus = _processor_domains(srat)
    for one in segments:
        if one.domain not in with_cpus:
            text = f"FreeBSD: No CPU found for memory domain {one.domain}"
            return srat.at(one.entry, "proximity_domain", text)
    return None


def _processor_domains(srat: SratView) -> set[int]:
    """Return the domains of processors: all 32 bits, whatever the revision."""
    entries = _read(srat, srat.entries_in_force(0, 2, 3))
    return {entry.proximity_domain for entry in entries}


def _coverage(machine: LintMachine, srat: SratView, segments: list[_Segment]) -> Hit | None:
    """Demand that the segments, in the order of `mem_info`, cover all RAM.

    The address after a segment is its end and one more, so a gap of one byte would pass.
    """
    free = _phys_avail(machine)
    at = 0
    address = free[0].start if free else 0
    for one in segments:
        while at < len(free) and one.start <= address <= one.end:
            if free[at].end > one.end:
                address = one.end + 1
                continue
            at += 1
            address = free[at].start if at < len(free) else 0
    if at == len(free):
        return None
    where = mem_range(Span(max(free[at].start, address), free[at].end))
    ordered = all(a.start <= b.start for a, b in pairwise(segments))
    why = "" if ordered else "; the order of the entries puts FreeBSD's list of ranges out of order"
    return srat.hit(f"FreeBSD: No memory region found for {where}{why}")


def _phys_avail(machine: LintMachine) -> list[Span]:
    """Return whole pages of RAM after the first page, which FreeBSD leaves alone."""
    pages = (
        Span(max(PAGE_SIZE, align_up(one.start, PAGE_SIZE)), align_down(one.end, PAGE_SIZE))
        for one in machine.boot_ram()
    )
    return [one for one in pages if one.start < one.end]


def _numbers(_: LintMachine, srat: SratView, segments: list[_Segment]) -> Hit | None:
    """Demand room for the domains, those without memory included."""
    domains = {one.domain for one in segments} | _processor_domains(srat)
    if len(domains) <= MAXMEMDOM:
        return None
    text = f"{len(domains)} domains, FreeBSD's GENERIC kernel has {MAXMEMDOM}"
    return srat.hit(f"{text}: Too many memory domains")


def _known(machine: LintMachine, srat: SratView, _: list[_Segment]) -> Hit | None:
    """Demand an entry for each processor."""
    for cpu in machine.madt.cpus if machine.madt is not None else ():
        if cpu.enabled and cpu.key not in srat.cpu_keys:
            text = f"FreeBSD panics: CPU with ID {cpu.key.number} is not known to the SRAT"
            return machine.madt.at(cpu.entry, cpu.field, text) if machine.madt else None
    return None
