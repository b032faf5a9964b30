"""Coherent Device Attribute Table (CDAT 1.04): what a CXL device declares about its memory.

It is not an ACPI table: its header has neither a signature nor an OEM ID, and a device returns it
through its mailbox. Classes hold the fields as they are in the table; `extra` is whatever a
structure contains after them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntFlag
from typing import NamedTuple, TypeAlias

from srat_tool.tables.structure import Hole

CDAT_HEADER_SIZE = 16


class DsmasFlags(IntFlag):
    """What a range of device memory is; unknown bits are kept."""

    NON_VOLATILE = 4
    SHAREABLE = 8
    HARDWARE_COHERENT = 16
    DYNAMIC_CAPACITY = 32
    READ_ONLY = 64


class CdatHeader(NamedTuple):
    """The first 16 bytes."""

    length: int
    revision: int
    checksum: int
    reserved: bytes
    sequence: int


class Dsmas(NamedTuple):
    """Type 0: Device Scoped Memory Affinity Structure: a range of device addresses."""

    offset: int
    type: int
    reserved1: int
    length: int
    handle: int
    flags: int
    reserved2: int
    dpa_base: int
    dpa_length: int
    extra: bytes = b""


class Dslbis(NamedTuple):
    """Type 1: Device Scoped Latency and Bandwidth: one number of a range, in units of its base."""

    offset: int
    type: int
    reserved1: int
    length: int
    handle: int
    flags: int
    data_type: int
    reserved2: int
    entry_base_unit: int
    entry1: int
    entry2: int
    entry3: int
    reserved3: int
    extra: bytes = b""


class Dsmscis(NamedTuple):
    """Type 2: Device Scoped Memory Side Cache."""

    offset: int
    type: int
    reserved1: int
    length: int
    handle: int
    reserved2: bytes
    cache_size: int
    cache_attributes: int
    extra: bytes = b""


class Dsis(NamedTuple):
    """Type 3: Device Scoped Initiator."""

    offset: int
    type: int
    reserved1: int
    length: int
    flags: int
    handle: int
    reserved2: int
    extra: bytes = b""


class Dsemts(NamedTuple):
    """Type 4: Device Scoped EFI Memory Type."""

    offset: int
    type: int
    reserved1: int
    length: int
    handle: int
    memory_type: int
    reserved2: int
    dpa_offset: int
    dpa_length: int
    extra: bytes = b""


class Sslbis(NamedTuple):
    """Type 5: Switch Scoped Latency and Bandwidth; four numbers an entry: X, Y, value, reserved."""

    offset: int
    type: int
    reserved1: int
    length: int
    data_type: int
    reserved2: bytes
    entry_base_unit: int
    entries: tuple[int, ...]
    extra: bytes = b""


class UnknownCdat(NamedTuple):
    """A structure of a type that the specification does not define."""

    offset: int
    type: int
    reserved1: int
    length: int
    extra: bytes = b""


CdatEntry: TypeAlias = Dsmas | Dslbis | Dsmscis | Dsis | Dsemts | Sslbis | UnknownCdat | Hole


@dataclass(frozen=True, slots=True, kw_only=True)
class Cdat:
    """A whole CDAT.

    Attributes:
        header: its header.
        entries: every structure in table order.
        size: bytes that were really there.
        sums_up: its bytes, as many as were there, add up to 0 modulo 256, as Linux demands.
    """

    header: CdatHeader
    entries: tuple[CdatEntry, ...]
    size: int
    sums_up: bool
