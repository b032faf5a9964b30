"""What happens while a kernel walks the SRAT and the SLIT, as typed values in boot order."""

from __future__ import annotations

from typing import NamedTuple

from srat_tool.base.span import Span


class CpuMapped(NamedTuple):
    """A processor entry gave a processor its node."""

    pxm: int
    apic_id: int
    nid: int
    digits: int
    offset: int | None


class CpuIgnored(NamedTuple):
    """An x2APIC entry whose id this machine cannot have."""

    pxm: int
    apic_id: int
    offset: int | None


class CpuTooBig(NamedTuple):
    """An APIC ID for which the kernel has no room; its domain was mapped nevertheless."""

    pxm: int
    apic_id: int
    nid: int
    digits: int
    offset: int | None


class UidMapped(NamedTuple):
    """A processor structure that holds an ACPI processor UID made a node (arm64, riscv64).

    Nothing is printed for it; `CpuPlaced` follows once the processors are known.
    """

    pxm: int
    uid: int
    nid: int
    offset: int | None


class InitiatorMapped(NamedTuple):
    """A generic initiator made a node."""

    pxm: int
    nid: int
    offset: int | None


class WalkBlocked(NamedTuple):
    """A generic initiator failed, so that no later processor entry is looked at."""

    offset: int | None


class TooManyProximityDomains(NamedTuple):
    """A domain beyond what the kernel has room for; `by` names the kind of entry."""

    pxm: int
    by: str
    offset: int | None


class BadEntryLength(NamedTuple):
    """An entry whose length its handler refuses; `by` is cpu, gicc or memory."""

    length: int
    by: str
    offset: int | None


class ZeroLength(NamedTuple):
    """An entry of length zero ended a pass over the table."""

    first_id: int
    offset: int | None


class MemoryMapped(NamedTuple):
    """A memory entry was accepted; the end may have wrapped past 2^64."""

    nid: int
    pxm: int
    span: Span
    hot: bool
    non_volatile: bool
    offset: int | None


class InvalidBlock(NamedTuple):
    """A backwards range, which is left out."""

    nid: int
    span: Span


class TooManyBlocks(NamedTuple):
    """No room for one more range."""

    nid: int
    span: Span


class SratRejected(NamedTuple):
    """The SRAT is not used from here on, or was not used in the end.

    `printed` is whether the kernel prints `SRAT not used.` about it.
    """

    why: str
    printed: bool


class NoMemoryFound(NamedTuple):
    """No entry of the tables is memory, or an entry ended the walk before (`acpi_numa_init`)."""


class SlitInvalid(NamedTuple):
    """The SLIT is not used."""
