"""Domains added up."""

from __future__ import annotations

import struct

from srat_tool.render.inspect.summary import domain_rows
from srat_tool.tables.srat import Srat
from tests.render.inspect.test_record import inspected
from tests.support import table_bytes


def _memory(domain: int, size: int, flags: int) -> bytes:
    return struct.pack("<BBIHQQIIQ", 1, 40, domain, 0, 0, size, 0, flags, 0)


def test_domains() -> None:
    """Processors, memory and devices of each domain; domains of filler only are left out."""
    body = struct.pack("<IQ", 1, 0)
    body += struct.pack("<BBHIIIII", 2, 24, 0, 5, 1, 1, 0, 0)
    body += struct.pack("<BBHIIIII", 2, 24, 0, 5, 2, 0, 0, 0)
    body += _memory(5, 1 << 30, 1) + _memory(5, 1 << 31, 3) + _memory(9, 1 << 30, 2)
    body += struct.pack("<BBIHI", 4, 12, 7, 0, 3) + b"\x63\x02" + bytes(4)
    table = inspected(table_bytes(b"SRAT", body, revision=3)).decoded.table
    assert isinstance(table, Srat)
    assert domain_rows(table) == [
        ("5", "1", "1", "3G", "2", "2G", ""),
        ("7", "0", "0", "0", "0", "0", "1 ITS"),
    ]


def test_no_processor_is_disabled() -> None:
    """The column of such processors is empty, so that tables leave it out."""
    body = struct.pack("<IQ", 1, 0) + struct.pack("<BBHIIIII", 2, 24, 0, 5, 1, 1, 0, 0)
    table = inspected(table_bytes(b"SRAT", body, revision=3)).decoded.table
    assert isinstance(table, Srat)
    assert domain_rows(table) == [("5", "1", "", "0", "0", "0", "")]
