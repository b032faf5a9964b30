"""HMATs for tests, in a few words."""

from __future__ import annotations

from collections.abc import Sequence

from srat_tool.tables.header import Header
from srat_tool.tables.hmat import (
    DataType,
    Hmat,
    HmatEntry,
    LatencyBandwidth,
    MemoryAttributes,
    MemorySideCache,
)


def attributes(memory: int, near: int | None = None, *, length: int = 40) -> MemoryAttributes:
    """Return a structure of type 0; `near` is the processor domain."""
    return MemoryAttributes(
        0, 0, 0, length, int(near is not None), 0, near or 0, memory, 0, 0, 0
    )  # fmt: skip


def locality(
    data_type: int,
    initiators: Sequence[int],
    targets: Sequence[int],
    entries: Sequence[int],
    *,
    base: int = 1,
    flags: int = 0,
    length: int | None = None,
) -> LatencyBandwidth:
    """Return a structure of type 1; `entries` row by row."""
    rows, columns = len(initiators), len(targets)
    needed = 32 + 4 * (rows + columns) + 2 * rows * columns
    return LatencyBandwidth(
        0, 1, 0, needed if length is None else length, flags, data_type, 0, 0, rows, columns, 0,
        base, tuple(initiators), tuple(targets), tuple(entries),
    )  # fmt: skip


def latency(*entries: int, initiators: Sequence[int] = (0,)) -> LatencyBandwidth:
    """Return access latencies in ns to as many domains as there are numbers per initiator."""
    targets = range(len(entries) // len(initiators))
    return locality(DataType.ACCESS_LATENCY, initiators, targets, entries, base=1000)


def bandwidth(*entries: int, initiators: Sequence[int] = (0,)) -> LatencyBandwidth:
    """Return access bandwidths in MB/s."""
    targets = range(len(entries) // len(initiators))
    return locality(DataType.ACCESS_BANDWIDTH, initiators, targets, entries)


def side_cache(memory: int, *, attributes: int = 0x401111, length: int = 32) -> MemorySideCache:
    """Return a cache of 1 GiB: level 1, direct mapped, write back, lines of 64 bytes."""
    return MemorySideCache(0, 2, 0, length, memory, 0, 1 << 30, attributes, 0, 0)


def hmat(*entries: HmatEntry, revision: int = 2) -> Hmat:
    """Concatenate structures."""
    offset, placed = 40, []
    for entry in entries:
        placed.append(entry._replace(offset=offset))
        offset += max(entry.length, 8)
    header = Header(b"HMAT", offset, revision, 0, b"TEST\0\0", b"TEST\0\0\0\0", 1, b"TEST", 1)
    return Hmat(header=header, reserved=0, entries=tuple(placed), size=offset)
