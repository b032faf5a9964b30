"""iasl's listings of data tables (`.dsl`), read back to bytes.

A field reads `[HexOffset DecimalOffset Length]  Name : Value`; up to 2025 the length is decimal,
then hex with an `h`. iasl shows integers of 1, 2, 4 and 8 bytes as numbers, other sizes as bytes in
their order, and skips what it does not know; the raw data that it appends is taken where it is
there, and the fields are checked against it.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from srat_tool.base.numerals import whole
from srat_tool.base.rawtable import OriginKind
from srat_tool.sources import hexrows
from srat_tool.sources.reader import Piece, Reader

_FIELD = re.compile(
    rb"^[ \t]*\[([0-9A-F]{3,8})h (\d{4,10}) +([0-9A-F]{1,5}h?)\] *([^:\n]*?) :[ \t]?"
    rb"(\"[^\n]*|[^\n\\]*(?:\\[ \t\r]*\n[ \t]+[0-9A-F ]+)*)",
    re.MULTILINE,
)
_RAW = re.compile(rb"^[ \t]*Raw Table Data: Length (\d{1,10})", re.MULTILINE)
_STRING = re.compile(rb'"([^\r\n]*)"')
_BYTES = re.compile(rb"[0-9A-F]{2}(?: [0-9A-F]{2})+")
_CONTROL = re.compile(rb"[^\x20-\x7e]")
_UUID = re.compile(rb"[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}")
_HEAD = 1 << 16
_NUMBERS = (1, 2, 4, 8)


def sniff(data: bytes) -> bool:
    """Return whether a field at offset 0 that holds a signature is near the beginning."""
    return any(_begins(m) for m in _FIELD.finditer(data[:_HEAD]))


class _Field(NamedTuple):
    offset: int
    size: int
    name: str
    value: bytes | None
    is_string: bool


def _begins(match: re.Match[bytes]) -> bool:
    return int(match[1], 16) == 0 and match[4].strip() == b"Signature"


def _field(match: re.Match[bytes]) -> _Field | None:
    """Return one field, None when its two offsets contradict each other."""
    offset, again = int(match[1], 16), int(match[2])
    digits = match[3].decode("ascii")
    size = int(digits[:-1], 16) if digits.endswith("h") else whole(digits)
    if offset != again or size is None:
        return None
    name = match[4].strip().decode("ascii", "replace")
    return _Field(offset, size, name, _value(match[5], size), match[5][:1] == b'"')


def _value(text: bytes, size: int) -> bytes | None:
    """Return the bytes that a printed value represents, None when that is unknown."""
    string = _STRING.match(text)
    if string is not None:
        return string[1].ljust(size, b"\0") if len(string[1]) <= size else None
    plain = b" ".join(text.replace(b"\\", b" ").split())
    run = _BYTES.match(plain)
    if run is not None and len(run[0]) == size * 3 - 1:
        return bytes.fromhex(run[0].decode("ascii"))
    digits = plain.partition(b" ")[0]
    if size == 16 and _UUID.fullmatch(digits):
        return uuid.UUID(digits.decode("ascii")).bytes_le
    if len(digits) != size * 2 or not digits.isalnum():
        return None
    try:
        value = bytes.fromhex(digits.decode("ascii"))
    except ValueError:
        return None
    return value[::-1] if size in _NUMBERS else value


def read(piece: Piece, reader: Reader) -> None:
    """Take every table of the listing."""
    text = piece.whole
    starts = [m.start() for m in _FIELD.finditer(text) if _begins(m)]
    for start, end in pairwise([*starts, len(text)]):
        _read_table(piece, text[start:end], reader)
    what = f"iasl listing, {len(starts)} tables"
    reader.opened(piece.origin.label, what, len(text), piece.depth)


def _read_table(piece: Piece, text: bytes, reader: Reader) -> None:
    label = piece.origin.label
    raw = _RAW.search(text)
    fields = list(_fields(text[: raw.start()] if raw else text, label, reader))
    data = b""
    if raw is not None:
        rows = hexrows.parse(text[raw.end() :])
        data = rows.data
        if rows.gap is not None or len(data) != int(raw[1]):
            reason = f"raw data states {int(raw[1])} bytes and shows {len(data)} without a gap"
            reader.refuse(label, reason)
        _check(data, fields, label, reader)
    if not data:
        data = _assemble(fields, label, reader)
        stated = int.from_bytes(data[4:8], "little")
        if len(data) < stated:
            reader.refuse(label, f"the listing shows {len(data)} of the table's {stated} bytes")
    origin = piece.origin._replace(kind=OriginKind.LISTING)
    reader.table(origin, data, limit=None if piece.depth else reader.limits.whole_file)


def _fields(text: bytes, label: str, reader: Reader) -> Iterator[_Field]:
    for match in _FIELD.finditer(text):
        field = _field(match)
        if field is None:
            shown = match[0][:40].decode("ascii", "replace").strip()
            reader.refuse(label, f"offsets or length contradict each other: {shown}")
            return
        yield field


def _check(data: bytes, fields: list[_Field], label: str, reader: Reader) -> None:
    """Report where a field first differs from the raw data, which is what the table contained."""
    for field in fields:
        there = data[field.offset : field.offset + field.size]
        if field.is_string:
            # iasl prints a string up to its first NUL, and control characters as blanks.
            there = _CONTROL.sub(b" ", there.partition(b"\0")[0]).ljust(field.size, b"\0")
        if field.value not in {None, there}:
            at = f"{field.offset:#06x}"
            reader.refuse(label, f"field {field.name} at {at} differs from the raw data")
            return


def _assemble(fields: list[_Field], label: str, reader: Reader) -> bytes:
    """Put the fields together; the table ends at the first gap or value that cannot be read."""
    data = bytearray()
    for field in fields:
        if field.offset != len(data):
            at = f"field {field.name} at {field.offset:#06x}, {len(data):#06x} is due"
            reader.refuse(label, f"{at}; the table ends there")
            break
        if field.value is None:
            reader.refuse(label, f"value of {field.name} cannot be read; the table ends there")
            break
        data += field.value
    return bytes(data)
