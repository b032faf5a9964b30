"""The header that every ACPI table begins with (ACPI 6.5, 5.2.6)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

HEADER_SIZE = 36
CHECKSUM_OFFSET = 9
OEM_ID, OEM_TABLE_ID, CREATOR_ID = slice(10, 16), slice(16, 24), slice(28, 32)
"""Who made a table, in its bytes: for tables that need not be decoded."""


class Header(NamedTuple):
    """The common header; ids are raw bytes because real ones are not always text."""

    signature: bytes
    length: int
    revision: int
    checksum: int
    oem_id: bytes
    oem_table_id: bytes
    oem_revision: int
    creator_id: bytes
    creator_revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OpaqueTable:
    """A table whose body is not described: its header, and the bytes after it.

    Attributes:
        header: fields past the end of a cut file read as zero.
        size: bytes that were really there.
        body: everything from offset 36 on.
    """

    header: Header
    size: int
    body: bytes
