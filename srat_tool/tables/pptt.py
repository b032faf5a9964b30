"""Processor Properties Topology Table (ACPI 6.5, 5.2.30): the tree of processors and caches.

A reference is the table offset of another structure, 0 for none.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntFlag
from typing import NamedTuple, TypeAlias

from srat_tool.tables.header import Header
from srat_tool.tables.structure import Hole


class NodeFlags(IntFlag):
    """Flags of a processor hierarchy node; bits 2 to 4 exist from revision 2 on."""

    PHYSICAL_PACKAGE = 1
    PROCESSOR_ID_VALID = 2
    THREAD = 4
    LEAF = 8
    IDENTICAL = 16


class CacheFlags(IntFlag):
    """Which fields of a cache structure are valid."""

    SIZE = 1
    SETS = 2
    ASSOCIATIVITY = 4
    ALLOCATION = 8
    TYPE = 16
    WRITE_POLICY = 32
    LINE_SIZE = 64
    CACHE_ID = 128


class ProcessorNode(NamedTuple):
    """Type 0: Processor Hierarchy Node (5.2.30.1)."""

    offset: int
    type: int
    length: int
    reserved1: int
    flags: int
    parent: int
    acpi_processor_id: int
    resource_count: int
    resources: tuple[int, ...] = ()
    extra: bytes = b""


class Cache(NamedTuple):
    """Type 1: Cache (5.2.30.2); the id is None in tables before revision 3."""

    offset: int
    type: int
    length: int
    reserved1: int
    flags: int
    next_level: int
    size: int
    sets: int
    associativity: int
    attributes: int
    line_size: int
    cache_id: int | None = None
    extra: bytes = b""

    @property
    def cache_type(self) -> int:
        """0 data, 1 instruction, 2 and 3 unified."""
        return self.attributes >> 2 & 3

    @property
    def write_policy(self) -> int:
        """0 write back, 1 write through."""
        return self.attributes >> 4 & 1


class Identifier(NamedTuple):
    """Type 2: ID, deprecated since ACPI 6.3 errata A."""

    offset: int
    type: int
    length: int
    reserved1: int
    vendor_id: int
    level_1_id: int
    level_2_id: int
    major_revision: int
    minor_revision: int
    spin_revision: int
    extra: bytes = b""


class OtherTopology(NamedTuple):
    """A structure of another type, kept whole; `extra` is all of its payload."""

    offset: int
    type: int
    length: int
    extra: bytes = b""


PpttEntry: TypeAlias = ProcessorNode | Cache | Identifier | OtherTopology | Hole


@dataclass(frozen=True, slots=True, kw_only=True)
class Pptt:
    """A whole PPTT.

    Attributes:
        header: the common header.
        entries: every structure in table order.
        size: bytes that were really there.
    """

    header: Header
    entries: tuple[PpttEntry, ...]
    size: int
