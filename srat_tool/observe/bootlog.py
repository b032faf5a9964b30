"""A kernel's boot log: what the machine gave the kernel, and what the kernel made of it.

A log may be cut at any line; whatever is missing stays empty.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from srat_tool.base.span import Span
from srat_tool.tables.memmap import MemoryMap


class Reservation(NamedTuple):
    """A range that the kernel took early, and for what: `kernel image`, `ACPI table FACP`."""

    span: Span
    what: str


class MapEdit(NamedTuple):
    """One `e820: update` or `e820: remove` line; `new_type` None means removed, bytes half open."""

    span: Span
    old_type: int
    new_type: int | None


class MemblockOp(NamedTuple):
    """One `memblock_*:` debug line: `add`, `reserve`, `free`, `remove`, ...; bytes half open."""

    op: str
    span: Span
    flags: int
    caller: str


class SratMemoryLine(NamedTuple):
    """A printed memory entry; bytes half open."""

    nid: int
    pxm: int
    span: Span
    hot: bool
    non_volatile: bool


class SratCpuLine(NamedTuple):
    """A printed processor entry; `id` is the APIC id, or on arm64 the MPIDR."""

    pxm: int
    id: int
    nid: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BootLog:
    """Everything that could be read out of one log.

    Attributes:
        lines: the log without timestamps, log levels and prefixes, as the kernel printed it.
        release: `6.1.0-56-cloud-amd64`, from `Linux version`.
        machine: `x86_64`, `aarch64`, ..., as far as the log tells.
        command_line: the whole kernel command line.
        memory_map: the firmware's map as first printed (e820 or EFI).
        final_map: the last map printed (`user:`, `extended`, `modified`), when there is one.
        edits: e820 updates and removals, in order.
        reservations: named early reservations (initrd, ACPI tables, kernel image, ...).
        memblock_ops: the calls that `memblock=debug` prints, in order.
        srat_memory: printed SRAT memory entries, in order.
        srat_cpus: printed SRAT processor entries, in order.
        tables: signature, address, length of each `ACPI: SIG 0x...` line, in order.
    """

    lines: tuple[str, ...] = ()
    release: str | None = None
    machine: str | None = None
    command_line: str | None = None
    memory_map: MemoryMap | None = None
    final_map: MemoryMap | None = None
    edits: tuple[MapEdit, ...] = ()
    reservations: tuple[Reservation, ...] = ()
    memblock_ops: tuple[MemblockOp, ...] = ()
    srat_memory: tuple[SratMemoryLine, ...] = ()
    srat_cpus: tuple[SratCpuLine, ...] = ()
    tables: tuple[tuple[str, int, int], ...] = ()
