"""Large machines of every shape, as tables: what work grows with is measured on them.

Linux uses no SRAT of more memory entries than it has room for (twice its nodes), so shapes stay
below that to reach the code for nodes.
"""

from __future__ import annotations

import random
import struct
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

MIB = 1 << 20
SIZE = 128 * MIB
DOMAINS = 8


class Memory(NamedTuple):
    """One memory entry: bytes, and the Hot Pluggable bit."""

    pxm: int
    base: int
    length: int
    hot: bool = False


def contiguous(count: int) -> Iterator[Memory]:
    """Ranges that touch, the second half hot-pluggable."""
    for at in range(count):
        yield Memory(at * DOMAINS // count, at * SIZE, SIZE, at >= count // 2)


def gaps(count: int) -> Iterator[Memory]:
    """As much space between ranges as they have, every other one hot-pluggable."""
    for at in range(count):
        yield Memory(at * DOMAINS // count, 2 * at * SIZE, SIZE, at % 2 == 1)


def hot(count: int) -> Iterator[Memory]:
    """All ranges hot-pluggable, with gaps."""
    return (entry._replace(hot=True) for entry in gaps(count))


def interleaved(count: int) -> Iterator[Memory]:
    """Each range of another node than the one before."""
    for at in range(count):
        yield Memory(at % DOMAINS, at * SIZE, SIZE, at % DOMAINS >= DOMAINS // 2)


def nested(count: int) -> Iterator[Memory]:
    """Each range inside the one before, of one node."""
    for at in range(count):
        yield Memory(0, at * MIB, (2 * count - 2 * at) * MIB, at % 2 == 1)


def backwards(count: int) -> Iterator[Memory]:
    """Ranges with gaps, the highest first."""
    return reversed(list(gaps(count)))


def shuffled(count: int) -> Iterator[Memory]:
    """Ranges with gaps in a random order."""
    entries = list(gaps(count))
    random.Random(1).shuffle(entries)  # noqa: S311 - a fixed order
    return iter(entries)


def distinct(count: int) -> Iterator[Memory]:
    """A node for each range, every other one hot-pluggable."""
    for at in range(count):
        yield Memory(at, at * SIZE, SIZE, at % 2 == 1)


Shape = Callable[[int], Iterator[Memory]]
SHAPES: dict[str, Shape] = {
    "contiguous": contiguous,
    "gaps": gaps,
    "hot": hot,
    "interleaved": interleaved,
    "nested": nested,
    "backwards": backwards,
    "shuffled": shuffled,
    "distinct": distinct,
}


def table(signature: bytes, revision: int, body: bytes) -> bytes:
    """Return a table with a sound header."""
    head = (signature, 36 + len(body), revision, 0, b"SRATTL", b"SHAPES  ", 1, b"STL ", 1)
    data = bytearray(struct.pack("<4sIBB6s8sI4sI", *head) + body)
    data[9] = -sum(data) & 0xFF
    return bytes(data)


def srat(memory: Iterator[Memory]) -> bytes:
    """Return a SRAT of memory entries, after a processor for each of their nodes."""
    entries = list(memory)
    body = bytearray(struct.pack("<IQ", 1, 0))
    for apic, pxm in enumerate(dict.fromkeys(entry.pxm for entry in entries)):
        body += struct.pack("<BBHIIIII", 2, 24, 0, pxm, apic, 1, 0, 0)
    for pxm, base, length, is_hot in entries:
        flags = 1 + 2 * is_hot
        body += struct.pack("<BBIHQQIIQ", 1, 40, pxm, 0, base, length, 0, flags, 0)
    return table(b"SRAT", 3, bytes(body))


def slit(count: int) -> bytes:
    """Return a SLIT of so many localities."""
    rows = bytearray()
    for at in range(count):
        rows += bytes([20]) * at + b"\x0a" + bytes([20]) * (count - at - 1)
    return table(b"SLIT", 1, struct.pack("<Q", count) + bytes(rows))


def hmat(count: int) -> bytes:
    """Return a HMAT with the attributes of each node, and latency and bandwidth of each pair."""
    body = bytearray(4)
    for pxm in range(count):
        body += struct.pack("<HHIHHIIIQQ", 0, 0, 40, 1, 0, pxm, pxm, 0, 0, 0)
    for data_type in (0, 3):
        lists = struct.pack(f"<{2 * count}I", *range(count), *range(count))
        values = bytearray()
        for at in range(count):
            row = [200] * count
            row[at] = 100
            values += struct.pack(f"<{count}H", *row)
        size = 32 + len(lists) + len(values)
        head = (1, 0, size, 0, data_type, 0, 0, count, count, 0, 1000)
        body += struct.pack("<HHIBBBBIIIQ", *head) + lists + values
    return table(b"HMAT", 2, bytes(body))


def write_machine(folder: Path, shape: str, count: int) -> Path:
    """Write the tables of a shape into a new folder; `full` has a SLIT and a HMAT as well."""
    place = folder / f"{shape}-{count}"
    place.mkdir()
    made = SHAPES["distinct" if shape == "full" else shape](count)
    (place / "SRAT.bin").write_bytes(srat(made))
    if shape == "full":
        (place / "SLIT.bin").write_bytes(slit(count))
        (place / "HMAT.bin").write_bytes(hmat(count))
    return place
