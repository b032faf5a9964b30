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
from srat_tool.tables.kind import Kind
from srat_tool.tables.kinds import KINDS, MSCT, SLIT

_CHECKSUM_TRIES = 64
_BYTES_PER_STEP = 4
_FREE_STEPS = 1 << 16
_HIGHEST_REVISION = 16


class Carved(NamedTuple):
    """A table, or (`length` 0) a place that only looks like one."""

    offset: int
    length: int


class _Steps:
    """Entries that may still be looked at."""

    def __init__(self, size: int) -> None:
        self.left = _FREE_STEPS + size // _BYTES_PER_STEP


def _fills(data: bytes, at: int, end: int, kind: Kind, steps: _Steps) -> bool:
    """Return whether at least one entry follows, and they end exactly at the table's end."""
    assert kind.beginning is not None  # noqa: S101 - the others have their own tests
    type_size, length_at, length_size = kind.beginning
    first = position = at + kind.fixed_size
    while position < end and steps.left > 0:
        steps.left -= 1
        entry = data[position : position + length_at + length_size]
        length = int.from_bytes(entry[length_at:], "little")
        number = int.from_bytes(entry[:type_size], "little")
        known = number in kind.by_type or number < kind.other_types
        if not known or length < len(entry):
            return False
        position += length
    return position == end > first


def _is_slit(data: bytes, at: int, end: int, _steps: _Steps) -> bool:
    nodes = int.from_bytes(data[at + 36 : at + 44], "little")
    return nodes > 0 and 44 + nodes * nodes == end - at


def _is_msct(data: bytes, at: int, end: int, _steps: _Steps) -> bool:
    """Return whether 22-byte structures (ACPI 6.5, 5.2.19.1) fill what the header leaves."""
    first = int.from_bytes(data[at + 36 : at + 40], "little")
    space = end - at - first
    return 56 <= first <= 64 and space > 0 and space % 22 == 0 and data[at + first + 1] == 22


def _by_structures(kind: Kind) -> Callable[[bytes, int, int, _Steps], bool]:
    return lambda data, at, end, steps: _fills(data, at, end, kind, steps)


# A kind whose structures do not fill it from the fixed part on has a separate test.
_TESTS: dict[bytes, Callable[[bytes, int, int, _Steps], bool]] = {
    **{kind.signature: _by_structures(kind) for kind in KINDS},
    SLIT.signature: _is_slit,
    MSCT.signature: _is_msct,
}


def carve(data: bytes, longest: int, start: int = 0, end: int | None = None) -> Iterator[Carved]:
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


def _places(data: bytes, signature: bytes, start: int, stop: int) -> Iterator[int]:
    at = data.find(signature, start, stop)
    while at >= 0:
        yield at
        at = data.find(signature, at + 1, stop)


def _may_be(data: bytes, at: int) -> bool:
    return is_plausible_header(data, at) and data[at + 8] <= _HIGHEST_REVISION
