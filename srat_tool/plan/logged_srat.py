"""The SRAT as a log shows it, for machines whose tables were not stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from srat_tool.base.span import Span, intersect, subtract, union
from srat_tool.base.units import U64
from srat_tool.observe.facts import BootLog, SratCpuLine, SratMemoryLine
from srat_tool.plan.logged_memory import node_spans
from srat_tool.tables.header import Header
from srat_tool.tables.kinds import SRAT
from srat_tool.tables.srat import (
    Affinity,
    GiccAffinity,
    MemoryAffinity,
    MemoryFlags,
    ProcessorAffinity,
    RintcAffinity,
    Srat,
    X2ApicAffinity,
)

_X2APIC, _MPIDR, _HARTID = "X2APIC", "MPIDR", "HARTID"


class LoggedSrat(NamedTuple):
    """What replaces a SRAT that was not given.

    Attributes:
        srat: a table that makes a kernel print the same lines; None when there are none.
        nodes: the node of each domain.
        processors: the MPIDR (arm64) or hart id (riscv64) of each UID, which is that number too.
        guessed: the log has not all lines of the table, and its nodes represent them.
    """

    srat: Srat | None = None
    nodes: Mapping[int, int] = {}
    processors: Mapping[int, int] = {}
    guessed: bool = False


def logged_srat(log: BootLog, *, fakes_node: bool = True) -> LoggedSrat:
    """Return a SRAT that makes a kernel print the same lines, and the nodes that they name.

    Disabled entries are not in a log, and a kernel that prints no processor lines does not show
    nodes without memory. Without a line of the table the ranges of nodes represent its entries,
    and their numbers for domains.

    Args:
        log: what the kernel printed.
        fakes_node: the kernel makes node 0 where there is no table; else one node shows a table.
    """
    if not log.srat_memory:
        guessed = _of_ranges(log, fakes_node=fakes_node)
        if guessed:
            nodes = {line.pxm: line.nid for line in guessed}
            return LoggedSrat(
                _srat(log.srat_cpus, guessed), nodes, _hardware_ids(log), guessed=True
            )
    if not log.srat_memory and not log.srat_cpus:
        return LoggedSrat()
    missing = _missing(log)
    memory = (*missing, *log.srat_memory)
    processors = {line.pxm: line.nid for line in log.srat_cpus if line.nid >= 0}
    return LoggedSrat(
        _srat(log.srat_cpus, memory),
        processors | {line.pxm: line.nid for line in memory},
        _hardware_ids(log),
        guessed=bool(missing),
    )


def _hardware_ids(log: BootLog) -> dict[int, int]:
    return {line.id: line.id for line in log.srat_cpus if line.kind in (_MPIDR, _HARTID)}


def _of_ranges(log: BootLog, *, fakes_node: bool) -> tuple[SratMemoryLine, ...]:
    """Return entries for the nodes of a log where no kernel makes them without a table."""
    setups = ((line.nid, line.span) for line in log.answer.setups)
    spans = node_spans(log) or [(nid, span) for nid, span in setups if span is not None]
    nodes = {nid for nid, _ in spans} | ({line.nid for line in log.srat_cpus} if spans else set())
    if log.answer.faked is not None or not any(nid > 0 or not fakes_node for nid in nodes):
        return ()
    domains = {line.nid: line.pxm for line in log.srat_cpus}
    return tuple(
        SratMemoryLine(nid, domains.get(nid, nid), span, hot=False, non_volatile=False)
        for nid, span in spans
    )


def _missing(log: BootLog) -> tuple[SratMemoryLine, ...]:
    """Return what the lost front of a log must have had: entries for RAM that no other covers."""
    if log.release is not None or not log.srat_memory or log.answer.faked is not None:
        return ()
    shown = union(line.span for line in log.srat_memory if line.span)
    domains = {line.nid: line.pxm for line in log.srat_cpus}
    domains |= {line.nid: line.pxm for line in log.srat_memory}
    taken = set(domains.values())
    entries = []
    for nid, span in node_spans(log):
        pxm = domains.get(nid, nid if nid not in taken else max(taken) + 1 + nid)
        ram = [line.span for line in log.answer.node_ranges if line.nid == nid]
        lost = subtract(intersect(ram, [span]), shown)
        if lost:
            whole = subtract([Span(lost[0].start, lost[-1].end)], shown)
            entries += [
                SratMemoryLine(nid, pxm, rest, hot=False, non_volatile=False) for rest in whole
            ]
    return tuple(entries)


def _srat(cpus: Sequence[SratCpuLine], memory: Sequence[SratMemoryLine]) -> Srat:
    entries: list[Affinity] = []
    at = SRAT.fixed_size
    for cpu in cpus:
        entry = _cpu(at, cpu)
        entries.append(entry)
        at += entry.length
    for line in memory:
        entries.append(_memory(at, line))
        at += entries[-1].length
    header = Header(SRAT.signature, at, 3, 0, b"", b"", 0, b"", 0)
    return Srat(header=header, table_revision=1, reserved=0, entries=tuple(entries), size=at)


def _cpu(at: int, line: SratCpuLine) -> Affinity:
    if line.kind == _MPIDR:
        return GiccAffinity(at, 3, 18, line.pxm, line.id, 1, 0)
    if line.kind == _HARTID:
        return RintcAffinity(at, 7, 20, 0, line.pxm, line.id, 1, 0)
    if line.kind == _X2APIC:
        return X2ApicAffinity(at, 2, 24, 0, line.pxm, line.id, 1, 0, 0)
    low, high = line.pxm & 0xFF, (line.pxm >> 8 & 0xFFFFFF).to_bytes(3, "little")
    return ProcessorAffinity(at, 0, 16, low, line.id, 1, 0, high, 0)


def _memory(at: int, line: SratMemoryLine) -> MemoryAffinity:
    flags = MemoryFlags.ENABLED
    if line.hot:
        flags |= MemoryFlags.HOT_PLUGGABLE
    if line.non_volatile:
        flags |= MemoryFlags.NON_VOLATILE
    size = (line.span.end - line.span.start) & U64
    return MemoryAffinity(at, 1, 40, line.pxm, 0, line.span.start, size, 0, int(flags), 0)
