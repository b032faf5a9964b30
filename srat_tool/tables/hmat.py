"""Heterogeneous Memory Attribute Table (ACPI 6.5, 5.2.28): how fast memory is, from where.

Classes hold the fields as they are in the table; `extra` is whatever a structure carries beyond
them. Revision 1 is the table of ACPI 6.2, revision 2 that of ACPI 6.3 and later.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, IntFlag
from typing import NamedTuple, TypeAlias

from srat_tool.tables.header import Header
from srat_tool.tables.structure import Hole

NOT_PROVIDED = 0
UNREACHABLE = 0xFFFF


class DataType(IntEnum):
    """What the numbers of a locality structure measure."""

    ACCESS_LATENCY = 0
    READ_LATENCY = 1
    WRITE_LATENCY = 2
    ACCESS_BANDWIDTH = 3
    READ_BANDWIDTH = 4
    WRITE_BANDWIDTH = 5


class MemoryProximityFlags(IntFlag):
    """Flags of type 0; bits 1 and 2 are those of revision 1."""

    INITIATOR_VALID = 1
    MEMORY_VALID = 2
    RESERVATION_HINT = 4


class MemoryAttributes(NamedTuple):
    """Type 0: Memory Proximity Domain Attributes (5.2.28.3).

    `base_address` and `range_length` mean something in revision 1 only and are reserved since.
    """

    offset: int
    type: int
    reserved1: int
    length: int
    flags: int
    reserved2: int
    initiator_domain: int
    memory_domain: int
    reserved3: int
    base_address: int
    range_length: int
    extra: bytes = b""

    @property
    def initiator_valid(self) -> bool:
        """Return whether `initiator_domain` names the domain that the memory is attached to."""
        return bool(self.flags & MemoryProximityFlags.INITIATOR_VALID)


class LatencyBandwidth(NamedTuple):
    """Type 1: System Locality Latency and Bandwidth Information (5.2.28.4).

    `entries` holds one row per initiator. A structure that is cut short has fewer of them, and of
    initiators and targets, than its counts announce.
    """

    offset: int
    type: int
    reserved1: int
    length: int
    flags: int
    data_type: int
    minimum_transfer_size: int
    reserved2: int
    initiator_count: int
    target_count: int
    reserved3: int
    entry_base_unit: int
    initiators: tuple[int, ...] = ()
    targets: tuple[int, ...] = ()
    entries: tuple[int, ...] = ()
    extra: bytes = b""

    @property
    def hierarchy(self) -> int:
        """The memory (0) or the memory-side cache level that the numbers belong to."""
        return self.flags & 0xF

    @property
    def is_latency(self) -> bool:
        """Return whether the numbers are times; they are rates otherwise."""
        return self.data_type <= DataType.WRITE_LATENCY

    def entry(self, row: int, column: int) -> int | None:
        """Return the raw number of one pair; None where the structure has no such number."""
        at = row * self.target_count + column
        return self.entries[at] if at < len(self.entries) else None

    def value(self, row: int, column: int) -> int | None:
        """Return entry times base unit; None when not provided, unreachable or not there."""
        entry = self.entry(row, column)
        if entry is None or entry in (NOT_PROVIDED, UNREACHABLE):
            return None
        return entry * self.entry_base_unit


class MemorySideCache(NamedTuple):
    """Type 2: Memory Side Cache Information (5.2.28.5)."""

    offset: int
    type: int
    reserved1: int
    length: int
    memory_domain: int
    reserved2: int
    cache_size: int
    cache_attributes: int
    address_mode: int
    smbios_handle_count: int
    smbios_handles: tuple[int, ...] = ()
    extra: bytes = b""

    @property
    def total_levels(self) -> int:
        """Cache levels in front of this memory."""
        return self.cache_attributes & 0xF

    @property
    def level(self) -> int:
        """The level that this structure describes."""
        return self.cache_attributes >> 4 & 0xF

    @property
    def associativity(self) -> int:
        """0 none, 1 direct mapped, 2 complex."""
        return self.cache_attributes >> 8 & 0xF

    @property
    def write_policy(self) -> int:
        """0 none, 1 write back, 2 write through."""
        return self.cache_attributes >> 12 & 0xF

    @property
    def line_size(self) -> int:
        """Bytes of a cache line."""
        return self.cache_attributes >> 16


class UnknownAttribute(NamedTuple):
    """A structure of a type that no specification defines; `extra` is all of its payload."""

    offset: int
    type: int
    reserved1: int
    length: int
    extra: bytes = b""


HmatEntry: TypeAlias = (
    MemoryAttributes | LatencyBandwidth | MemorySideCache | UnknownAttribute | Hole
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hmat:
    """A whole HMAT.

    Attributes:
        header: the common header.
        reserved: the dword at 36.
        entries: every structure in table order.
        size: bytes that were really there.
    """

    header: Header
    reserved: int
    entries: tuple[HmatEntry, ...]
    size: int
