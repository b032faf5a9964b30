"""CDATs for tests, in a few words."""

from __future__ import annotations

import struct
from collections.abc import Sequence

from srat_tool.base.units import MIB
from srat_tool.grammar.cdat import decode_cdat
from srat_tool.tables.cdat import Cdat
from srat_tool.tables.hmat import DataType

READ_LATENCY, WRITE_LATENCY = DataType.READ_LATENCY, DataType.WRITE_LATENCY
READ_BANDWIDTH, WRITE_BANDWIDTH = DataType.READ_BANDWIDTH, DataType.WRITE_BANDWIDTH


def dsmas(handle: int = 0, base: int = 0, size: int = 512 * MIB, *, flags: int = 0) -> bytes:
    """Return a range of device memory."""
    return struct.pack("<BBHBBHQQ", 0, 0, 24, handle, flags, 0, base, size)


def dslbis(data_type: int, value: int, base: int = 1, handle: int = 0, *, flags: int = 0) -> bytes:
    """Return one number of a range."""
    return struct.pack("<BBHBBBBQHHHH", 1, 0, 24, handle, flags, data_type, 0, base, value, 0, 0, 0)


def numbers(
    read: int = 150, write: int = 250, bandwidth: int = 16000, handle: int = 0
) -> tuple[bytes, ...]:
    """Return latencies in ns and a bandwidth in MB/s for both directions."""
    return (
        dslbis(READ_LATENCY, read, 1000, handle),
        dslbis(WRITE_LATENCY, write, 1000, handle),
        dslbis(READ_BANDWIDTH, bandwidth, 1, handle),
        dslbis(WRITE_BANDWIDTH, bandwidth, 1, handle),
    )


def cdat_bytes(*structures: bytes, length: int | None = None) -> bytes:
    """Return a table that adds up to 0."""
    body = b"".join(structures)
    size = 16 + len(body) if length is None else length
    head = struct.pack("<IBB6xI", size, 2, 0, 0)
    check = -sum(head + body) & 0xFF
    return head[:5] + bytes([check]) + head[6:] + body


def usual(size: int = 512 * MIB, values: Sequence[bytes] | None = None) -> bytes:
    """Return the CDAT of a device with one volatile range: 150/250 ns, 16000 MB/s."""
    return cdat_bytes(dsmas(size=size), *(numbers() if values is None else values))


def decoded(data: bytes) -> Cdat:
    """Return the table without its defects."""
    return decode_cdat(data).table
