"""The explicit walk over (type, length) structures: bounds, holes and defects in one pass.

A walk never stops at bad bytes. A structure whose length byte is zero cannot be stepped over, so
the bytes from there to the next place that looks like a structure become a `Hole`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from srat_tool.grammar.header import PADDING
from srat_tool.grammar.layout import Layout
from srat_tool.tables.defect import Defect, DefectKind

Make = Callable[[int, int, int, bytes], Any]


class Family(NamedTuple):
    """The structures that one kind of table is made of; type and length are one byte each.

    Attributes:
        layouts: fixed-size layout by type; a class it decodes into ends in a field `extra`.
        unknown: makes the value for a type without a layout, from (offset, type, length, payload).
        hole: makes the value for bytes that are no structure, from (offset, type, length, bytes).
    """

    layouts: Mapping[int, Layout[Any]]
    unknown: Make
    hole: Make

    def looks_like_structure(self, data: bytes, at: int) -> bool:
        """Tell whether a structure of a known type and exactly its size could begin at `at`."""
        layout = self.layouts.get(data[at])
        return layout is not None and data[at + 1] == layout.size and at + layout.size <= len(data)


def walk(data: bytes, start: int, family: Family) -> tuple[list[Any], list[Defect]]:
    """Decode every structure from `start` to the end of `data`.

    Structures that the header's length leaves out are decoded too: Linux may read them, and a
    person will want to see them.
    """
    entries: list[Any] = []
    defects: list[Defect] = []
    padded = data + PADDING
    end = len(data)
    get = family.layouts.get
    at = start
    while at + 1 < end:
        kind, length = data[at], data[at + 1]
        stop = at + length
        layout = get(kind)
        if layout is not None and length == layout.size and stop <= end:
            entries.append(layout.decode(padded, at))
        elif length == 0:
            stop = _next_structure(data, at, family)
            entries.append(family.hole(at, kind, 0, data[at:stop]))
            defects.append(_zero_length(at, kind, stop))
        else:
            defects.extend(_judge(at, kind, length, layout, end))
            entries.append(_odd(padded, at, min(stop, end), family))
        at = stop
    if at < end:
        entries.append(family.hole(at, data[at], 0, data[at:]))
        message = f"{end - at} byte is left, a structure needs at least 2"
        defects.append(Defect(kind=DefectKind.DANGLING_TAIL, offset=at, message=message))
    return entries, defects


def encode_walked(entries: tuple[Any, ...], family: Family) -> Iterator[bytes]:
    """Yield the bytes of each structure; of a short one only as many as its length states."""
    for entry in entries:
        layout = family.layouts.get(entry.type)
        if entry.length == 0:
            yield entry.extra
        elif layout is None:
            yield (bytes((entry.type, entry.length)) + entry.extra)[: max(entry.length, 1)]
        else:
            yield layout.encode(entry)[: entry.length] + entry.extra


def _odd(padded: bytes, at: int, stop: int, family: Family) -> Any:
    """Decode a structure whose length is not its type's, or whose type nobody knows."""
    kind, length = padded[at], padded[at + 1]
    layout = family.layouts.get(kind)
    if layout is None:
        return family.unknown(at, kind, length, padded[at + 2 : stop])
    return layout.decode(padded, at)._replace(extra=padded[at + layout.size : stop])


def _next_structure(data: bytes, at: int, family: Family) -> int:
    """Return where the walk can take up again behind a structure of length zero."""
    for place in range(at + 2, len(data) - 1):
        if family.looks_like_structure(data, place):
            return place
    return len(data)


def _zero_length(at: int, kind: int, stop: int) -> Defect:
    message = f"structure of type {kind} has length 0; {stop - at} bytes are no structure"
    return Defect(kind=DefectKind.ZERO_LENGTH, offset=at, message=message)


def _judge(
    at: int, kind: int, length: int, layout: Layout[Any] | None, end: int
) -> Iterator[Defect]:
    if layout is None:
        message = f"structure type {kind} is unknown, {length} bytes kept as they are"
        yield Defect(kind=DefectKind.UNKNOWN_TYPE, offset=at, message=message)
    elif length != layout.size:
        kind_of = DefectKind.TOO_SHORT if length < layout.size else DefectKind.TOO_LONG
        message = f"structure of type {kind} has length {length}, expected {layout.size}"
        yield Defect(kind=kind_of, offset=at, message=message)
    if at + length > end:
        message = f"structure of type {kind} has length {length}, only {end - at} bytes are left"
        yield Defect(kind=DefectKind.PAST_END, offset=at, message=message)
