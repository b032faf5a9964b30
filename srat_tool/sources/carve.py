"""Tables of processor and memory affinity lying anywhere in bytes, found by their structure.

A header that makes sense and a body that its entries fill exactly is a table, whatever its
checksum: firmware stores 0 there and fills it in at boot. A damaged body is accepted on a good
checksum; those tries are few, because summing up costs what a table claims to be long. All walks
together take a number of steps in proportion to the bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from heapq import merge
from typing import NamedTuple

from srat_tool.sources.blob import is_plausible_header, stated_length
from srat_tool.sources.reader import Buffer

_CHECKSUM_TRIES = 64
_BYTES_PER_STEP = 4
_FREE_STEPS = 1 << 16
_HIGHEST_REVISION = 16


class Carved(NamedTuple):
    """A table, or (`length` 0) a place that only looks like one."""

    offset: int
    length: int


class _Shape(NamedTuple):
    """How entries follow each other behind the fixed part of a table.

    Attributes:
        first: offset of the first entry.
        type_size: bytes of the type at an entry's start.
        length_at: offset of an entry's length.
        length_size: bytes of that length.
        types: types that the specification knows.
    """

    first: int
    type_size: int
    length_at: int
    length_size: int
    types: range


# ACPI 6.5: 5.2.16, 5.2.27, 5.2.12, 5.2.29; CXL 3.0, 9.17.1.
_SHAPES: dict[bytes, _Shape] = {
    b"SRAT": _Shape(48, 1, 1, 1, range(8)),
    b"HMAT": _Shape(40, 2, 4, 4, range(3)),
    b"APIC": _Shape(44, 1, 1, 1, range(256)),
    b"PPTT": _Shape(36, 1, 1, 1, range(3)),
    b"CEDT": _Shape(36, 1, 2, 2, range(16)),
}


class _Steps:
    """Entries that may still be looked at."""

    def __init__(self, size: int) -> None:
        self.left = _FREE_STEPS + size // _BYTES_PER_STEP


def _fills(data: Buffer, at: int, end: int, shape: _Shape, steps: _Steps) -> bool:
    """Return whether at least one entry follows, and they end exactly at the table's end."""
    position = at + shape.first
    while position < end and steps.left > 0:
        steps.left -= 1
        entry = data[position : position + shape.length_at + shape.length_size]
        length = int.from_bytes(entry[shape.length_at :], "little")
        kind = int.from_bytes(entry[: shape.type_size], "little")
        if kind not in shape.types or length < len(entry):
            return False
        position += length
    return position == end > at + shape.first


def _is_slit(data: Buffer, at: int, end: int, _steps: _Steps) -> bool:
    nodes = int.from_bytes(data[at + 36 : at + 44], "little")
    return nodes > 0 and 44 + nodes * nodes == end - at


def _is_msct(data: Buffer, at: int, end: int, _steps: _Steps) -> bool:
    """Return whether 22-byte structures (ACPI 6.5, 5.2.19.1) fill what the header leaves."""
    first = int.from_bytes(data[at + 36 : at + 40], "little")
    space = end - at - first
    return 56 <= first <= 64 and space > 0 and space % 22 == 0 and data[at + first + 1] == 22


def _by_shape(shape: _Shape) -> Callable[[Buffer, int, int, _Steps], bool]:
    return lambda data, at, end, steps: _fills(data, at, end, shape, steps)


_TESTS: dict[bytes, Callable[[Buffer, int, int, _Steps], bool]] = {
    **{signature: _by_shape(shape) for signature, shape in _SHAPES.items()},
    b"SLIT": _is_slit,
    b"MSCT": _is_msct,
}


def carve(data: Buffer, longest: int, start: int = 0, end: int | None = None) -> Iterator[Carved]:
    """Yield the tables in order, none inside another, and the places that only look like one.

    Args:
        data: any bytes.
        longest: bytes that a table may have.
        start: where to begin.
        end: where to stop; a table that runs past it is none.
    """
    stop = len(data) if end is None else end
    steps = _Steps(stop - start)
    tries = _CHECKSUM_TRIES
    done = 0
    for at in merge(*(_places(data, signature, start, stop) for signature in _TESTS)):
        length = stated_length(data, at)
        if at < done or length > min(longest, stop - at) or not _may_be(data, at):
            continue
        if _TESTS[data[at : at + 4]](data, at, at + length, steps):
            done = at + length
            yield Carved(at, length)
        elif tries:
            tries -= 1
            holds = sum(data[at : at + length]) & 0xFF == 0
            done = at + length if holds else done
            yield Carved(at, length if holds else 0)
        else:
            yield Carved(at, 0)


def _places(data: Buffer, signature: bytes, start: int, stop: int) -> Iterator[int]:
    at = data.find(signature, start, stop)
    while at >= 0:
        yield at
        at = data.find(signature, at + 1, stop)


def _may_be(data: Buffer, at: int) -> bool:
    return is_plausible_header(data, at) and data[at + 8] <= _HIGHEST_REVISION
