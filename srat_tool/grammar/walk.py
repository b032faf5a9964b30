"""The explicit walk over (type, length) structures: bounds, holes and defects in one pass.

A walk does not stop at bad bytes. A structure whose length is zero cannot be stepped over, so
the bytes from there to the next place that looks like a structure become a `Hole`; so does the rest
of what has `MAX_DEFECTS`.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Mapping
from typing import Any

from srat_tool.grammar.header import PADDING, check_container, decode_header, encode_header
from srat_tool.grammar.layout import Layout
from srat_tool.grammar.packed import FORMS
from srat_tool.tables.defect import Decoded, Defect, DefectKind
from srat_tool.tables.header import HEADER_SIZE
from srat_tool.tables.structure import Hole

# Bytes that are not a table can look like a structure each; so many defects help no reader.
MAX_DEFECTS = 1 << 16
_NOT_ZERO = re.compile(rb"[^\0]")


class Family:
    """The structures of one kind of table.

    Args:
        layouts: layout by type; a class it decodes into ends in a field `extra`.
        unknown: what every structure begins with, `type` and `length` among its fields; also the
            layout of a structure of any other type, whose payload becomes `extra`.
        others_are_normal: whether a type without a layout is not a defect here.
    """

    def __init__(
        self,
        layouts: Mapping[int, Layout[Any]],
        unknown: Layout[Any],
        *,
        others_are_normal: bool = False,
    ) -> None:
        self.layouts = layouts
        self.unknown = unknown
        self.others_are_normal = others_are_normal
        self.start = _type_and_length(unknown)
        # By (type, length), for structures of exactly the one length that their layout has.
        self.exact: dict[tuple[int, int], tuple[Any, Any]] = {
            (kind, layout.exact): (layout.packed.unpack_from, layout.make)
            for kind, layout in layouts.items()
            if layout.exact > 0
        }

    def looks_like_structure(self, data: bytes, at: int) -> bool:
        """Return whether a structure of a known type and exactly its size could begin at `at`."""
        if at + self.start.size > len(data):
            return False
        kind, length = self.start.unpack_from(data, at)
        layout = self.layouts.get(kind)
        if layout is None or length < layout.size or at + length > len(data):
            return False
        if layout.exact == length:
            return True
        return length in layout.wanted(layout.decode_up_to(data, at, at + length))


def _type_and_length(beginning: Layout[Any]) -> struct.Struct:
    """Return the packed form of a structure's beginning, all but its type and length skipped."""
    pairs = zip(beginning.flat, beginning.codes, strict=True)
    wanted = ("type", "length")
    return struct.Struct(
        "<"
        + "".join(code if name in wanted else f"{struct.calcsize(code)}x" for name, code in pairs)
    )


def walk(data: bytes, start: int, family: Family) -> tuple[list[Any], list[Defect]]:
    """Decode every structure from `start` to the end of `data`.

    Structures that the header's length leaves out are decoded too: Linux may read them, and the
    user needs to see them.
    """
    entries: list[Any] = []
    defects: list[Defect] = []
    padded = data + PADDING
    end = len(data)
    exact, begins = family.exact.get, family.start.unpack_from
    # What a NamedTuple's constructor ends in; by itself it takes a third of the time.
    append, new = entries.append, tuple.__new__
    last = end - family.start.size
    at = start
    while at <= last and len(defects) < MAX_DEFECTS:
        kind, length = beginning = begins(data, at)
        stop = at + length
        sound = exact(beginning)
        if sound is not None and stop <= end:
            unpack, make = sound
            append(new(make, (at, *unpack(data, at), b"")))
        elif length == 0:
            stop = _next_structure(data, at, family)
            append(Hole(at, kind, 0, data[at:stop]))
            defects.append(_zero_length(at, kind, stop))
        else:
            layout = family.layouts.get(kind, family.unknown)
            append(layout.decode_up_to(padded, at, min(stop, end)))
            defects.extend(_judge(entries[-1], end, family))
        at = stop
    if at < end:
        append(Hole(at, data[at], 0, data[at:]))
        defects.append(_rest(at, end - at, family.start.size))
    return entries, defects


