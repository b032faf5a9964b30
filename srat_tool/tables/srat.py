"""System Resource Affinity Table (ACPI 6.5, 5.2.16): which processors and memory belong together.

Every entry class holds the fields of the structure as they are in the table, as a C program
would read them from the entry's first byte, even where its Length declares that it is shorter:
Linux reads some of them that way. `length` is the byte that the table states, `offset` the
entry's place in the table and `extra` whatever the entry carries beyond the fields of its type.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntFlag
from typing import NamedTuple, TypeAlias

from srat_tool.tables.header import Header
from srat_tool.tables.structure import Hole as Hole  # noqa: PLC0414 - part of this module's union


class ProcessorFlags(IntFlag):
    """Flags of types 0, 2, 3 and 7; unknown bits are kept."""

    ENABLED = 1


class GenericFlags(IntFlag):
    """Flags of types 5 and 6; unknown bits are kept."""

    ENABLED = 1
    ARCHITECTURAL_TRANSACTIONS = 2


class MemoryFlags(IntFlag):
    """Flags of a Memory Affinity structure; unknown bits are kept."""

    ENABLED = 1
    HOT_PLUGGABLE = 2
    NON_VOLATILE = 4
    SPECIFIC_PURPOSE = 8


# As plain integers: `int & IntFlag` costs ten times as much, and tables have many entries.
_ENABLED, _HOT_PLUGGABLE, _NON_VOLATILE = (
    int(MemoryFlags.ENABLED),
    int(MemoryFlags.HOT_PLUGGABLE),
    int(MemoryFlags.NON_VOLATILE),
)


class ProcessorAffinity(NamedTuple):
    """Type 0: Processor Local APIC/SAPIC Affinity (5.2.16.1)."""

    offset: int
    type: int
    length: int
    proximity_domain_low: int
    apic_id: int
    flags: int
    local_sapic_eid: int
    proximity_domain_high: bytes
    clock_domain: int
    extra: bytes = b""

    @property
    def enabled(self) -> bool:
        """Return whether the operating system is to use the entry."""
        return bool(self.flags & 1)

    @property
    def proximity_domain(self) -> int:
        """All 32 bits of the domain; revision 1 tables mean only the low eight."""
        return self.proximity_domain_low | int.from_bytes(self.proximity_domain_high, "little") << 8


class MemoryAffinity(NamedTuple):
    """Type 1: Memory Affinity (5.2.16.2)."""

    offset: int
    type: int
    length: int
    proximity_domain: int
    reserved1: int
    base_address: int
    range_length: int
    reserved2: int
    flags: int
    reserved3: int
    extra: bytes = b""

    @property
    def enabled(self) -> bool:
        """Return whether the operating system is to use the entry."""
        return bool(self.flags & _ENABLED)

    @property
    def hot_pluggable(self) -> bool:
        """Return whether the Hot Pluggable bit is set; it means something only when enabled."""
        return bool(self.flags & _HOT_PLUGGABLE)

    @property
    def non_volatile(self) -> bool:
        """Return whether the NonVolatile bit is set."""
        return bool(self.flags & _NON_VOLATILE)


class X2ApicAffinity(NamedTuple):
    """Type 2: Processor Local x2APIC Affinity (5.2.16.3)."""

    offset: int
    type: int
    length: int
    reserved1: int
    proximity_domain: int
    x2apic_id: int
    flags: int
    clock_domain: int
    reserved2: int
    extra: bytes = b""

    @property
    def enabled(self) -> bool:
        """Return whether the operating system is to use the entry."""
        return bool(self.flags & 1)


class GiccAffinity(NamedTuple):
    """Type 3: GICC Affinity (5.2.16.4)."""

    offset: int
    type: int
    length: int
    proximity_domain: int
    acpi_processor_uid: int
    flags: int
    clock_domain: int
    extra: bytes = b""

    @property
    def enabled(self) -> bool:
        """Return whether the operating system is to use the entry."""
        return bool(self.flags & 1)


class GicItsAffinity(NamedTuple):
    """Type 4: GIC Interrupt Translation Service Affinity (5.2.16.5); it has no flags."""

    offset: int
    type: int
    length: int
    proximity_domain: int
    reserved1: int
    its_id: int
    extra: bytes = b""

    @property
    def enabled(self) -> bool:
        """Always true: the structure has no Enabled bit."""
        return True


class GenericInitiatorAffinity(NamedTuple):
    """Type 5: Generic Initiator Affinity (5.2.16.6)."""

    offset: int
    type: int
    length: int
    reserved1: int
    device_handle_type: int
    proximity_domain: int
    device_handle: bytes
    flags: int
    reserved2: int
    extra: bytes = b""

    @property
    def enabled(self) -> bool:
        """Return whether the operating system is to use the entry."""
        return bool(self.flags & 1)


class GenericPortAffinity(NamedTuple):
    """Type 6: Generic Port Affinity (5.2.16.7); laid out as type 5."""

    offset: int
    type: int
    length: int
    reserved1: int
    device_handle_type: int
    proximity_domain: int
    device_handle: bytes
    flags: int
    reserved2: int
    extra: bytes = b""

    @property
    def enabled(self) -> bool:
        """Return whether the operating system is to use the entry."""
        return bool(self.flags & 1)

    @property
    def bridge_uid(self) -> int | None:
        """The unique id of the host bridge that an ACPI handle names; None for another handle."""
        if self.device_handle_type:
            return None
        return int.from_bytes(self.device_handle[8:12], "little")


class RintcAffinity(NamedTuple):
    """Type 7: RINTC Affinity (ACPI 6.6, 5.2.16.8)."""

    offset: int
    type: int
    length: int
    reserved1: int
    proximity_domain: int
    acpi_processor_uid: int
    flags: int
    clock_domain: int
    extra: bytes = b""

    @property
    def enabled(self) -> bool:
        """Return whether the operating system is to use the entry."""
        return bool(self.flags & 1)


class UnknownAffinity(NamedTuple):
    """A structure of a type that no specification defines; `extra` is all of its payload."""

    offset: int
    type: int
    length: int
    extra: bytes = b""

    @property
    def enabled(self) -> bool:
        """Always false: the meaning of the entry is unknown."""
        return False


ProcessorEntry: TypeAlias = ProcessorAffinity | X2ApicAffinity | GiccAffinity | RintcAffinity
DeviceEntry: TypeAlias = GicItsAffinity | GenericInitiatorAffinity | GenericPortAffinity
# Code that distinguishes them ends in `assert_never`: a structure in no group fails the type check.
KnownAffinity: TypeAlias = ProcessorEntry | MemoryAffinity | DeviceEntry
Affinity: TypeAlias = KnownAffinity | UnknownAffinity | Hole


@dataclass(frozen=True, slots=True, kw_only=True)
class Srat:
    """A whole SRAT.

    Attributes:
        header: the common header; `header.length` is what the table states.
        table_revision: the dword at 36, which must be 1.
        reserved: the eight bytes at 40.
        entries: every structure in table order, those past `header.length` included.
        size: bytes that were really there.
    """

    header: Header
    table_revision: int
    reserved: int
    entries: tuple[Affinity, ...]
    size: int

    def proximity_domain(self, entry: KnownAffinity) -> int:
        """Return an entry's domain as this table's revision means it.

        Revision 1 has eight-bit domains in types 0 and 1; later types never had (Linux
        `acpi_srat_revision <= 1`, since 5.10).
        """
        domain = entry.proximity_domain
        if self.header.revision <= 1 and isinstance(entry, ProcessorAffinity | MemoryAffinity):
            return domain & 0xFF
        return domain

    @property
    def memory(self) -> tuple[MemoryAffinity, ...]:
        """The Memory Affinity entries in table order, disabled ones included."""
        return tuple(entry for entry in self.entries if isinstance(entry, MemoryAffinity))
