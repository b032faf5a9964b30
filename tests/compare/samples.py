"""Small tables for tests of comparisons."""

from __future__ import annotations

from srat_tool.base.rawtable import Origin, RawTable
from srat_tool.grammar.registry import decode, encode
from srat_tool.tables.header import Header
from srat_tool.tables.slit import Slit
from srat_tool.tables.srat import Affinity, MemoryAffinity, ProcessorAffinity, Srat

GIB = 1 << 30


def _header(signature: bytes, revision: int) -> Header:
    return Header(signature, 0, revision, 0, b"OEMID ", b"OEMTABLE", 1, b"TEST", 1)


def raw(data: bytes) -> RawTable:
    """Return a table with its length and checksum put right."""
    data = data[:4] + len(data).to_bytes(4, "little") + data[8:9] + b"\0" + data[10:]
    data = data[:9] + bytes([-sum(data) & 0xFF]) + data[10:]
    return RawTable(origin=Origin(path="test"), data=data)


def memory(domain: int, start: int, size: int, flags: int = 1) -> MemoryAffinity:
    """Return a Memory Affinity entry; start and size in GiB."""
    return MemoryAffinity(0, 1, 40, domain, 0, start * GIB, size * GIB, 0, flags, 0)


def cpu(domain: int, apic: int, flags: int = 1) -> ProcessorAffinity:
    """Return a Processor Affinity entry."""
    return ProcessorAffinity(0, 0, 16, domain, apic, flags, 0, bytes(3), 0)


def srat(*entries: Affinity, revision: int = 3) -> RawTable:
    """Return an SRAT of these entries."""
    size = 48 + sum(entry.length for entry in entries)
    header = _header(b"SRAT", revision)
    table = Srat(header=header, table_revision=1, reserved=0, entries=entries, size=size)
    return raw(encode(table))


def slit(*rows: tuple[int, ...]) -> RawTable:
    """Return a SLIT of these rows."""
    body = b"".join(map(bytes, rows))
    header, size = _header(b"SLIT", 1), 44 + len(body)
    table = Slit(header=header, localities=len(rows), entries=body, tail=b"", size=size)
    return raw(encode(table))


def decoded(table: RawTable) -> Srat:
    """Return an SRAT as the grammar reads it, offsets included."""
    found = decode(table.data).table
    assert isinstance(found, Srat)
    return found
