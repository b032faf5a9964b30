"""The SRAT as a log tells it, for machines whose tables nobody kept."""

from __future__ import annotations

from srat_tool.base.units import U64
from srat_tool.observe.bootlog import BootLog, SratCpuLine, SratMemoryLine
from srat_tool.tables.header import Header
from srat_tool.tables.srat import (
    BODY_OFFSET,
    Affinity,
    MemoryAffinity,
    MemoryFlags,
    ProcessorAffinity,
    Srat,
    X2ApicAffinity,
)

_XAPIC_IDS = 256


def logged_srat(log: BootLog) -> tuple[Srat | None, dict[int, int]]:
    """Return a SRAT that makes a kernel print the same lines, and the nodes that they name.

    Disabled entries are not in a log, and a kernel that prints no processor lines does not tell of
    nodes without memory.
    """
    if not log.srat_memory and not log.srat_cpus:
        return None, {}
    entries: list[Affinity] = []
    at = BODY_OFFSET
    for cpu in log.srat_cpus:
        entry = _cpu(at, cpu)
        entries.append(entry)
        at += entry.length
    for line in log.srat_memory:
        entries.append(_memory(at, line))
        at += entries[-1].length
    header = Header(Srat.SIGNATURE, at, 3, 0, b"", b"", 0, b"", 0)
    srat = Srat(header=header, table_revision=1, reserved=0, entries=tuple(entries), size=at)
    return srat, {line.pxm: line.nid for line in log.srat_cpus} | {
        line.pxm: line.nid for line in log.srat_memory
    }


def _cpu(at: int, line: SratCpuLine) -> ProcessorAffinity | X2ApicAffinity:
    low, high = line.pxm & 0xFF, (line.pxm >> 8 & 0xFFFFFF).to_bytes(3, "little")
    if line.id < _XAPIC_IDS:
        return ProcessorAffinity(at, 0, 16, low, line.id, 1, 0, high, 0)
    return X2ApicAffinity(at, 2, 24, 0, line.pxm, line.id, 1, 0, 0)


def _memory(at: int, line: SratMemoryLine) -> MemoryAffinity:
    flags = MemoryFlags.ENABLED
    if line.hot:
        flags |= MemoryFlags.HOT_PLUGGABLE
    if line.non_volatile:
        flags |= MemoryFlags.NON_VOLATILE
    size = (line.span.end - line.span.start) & U64
    return MemoryAffinity(at, 1, 40, line.pxm, 0, line.span.start, size, 0, int(flags), 0)
