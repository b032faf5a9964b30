"""Where a difference comes from: the entry of the table, its node, its RAM, its zone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from srat_tool.base.span import Span
from srat_tool.base.units import U64, mem_range
from srat_tool.observe.facts import BootLog
from srat_tool.plan.plan import Plan
from srat_tool.tables.srat import Srat

_HEX = re.compile(r"0x[0-9a-f]{1,16}")
_START_PFN = re.compile(r"start_pfn (\d{1,17})")


def chain(
    plan: Plan, mine: str, theirs: str, srat: Srat | None = None, log: BootLog | None = None
) -> tuple[str, ...]:
    """Explain two lines that differ, from table offset to zone.

    Args:
        plan: the plan whose line differs.
        mine: its line; empty when it has none more.
        theirs: the kernel's line; empty when it has none more.
        srat: the table that was planned, when there is one.
        log: the log whose lines replace the table when there is none.
    """
    address = _address(mine, theirs, plan.kernel.page_bytes)
    if address is None:
        return tuple(_whole(plan))
    entries = [*_table_entries(srat), *(_logged_entries(log) if srat is None else ())]
    return (*_entry(entries, address), *_node(plan, address), *_zone(plan, address))


def _address(mine: str, theirs: str, page_bytes: int) -> int | None:
    """Return the first number that differs, or the first of all when only words do."""
    for pattern, base, unit in ((_HEX, 16, 1), (_START_PFN, 10, page_bytes)):
        ours, others = pattern.findall(mine), pattern.findall(theirs)
        differing = [b or a for a, b in zip_longest(ours, others) if a != b]
        number = next(iter(differing or others or ours), None)
        if number is not None:
            return min(int(number, base) * unit, U64)
    return None


def _whole(plan: Plan) -> Iterator[str]:
    yield f"nodes come from {plan.numa_used}"
    if plan.rejected:
        yield f"the SRAT is not used: {plan.rejected}"


class _Entry(NamedTuple):
    where: str
    span: Span
    pxm: int
    hot: bool


def _table_entries(srat: Srat | None) -> Iterator[_Entry]:
    if srat is None:
        return
    for entry in srat.memory:
        if entry.enabled:
            span = Span(entry.base_address, entry.base_address + entry.range_length)
            where = f"SRAT+0x{entry.offset:04x}"
            yield _Entry(where, span, srat.proximity_domain(entry), entry.hot_pluggable)


def _logged_entries(log: BootLog | None) -> Iterator[_Entry]:
    for line in log.srat_memory if log is not None else ():
        yield _Entry(
            f"SRAT entry in line {line.line + 1} of the log", line.span, line.pxm, line.hot
        )


def _entry(entries: Sequence[_Entry], address: int) -> Iterator[str]:
    for where, span, pxm, hot in entries:
        if span.holds(address):
            mark = ", hot-pluggable" if hot else ""
            yield f"{where}: memory {mem_range(span)} in domain {pxm}{mark}"
            return
    if entries:
        yield f"SRAT: no enabled memory entry holds {address:#x}"


def _node(plan: Plan, address: int) -> Iterator[str]:
    node = next((n for n in plan.nodes if any(r.holds(address) for r in n.ranges)), None)
    if node is None:
        yield f"no node has {address:#x}; nodes come from {plan.numa_used}"
    else:
        domain = "of no domain" if node.pxm is None else f"of domain {node.pxm}"
        block = next(r for r in node.ranges if r.holds(address))
        yield f"node {node.nid} {domain}: block {mem_range(block)}"
        if node.kernel_node:
            yield f"node {node.nid} is a kernel node: {', '.join(node.kernel_node_because[:3])}"
    region = next((r for r in plan.memory if r.start <= address < r.end), None)
    if region is None:
        yield f"memblock.memory: no RAM at {address:#x}"
    else:
        flags = f" {'|'.join(region.flags)}" if region.flags else ""
        owner = "no node" if region.nid is None else f"node {region.nid}"
        yield f"memblock.memory: {mem_range(Span(region.start, region.end))} {owner}{flags}"


def _zone(plan: Plan, address: int) -> Iterator[str]:
    for zone in plan.zones:
        if zone.span.holds(address):
            yield f"node {zone.nid} zone {zone.name}: pfn {zone.start_pfn} to {zone.end_pfn}"
