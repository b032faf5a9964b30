"""Maximum System Characteristics Table (ACPI 6.5, 5.2.19): how far a system can grow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from srat_tool.tables.header import Header
from srat_tool.tables.structure import Hole


class DomainInformation(NamedTuple):
    """Maximum Proximity Domain Information (5.2.19.1); ACPI calls its first byte the revision."""

    offset: int
    type: int
    length: int
    first_domain: int
    last_domain: int
    maximum_processors: int
    maximum_memory: int
    extra: bytes = b""

    @property
    def revision(self) -> int:
        """The byte that other tables use as the type."""
        return self.type


class UnknownInformation(NamedTuple):
    """A structure of a revision that no specification defines; `extra` is all of its payload."""

    offset: int
    type: int
    length: int
    extra: bytes = b""


MsctEntry: TypeAlias = DomainInformation | UnknownInformation | Hole


@dataclass(frozen=True, slots=True, kw_only=True)
class Msct:
    """A whole MSCT.

    Attributes:
        header: the common header.
        information_offset: where the structures begin, as the table states it.
        maximum_domains_minus_one: the highest number of proximity domains, less one.
        maximum_clock_domains_minus_one: the same for clock domains.
        maximum_address: the highest physical address ever.
        gap: bytes between the fixed part and the structures.
        entries: every structure in table order.
        size: bytes that were really there.
    """

    header: Header
    information_offset: int
    maximum_domains_minus_one: int
    maximum_clock_domains_minus_one: int
    maximum_address: int
    gap: bytes
    entries: tuple[MsctEntry, ...]
    size: int
