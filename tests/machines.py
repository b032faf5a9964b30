"""Small machines for tests: a SRAT in a few words, RAM, and a boot that is ready to start."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from srat_tool.base.architecture import architecture
from srat_tool.base.span import Span
from srat_tool.base.units import GIB
from srat_tool.kernel.boot import Boot
from srat_tool.kernel.bootopts import parse
from srat_tool.kernel.memblock import Memblock
from srat_tool.kernel.profile import HotplugMark
from srat_tool.kernel.profiles import profile_for
from srat_tool.tables.header import Header
from srat_tool.tables.kinds import SRAT
from srat_tool.tables.srat import (
    Affinity,
    GenericInitiatorAffinity,
    GiccAffinity,
    MemoryAffinity,
    ProcessorAffinity,
    RintcAffinity,
    Srat,
    X2ApicAffinity,
)

Q4 = (Span(0x1000, 0x9F000), Span(0x100000, 0x7FFDF000), Span(4 * GIB, 6 * GIB))
"""RAM of a 4 GiB q35 guest."""
KERNEL = Span(0x1000000, 0x3A00000)
INITRD = Span(0x7FED4000, 0x7FFD0000)


def cpu(pxm: int, apic: int, *, enabled: bool = True, length: int = 16) -> ProcessorAffinity:
    """Return a processor entry; its offset is set by `srat`."""
    high = (pxm >> 8).to_bytes(3, "little")
    return ProcessorAffinity(0, 0, length, pxm & 0xFF, apic, int(enabled), 0, high, 0)


def x2apic(pxm: int, apic: int, *, length: int = 24) -> X2ApicAffinity:
    """Return an x2APIC entry."""
    return X2ApicAffinity(0, 2, length, 0, pxm, apic, 1, 0, 0)


def gicc(pxm: int, uid: int, *, length: int = 18) -> GiccAffinity:
    """Return a processor entry of arm64."""
    return GiccAffinity(0, 3, length, pxm, uid, 1, 0)


def rintc(pxm: int, uid: int, *, length: int = 20) -> RintcAffinity:
    """Return a processor entry of riscv64."""
    return RintcAffinity(0, 7, length, 0, pxm, uid, 1, 0)


def initiator(pxm: int, *, enabled: bool = True) -> GenericInitiatorAffinity:
    return GenericInitiatorAffinity(0, 5, 32, 0, 0, pxm, bytes(16), int(enabled), 0)


def mem(
    pxm: int, start: int, end: int, *, hot: bool = False, enabled: bool = True, length: int = 40
) -> MemoryAffinity:
    """Return a memory entry for `[start, end)`."""
    flags = int(enabled) | 2 * int(hot)
    size = (end - start) % (1 << 64)
    return MemoryAffinity(0, 1, length, pxm, 0, start, size, 0, flags, 0)


def srat(*entries: Affinity, revision: int = 3) -> Srat:
    """Concatenate entries."""
    at = SRAT.fixed_size
    placed: list[Affinity] = []
    for entry in entries:
        placed.append(entry._replace(offset=at))
        at += entry.length
    header = Header(b"SRAT", at, revision, 0, b"", b"", 0, b"", 0)
    return Srat(header=header, table_revision=1, reserved=0, entries=tuple(placed), size=at)


def boot(
    cmdline: str = "",
    *,
    kernel: str = "6.1",
    ram: tuple[Span, ...] = Q4,
    reserved: tuple[Span, ...] = (Span(0, 0x100000), KERNEL, INITRD),
    machine: str = "x86_64",
) -> Boot:
    """Return a boot with RAM and early reservations, before SRAT is looked at."""
    profile = profile_for(kernel, architecture(machine))
    options = parse(cmdline, profile)
    movable_node = options.movable_node and profile.hotplug_mark is HotplugMark.FLAGGED
    memblock = Memblock(
        bottom_up=movable_node,
        movable_node=movable_node,
        marks_mirror=options.mirror,
        page_shift=profile.arch.page_shift,
    )
    for span in ram:
        memblock.add(span.start, span.size)
    for span in reserved:
        memblock.reserve(span.start, span.size)
    return Boot(profile=profile, options=options, memblock=memblock)


Distance = Callable[[int, int], int]


def rows_of(distance: Distance) -> Callable[[int, Sequence[int]], list[int]]:
    """Return the distances from one node to several, of a function that gives those of pairs."""
    return lambda node, others: [distance(node, other) for other in others]
