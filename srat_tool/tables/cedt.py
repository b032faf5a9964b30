"""CXL Early Discovery Table (CXL 3.1, 9.18.1): host bridges, and windows that they decode.

Classes hold the fields as they are in the table; `extra` is whatever a structure carries beyond
them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntFlag
from typing import NamedTuple, TypeAlias

from srat_tool.tables.header import Header
from srat_tool.tables.interleave import WAYS
from srat_tool.tables.structure import Hole


class WindowRestrictions(IntFlag):
    """What a fixed memory window may be used for; unknown bits are kept."""

    TYPE_2 = 1
    TYPE_3 = 2
    VOLATILE = 4
    PERSISTENT = 8
    FIXED_CONFIGURATION = 16
    BACK_INVALIDATE = 32


class Chbs(NamedTuple):
    """Type 0: CXL Host Bridge Structure (9.18.1.2)."""

    offset: int
    type: int
    reserved1: int
    length: int
    uid: int
    cxl_version: int
    reserved2: int
    base: int
    register_length: int
    extra: bytes = b""


class Cfmws(NamedTuple):
    """Type 1: CXL Fixed Memory Window Structure (9.18.1.3)."""

    offset: int
    type: int
    reserved1: int
    length: int
    reserved2: int
    base_hpa: int
    window_size: int
    encoded_ways: int
    arithmetic: int
    reserved3: int
    granularity: int
    restrictions: int
    qtg_id: int
    targets: tuple[int, ...] = ()
    extra: bytes = b""

    @property
    def ways(self) -> int | None:
        """Host bridges that the window interleaves over; None for a reserved code."""
        return WAYS.get(self.encoded_ways)

    @property
    def granularity_bytes(self) -> int | None:
        """Bytes in a row that one host bridge serves; None for a reserved code."""
        return 256 << self.granularity if self.granularity <= 6 else None


class Cxims(NamedTuple):
    """Type 2: CXL XOR Interleave Math Structure (9.18.1.4)."""

    offset: int
    type: int
    reserved1: int
    length: int
    reserved2: int
    granularity: int
    map_count: int
    maps: tuple[int, ...] = ()
    extra: bytes = b""


class Rdpas(NamedTuple):
    """Type 3: RCEC Downstream Port Association Structure (9.18.1.5)."""

    offset: int
    type: int
    reserved1: int
    length: int
    segment: int
    bdf: int
    base: int
    protocol: int
    reserved2: bytes
    extra: bytes = b""


class Csds(NamedTuple):
    """Type 4: CXL System Description Structure (9.18.1.6)."""

    offset: int
    type: int
    reserved1: int
    length: int
    capabilities: int
    reserved2: int
    extra: bytes = b""


class UnknownDiscovery(NamedTuple):
    """A structure of a type that no specification defines; `extra` is all of its payload."""

    offset: int
    type: int
    reserved1: int
    length: int
    extra: bytes = b""


CedtEntry: TypeAlias = Chbs | Cfmws | Cxims | Rdpas | Csds | UnknownDiscovery | Hole


@dataclass(frozen=True, slots=True, kw_only=True)
class Cedt:
    """A whole CEDT.

    Attributes:
        header: the common header.
        entries: every structure in table order.
        size: bytes that were really there.
    """

    header: Header
    entries: tuple[CedtEntry, ...]
    size: int

    @property
    def windows(self) -> tuple[Cfmws, ...]:
        """The fixed memory windows in table order."""
        return tuple(entry for entry in self.entries if isinstance(entry, Cfmws))