def encode_walked(entries: tuple[Any, ...], family: Family) -> Iterator[bytes]:
    """Yield the bytes of each structure; of a short one only as many as its length states."""
    for entry in entries:
        if entry.length == 0:
            yield entry.extra
        else:
            layout = family.layouts.get(entry.type, family.unknown)
            yield layout.encode(entry)[: entry.length] + entry.extra


def _next_structure(data: bytes, at: int, family: Family) -> int:
    """Return where the walk can continue after a structure of length zero."""
    size = family.start.size
    place = at + size
    # Zeros are skipped at once: type and length of a structure are not all zero.
    while (byte := _NOT_ZERO.search(data, place)) is not None:
        place = max(place, byte.start() - size + 1)
        if family.looks_like_structure(data, place):
            return place
        place += 1
    return len(data)


def _zero_length(at: int, kind: int, stop: int) -> Defect:
    message = f"structure of type {kind} has length 0; {stop - at} bytes are no structure"
    return Defect(kind=DefectKind.ZERO_LENGTH, offset=at, message=message)


def _rest(at: int, left: int, needed: int) -> Defect:
    if left >= needed:
        message = f"more than {MAX_DEFECTS} defects; {left} bytes from here on are not decoded"
        return Defect(kind=DefectKind.TOO_MANY, offset=at, message=message)
    message = (
        f"{left} byte{'s are' if left > 1 else ' is'} left, a structure needs at least {needed}"
    )
    return Defect(kind=DefectKind.DANGLING_TAIL, offset=at, message=message)


def _judge(entry: Any, end: int, family: Family) -> Iterator[Defect]:
    """Yield what is wrong with one structure."""
    at, length, name = entry.offset, entry.length, f"structure of type {entry.type}"
    layout = family.layouts.get(entry.type)
    wanted = () if layout is None else layout.wanted(entry)
    if not wanted and not family.others_are_normal:
        message = f"structure type {entry.type} is unknown, {length} bytes are left undecoded"
        yield Defect(kind=DefectKind.UNKNOWN_TYPE, offset=at, message=message)
    elif length < family.start.size or (wanted and length not in wanted):
        least = wanted[0] if wanted else family.start.size
        kind = DefectKind.TOO_SHORT if length < least else DefectKind.TOO_LONG
        right = " or ".join(map(str, wanted or (least,)))
        message = f"{name} has length {length}, expected {right}"
        yield Defect(kind=kind, offset=at, message=message)
    if at + length > end:
        message = f"{name} has length {length}, only {end - at} bytes are left"
        yield Defect(kind=DefectKind.PAST_END, offset=at, message=message)


class WalkedTable:
    """Both directions of a table that is a header, a few fixed fields, and structures to the end.

    The form of the table's class is that of the fields between the header and the structures.

    Args:
        make: the table's class: `header`, the fixed fields by name, `entries` and `size`.
        family: the structures.
    """

    def __init__(self, make: type[Any], family: Family) -> None:
        self.make = make
        self.fixed: Layout[tuple[Any, ...]] = Layout(
            lambda _, *values: values, form=FORMS[make.__name__]
        )
        self.family = family
        self.body = HEADER_SIZE + self.fixed.size

    def decode(self, data: bytes) -> Decoded[Any]:
        """Decode a table; never raises, whatever the bytes are."""
        header = decode_header(data)
        values = self.fixed.decode(data[: self.body] + PADDING, HEADER_SIZE)
        defects = check_container(data, header, self.body)
        entries, walked = walk(data, self.body, self.family)
        fields = dict(zip(self.fixed.fields, values, strict=True))
        table = self.make(header=header, **fields, entries=tuple(entries), size=len(data))
        return Decoded(table=table, defects=(*defects, *walked))

    def encode(self, table: Any) -> bytes:
        """Write a table exactly as it states itself; for a decoded one, the bytes it came from."""
        values = (getattr(table, name) for name in self.fixed.fields)
        fixed = self.fixed.packed.pack(*values)
        parts = (encode_header(table.header), fixed, *encode_walked(table.entries, self.family))
        return b"".join(parts)[: table.size]
