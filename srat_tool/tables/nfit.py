"""NVDIMM Firmware Interface Table (ACPI 6.5, 5.2.25), as far as it states addresses.

Structures that state none (interleave, SMBIOS, control regions and so on) are kept as
`OtherNvdimm`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntFlag
from typing import NamedTuple, TypeAlias

from srat_tool.tables.header import Header
from srat_tool.tables.structure import Hole


class SpaRangeFlags(IntFlag):
    """Flags of a System Physical Address Range Structure."""

    CONTROL_REGION_FOR_HOT_ADD = 1
    PROXIMITY_DOMAIN_VALID = 2
    LOCATION_COOKIE_VALID = 4


class SpaRange(NamedTuple):
    """Type 0: System Physical Address Range (5.2.25.2); the cookie is None before ACPI 6.4."""

    offset: int
    type: int
    length: int
    range_index: int
    flags: int
    reserved1: int
    proximity_domain: int
    type_guid: bytes
    base_address: int
    range_length: int
    memory_attributes: int
    location_cookie: int | None = None
    extra: bytes = b""

    @property
    def domain(self) -> int | None:
        """The proximity domain; None where the flags declare it invalid."""
        valid = self.flags & SpaRangeFlags.PROXIMITY_DOMAIN_VALID
        return self.proximity_domain if valid else None


class OtherNvdimm(NamedTuple):
    """A structure that states no address range, kept whole; `extra` is all of its payload."""

    offset: int
    type: int
    length: int
    extra: bytes = b""


NfitEntry: TypeAlias = SpaRange | OtherNvdimm | Hole


@dataclass(frozen=True, slots=True, kw_only=True)
class Nfit:
    """A whole NFIT.

    Attributes:
        header: the common header.
        reserved: the dword at 36.
        entries: every structure in table order.
        size: bytes that were really there.
    """

    header: Header
    reserved: int
    entries: tuple[NfitEntry, ...]
    size: int
