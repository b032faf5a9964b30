"""Tables of machines that do not exist, byte by byte, and what the kernel prints on one."""

from __future__ import annotations

import struct
from typing import NamedTuple

from srat_tool.base.rawtable import Origin, OriginKind, RawTable
from srat_tool.base.span import Span
from srat_tool.base.units import GIB
from srat_tool.plan.machine import Machine
from srat_tool.plan.pipeline import make_plan
from srat_tool.tables.memmap import MapEntry, MemoryMap, MemoryType

_HEADER = "<4sIBB6s8sI4sI"
RELEASE = "6.12.48-generic"


class Shape(NamedTuple):
    """What a machine's tables declare.

    Attributes:
        nodes: proximity domains, each with processors and memory.
        cpus: processors of each.
        gib: memory of each, in GiB.
        hot: whether memory of all domains but the first is hot-pluggable.
        far: distance between domains.
        window: GiB that may be added to the last domain later.
        clash: whether the last two domains claim one GiB both, so that Linux refuses the SRAT.
    """

    nodes: int = 2
    cpus: int = 2
    gib: int = 8
    hot: bool = True
    far: int = 21
    window: int = 0
    clash: bool = False


def table(signature: bytes, body: bytes, *, revision: int = 1, oem_revision: int = 1) -> bytes:
    """Return a table with a right checksum."""
    size = 36 + len(body)
    words = (b"SRATTL", b"FLEET   ", oem_revision, b"STL ", 1)
    data = bytearray(struct.pack(_HEADER, signature, size, revision, 0, *words) + body)
    data[9] = -sum(data) & 0xFF
    return bytes(data)


def srat(shape: Shape, *, oem_revision: int = 1, backwards: bool = False) -> bytes:
    """Return the SRAT; `backwards` lists the processors in reverse order."""
    cpus = [
        struct.pack("<BBBBIB3sI", 0, 16, nid, nid * shape.cpus + n, 1, 0, bytes(3), 0)
        for nid in range(shape.nodes)
        for n in range(shape.cpus)
    ]
    memory = [_memory(nid, span, hot) for nid, span, hot in _ranges(shape)]
    entries = [*(reversed(cpus) if backwards else cpus), *memory]
    body = struct.pack("<IQ", 1, 0) + b"".join(entries)
    return table(b"SRAT", body, revision=3, oem_revision=oem_revision)


def _memory(nid: int, span: Span, hot: bool) -> bytes:
    flags = 3 if hot else 1
    return struct.pack("<BBIHQQIIQ", 1, 40, nid, 0, span.start, span.size, 0, flags, 0)


def _ranges(shape: Shape) -> list[tuple[int, Span, bool]]:
    """Return node, range and hot-pluggability; node 0 has the hole below 4 GiB."""
    found = [(0, Span(0, 2 * GIB), False), (0, Span(4 * GIB, (2 + shape.gib) * GIB), False)]
    start = (2 + shape.gib) * GIB
    for nid in range(1, shape.nodes):
        found.append((nid, Span(start, start + shape.gib * GIB), shape.hot))
        start += shape.gib * GIB
    if shape.clash:
        found[-1] = (shape.nodes - 1, Span(found[-1][1].start - GIB, start), shape.hot)
    if shape.window:
        found.append((shape.nodes - 1, Span(start, start + shape.window * GIB), True))
    return found


def slit(shape: Shape) -> bytes:
    """Return the SLIT."""
    n = shape.nodes
    cells = bytes(10 if a == b else shape.far for a in range(n) for b in range(n))
    return table(b"SLIT", struct.pack("<Q", n) + cells)


def memory_map(shape: Shape) -> MemoryMap:
    """Return the firmware's map: RAM in every range but the window."""
    spans = [Span(0x1000, 0x9F000), Span(0x100000, 2 * GIB)]
    spans.append(Span(4 * GIB, (2 + shape.gib * shape.nodes) * GIB))
    return MemoryMap(tuple(MapEntry(s.start, s.end, MemoryType.RAM) for s in spans))


def boot_log(shape: Shape, host: str, bios: str, product: str) -> str:
    """Return what the kernel prints on such a machine, up to its zones."""
    head = [
        f"Linux version {RELEASE} (build@{host}) (gcc 14) #1 SMP PREEMPT_DYNAMIC",
        f"Command line: BOOT_IMAGE=/vmlinuz root=/dev/{host} ro",
        "BIOS-provided physical RAM map:",
        *(
            f"BIOS-e820: [mem {e.start:#018x}-{e.end - 1:#018x}] usable"
            for e in memory_map(shape).entries
        ),
        f"DMI: Maker {product}/Board, BIOS {bios} 01/02/2026",
    ]
    machine = Machine(
        tables=tuple(raw_tables(shape)),
        memory_map=memory_map(shape),
        profile=RELEASE,
        command_line="",
    )
    lines = [*head, *make_plan(machine).log]
    return "".join(f"[{n / 1000:12.6f}] {line}\n" for n, line in enumerate(lines))


def raw_tables(shape: Shape) -> list[RawTable]:
    """Return the tables as they are read from files."""
    origin = Origin(path="machine", kind=OriginKind.FILE)
    return [RawTable(origin, srat(shape)), RawTable(origin, slit(shape))]


def acpidump(tables: dict[str, bytes]) -> str:
    """Return tables as acpidump prints them."""
    parts = []
    for name, data in tables.items():
        parts.append(f"{name} @ 0x0000000000000000")
        for at in range(0, len(data), 16):
            row = data[at : at + 16].hex(" ").upper().ljust(47)
            parts.append(f"    {at:04X}: {row}  {'.' * len(data[at : at + 16])}")
        parts.append("")
    return "\n".join(parts) + "\n"
