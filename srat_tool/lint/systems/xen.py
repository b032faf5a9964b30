"""Why Xen on x86 drops an SRAT: xen/arch/x86/srat.c and xen/common/numa.c at c447b730 (2026-08).

Xen takes x2APIC structures, then local APIC structures, then memory. After the first fault it
prints `SRAT: SRAT not used.` and has one node. The faults of lengths, numbers, overlaps, gaps and
the node map were observed with Xen 4.17 under QEMU.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

from srat_tool.base.span import Span, subtract, union
from srat_tool.base.units import PAGE_SHIFT, format_size, mem_range
from srat_tool.lint.hit import Hit

if TYPE_CHECKING:
    from srat_tool.lint.lint_machine import LintMachine
    from srat_tool.lint.srat_view import Range, SratView

ARCHITECTURES = ("x86_64",)
"""Where its reading of the SRAT is known."""
MAX_NUMNODES = 64
NR_NODE_MEMBLKS = 2 * MAX_NUMNODES
LAPIC_LENGTH, X2APIC_LENGTH, MEMORY_LENGTH = 16, 24, 40


def refusals(machine: LintMachine) -> Iterator[Hit]:
    """Yield why Xen drops the SRAT of a machine, the first fault that it meets first."""
    srat = machine.srat
    if srat is None:
        return
    yield from _lengths(srat)
    yield from _numbers(srat)
    yield from _conflicts(srat)
    yield from _coverage(machine, srat)
    yield from _node_map(machine, srat)


def _lengths(srat: SratView) -> Iterator[Hit]:
    for entry in srat.entries:
        if entry.type == 0 and entry.length != LAPIC_LENGTH:
            yield srat.at(entry, "length", f"Xen wants a length of {LAPIC_LENGTH}")
        elif entry.type == 1 and entry.length != MEMORY_LENGTH:
            yield srat.at(entry, "length", f"Xen wants a length of {MEMORY_LENGTH}")
        elif entry.type == 2 and entry.length < X2APIC_LENGTH:
            yield srat.at(entry, "length", f"Xen wants a length of at least {X2APIC_LENGTH}")


def _numbers(srat: SratView) -> Iterator[Hit]:
    cpus = chain(srat.entries_in_force(2), srat.entries_in_force(0))
    seen: set[int] = set()
    for entry in chain(cpus, srat.memory):
        domain = srat.domain(entry)
        if domain not in seen and len(seen) == MAX_NUMNODES:
            yield srat.at(entry, "type", f"Xen has {MAX_NUMNODES} nodes, and this is one more")
            return
        seen.add(domain)
    if len(srat.memory) > NR_NODE_MEMBLKS:
        more = srat.memory[NR_NODE_MEMBLKS]
        yield srat.at(more, "type", f"Xen has room for {NR_NODE_MEMBLKS} memory entries")


def _conflicts(srat: SratView) -> Iterator[Hit]:
    """Yield overlaps, and nodes whose stretched range encloses a part of another one."""
    for first, second in srat.overlaps:
        hot = first.entry.hot_pluggable != second.entry.hot_pluggable
        if first.domain != second.domain:
            message = f"overlaps domain {first.domain} at {mem_range(first.span)}"
            yield srat.at(second.entry, "base_address", f"{message}: Xen accepts no overlap")
        elif hot:
            message = f"overlaps {mem_range(first.span)} of its own domain, and only one of them is"
            yield srat.at(second.entry, "flags", f"{message} hot-pluggable")
    yield from _interleaved(srat)


def _interleaved(srat: SratView) -> Iterator[Hit]:
    """Yield the range by which a node extends over an earlier range of another one."""
    by_entry = {id(item.entry): item for item in srat.ranges}
    added: list[Range] = []
    reach: dict[int, Span] = {}
    for entry in srat.memory[:NR_NODE_MEMBLKS]:
        item = by_entry.get(id(entry))
        if item is None:
            continue
        old = reach.get(item.domain, item.span)
        span = Span(min(old.start, item.start), max(old.end, item.end))
        for other in added:
            if other.domain != item.domain and other.span.overlaps(span):
                what = f"domain {item.domain} then reaches over {mem_range(other.span)} of domain"
                message = f"{what} {other.domain}: interleaved nodes, which Xen refuses"
                yield srat.at(entry, "base_address", message)
                return
        reach[item.domain] = span
        added.append(item)


def _coverage(machine: LintMachine, srat: SratView) -> Iterator[Hit]:
    """Yield RAM that is in no node that has memory; hot-pluggable entries give none."""
    reach: dict[int, Span] = {}
    has_memory: set[int] = set()
    for item in srat.ranges:
        old = reach.get(item.domain, item.span)
        reach[item.domain] = Span(min(old.start, item.start), max(old.end, item.end))
        if not item.entry.hot_pluggable:
            has_memory.add(item.domain)
    nodes = [span for domain, span in reach.items() if domain in has_memory]
    for gap in subtract(machine.boot_ram(srat), union(nodes)):
        what = "RAM" if machine.ram is not None else "hot-pluggable range, taken to be RAM,"
        yield srat.hit(f"no node has the {what} at {mem_range(gap)}, and Xen tolerates no gap")
        return


def _node_map(machine: LintMachine, srat: SratView) -> Iterator[Hit]:
    """Yield a node map for which no RAM is large enough: Xen then stops at boot.

    The map has a byte for each piece of the address space up to the end of the last range. A piece
    is the largest power of two that divides the beginnings of all ranges. The compression of page
    indices is not taken into account; it did not help where this was observed.
    """
    if len({item.domain for item in srat.ranges}) < 2:
        return
    starts = 0
    for item in srat.ranges:
        starts |= item.start >> PAGE_SHIFT
    shift = (starts & -starts).bit_length() - 1
    size = ((max(item.end for item in srat.ranges) - 1) >> PAGE_SHIFT + shift) + 1
    largest = max((span.size for span in machine.boot_ram(srat)), default=0)
    if shift >= 0 and size > largest:
        odd = next(i for i in srat.ranges if i.start >> PAGE_SHIFT + shift & 1)
        message = f"Xen needs {format_size(size)} for its node map, because a range begins at"
        room = f"and no RAM is as large ({format_size(largest)})"
        yield srat.at(odd.entry, "base_address", f"{message} {odd.start:#x}, {room}: it stops")
