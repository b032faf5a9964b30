"""iasl's source of data tables, and parts of its listings: fields without offsets.

A field reads `[0004]  Name : Value` in a template, `Name : Value` where the brackets were left out,
and as in a whole listing where a few structures were copied out of one. In brackets is the size
(last, where there is more); without them the digits of the value give it, because iasl prints
leading zeros. Like iasl, a table that is written as source gets its length and checksum computed.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from srat_tool.base.rawtable import OriginKind
from srat_tool.base.words import plural
from srat_tool.sources.iasl_words import FLAG_BITS, HEADER, TABLE_FORMS, WIDE_BITS, table_of
from srat_tool.sources.plain import is_text
from srat_tool.sources.reader import Piece, Reader
from srat_tool.tables.header import CHECKSUM_OFFSET, HEADER_SIZE

_HEAD = 1 << 16
_ROW = re.compile(
    rb"^[ \t]*(?:\[([0-9A-Fa-fh \t]{1,32})\])?[ \t]*([A-Za-z][^:\n\[\]\"]{0,60}?)[ \t]*:[ \t]*"
    rb"(\"[^\"\n]{0,256}\"|[^\n\\]{0,4096}(?:\\[ \t\r]*\n[ \t]+[0-9A-Fa-f ]+)*)([^\n]*)",
    re.MULTILINE,
)
_SIGNATURE = re.compile(
    rb"^[ \t]*(?:\[[^\]\n]{1,32}\])?[ \t]*Signature[ \t]*:[ \t]*\"[A-Z][A-Z0-9_]{3}\"", re.MULTILINE
)
_STRUCTURE = re.compile(
    rb"^[^:\n]{0,64}(?:Subtable|Structure) Type[ \t]*:[ \t]*[0-9A-Fa-f]{2,4}[ \t]*"
    rb"\[([^\]\n]{1,64})\]",
    re.MULTILINE,
)
_STARTS = ("Subtable Type", "Structure Type")
_BYTES = re.compile(rb"[0-9A-F]{2}(?: [0-9A-F]{2})+")
_HEX = re.compile(rb"(?:0[xX])?([0-9A-Fa-f]{1,64})")
_UUID = re.compile(rb"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
_COMMENT = re.compile(rb"/\*.*|//.*|\[.*", re.DOTALL)
_NUMBERS = (1, 2, 4, 8)
# Where a structure states its length: offset and size; in one byte after its type elsewhere.
_LENGTHS = {b"CEDT": (2, 2), b"HMAT": (4, 4)}
_LONGEST_TAIL = 8
# No text or number has more bytes; zeros fill what the text does not show.
_WIDEST = 256
_DECODED = "(decoded below)"


def sniff(data: bytes) -> bool:
    """Return whether a signature, or a structure that iasl names, is near the beginning."""
    head = data[:_HEAD]
    if not is_text(head):
        return False
    return _SIGNATURE.search(head) is not None or any(
        table_of(match[1]) for match in _STRUCTURE.finditer(head)
    )


class _Row(NamedTuple):
    """One field.

    Attributes:
        name: as iasl prints it.
        size: bytes; None when it is some bits of the flags before it.
        value: its bytes; None when they cannot be read.
        bits: the value of some bits.
        is_source: brackets contain the size and nothing else.
        remark: the value and what follows it, such as iasl's name of a structure.
    """

    name: str
    size: int | None
    value: bytes | None = None
    bits: int = 0
    is_source: bool = False
    remark: bytes = b""


@dataclass(slots=True)
class _Text:
    """One table, or the structures of one, as the text shows it.

    Attributes:
        signature: of the table, from its header or from the names of its structures.
        header: the header's fields that are there, by name.
        body: everything after it that could be read.
        starts: where each structure begins in the body.
        sized: the fields' sizes are in brackets, without offsets: source, not a listing.
        flags: where the flags are whose bits are named next, and their size.
        problem: why reading ended before the text did.
    """

    signature: bytes
    header: dict[str, bytes] = field(default_factory=dict)
    body: bytearray = field(default_factory=bytearray)
    starts: list[int] = field(default_factory=list)
    sized: bool = False
    flags: tuple[int, int] | None = None
    problem: str = ""


def read(piece: Piece, reader: Reader) -> None:
    """Take every table that the text writes, and structures without one."""
    texts = list(_texts(piece.whole))
    before = reader.count
    for text in texts:
        _take(text, piece, reader)
    what = f"iasl source or part of a listing, {plural(len(texts), 'table')}"
    reader.opened(piece.origin.label, what, len(piece.whole), piece.depth, before=before)


def _texts(data: bytes) -> Iterator[_Text]:
    """Part the text by table."""
    text: _Text | None = None
    for row in _rows(data):
        begun = _begun(row, text)
        if begun is not None:
            if text is not None:
                yield text
            text = begun
        if text is not None and not text.problem:
            _add(text, row)
    if text is not None:
        yield text


def _begun(row: _Row, text: _Text | None) -> _Text | None:
    """Return the table that begins with this field; None when the previous one continues."""
    if row.name == "Signature" and row.value is not None:
        return _Text(row.value, sized=row.is_source)
    signature = table_of(row.remark) if row.name in _STARTS else None
    if signature is None or (text is not None and (text.header or text.signature == signature)):
        return None
    return _Text(signature)


def _add(text: _Text, row: _Row) -> None:
    if row.name in HEADER and not text.body and row.name not in text.header and not text.starts:
        if row.value is not None:
            text.header[row.name] = row.value[: HEADER[row.name]]
        return
    if row.size is None:
        _set_bits(text, row)
        return
    if row.value is None:
        text.problem = f"value of {row.name} cannot be read; the table ends there"
        return
    if row.name in _STARTS:
        text.starts.append(len(text.body))
    text.flags = (len(text.body), row.size) if row.name.endswith(_DECODED) else None
    text.body += row.value


def _set_bits(text: _Text, row: _Row) -> None:
    """Put a named bit into the flags before it."""
    bit = FLAG_BITS.get(row.name)
    if text.flags is None or bit is None:
        return
    at, size = text.flags
    flags = int.from_bytes(text.body[at : at + size], "little")
    flags = flags | 1 << bit if row.bits & 1 else flags & ~(1 << bit)
    text.body[at : at + size] = flags.to_bytes(size, "little")


def _rows(data: bytes) -> Iterator[_Row]:
    bracketed: bool | None = None
    for match in _ROW.finditer(data):
        name = match[2].decode("ascii", "replace")
        if name == "Signature" or (bracketed is None and name in _STARTS):
            bracketed = match[1] is not None
        if bracketed is None:
            continue
        row = _row(name, match, bracketed=bracketed)
        if row is not None:
            yield row


def _row(name: str, match: re.Match[bytes], *, bracketed: bool) -> _Row | None:
    """Return one field; None for a line of prose."""
    plain = b" ".join(_COMMENT.sub(b"", match[3].replace(b"\\", b" ")).split())
    remark = match[3] + match[4]
    if match[1] is not None:
        size, is_source = _size(match[1])
        if size is None:
            return _Row(name, 0)
        value = _value(match[3], plain, size)
        return _Row(name, size, value, is_source=is_source, remark=remark)
    if bracketed or len(plain) == 1 or name in WIDE_BITS:
        digits = _HEX.fullmatch(plain)
        return None if digits is None else _Row(name, None, bits=int(digits[1], 16))
    size = HEADER.get(name) or _width(match[3], plain)
    if size is None:
        return None
    return _Row(name, size, _value(match[3], plain, size), remark=remark)


def _size(brackets: bytes) -> tuple[int | None, bool]:
    """Return the size in the brackets, and whether they contain nothing else."""
    words = brackets.decode("ascii").split()
    last = words[-1] if words else ""
    try:
        size = int(last[:-1], 16) if last.endswith("h") else int(last)
    except ValueError:
        return None, False
    return size, len(words) == 1


def _width(text: bytes, plain: bytes) -> int | None:
    """Return how many bytes a value has that is printed with all its zeros."""
    if text.startswith(b'"'):
        return len(text) - 2
    if _BYTES.fullmatch(plain):
        return len(plain) // 3 + 1
    if _UUID.fullmatch(plain):
        return 16
    digits = re.fullmatch(rb"(?:[0-9A-F]{2}){1,32}", plain)
    return None if digits is None else len(plain) // 2


def _value(text: bytes, plain: bytes, size: int) -> bytes | None:
    """Return the bytes of a value, None when it does not fit its field."""
    if _BYTES.fullmatch(plain.upper()):
        run = bytes.fromhex(plain.decode("ascii"))
        return run if len(run) == size else None
    if size > _WIDEST:
        return None
    if text.startswith(b'"'):
        string = text[1:].partition(b'"')[0]
        return string.ljust(size, b"\0") if len(string) <= size else None
    if _UUID.fullmatch(plain) and size == 16:
        return uuid.UUID(plain.decode("ascii")).bytes_le
    digits = _HEX.fullmatch(plain)
    if digits is None or len(digits[1].lstrip(b"0")) > 2 * size:
        return None
    value = int(digits[1], 16)
    return value.to_bytes(size, "little" if size in _NUMBERS else "big")


def _take(text: _Text, piece: Piece, reader: Reader) -> None:
    label = piece.origin.label
    name = text.signature.decode("ascii", "replace")
    missing = [word for word in HEADER if word not in text.header]
    body, wrong = _structures(text)
    if missing:
        shown = plural(len(text.starts), "structure")
        what = f"{shown} of {name} without" if len(missing) == len(HEADER) else f"{name} without"
        what += " the whole header of its table, which was filled in; more of it may be missing"
        reader.refuse(label, what)
    for problem in filter(None, (text.problem, wrong)):
        reader.refuse(label, f"{name}: {problem}")
    data = bytearray(_header(text) + _fixed(text) + body)
    _complete(data, text, label, reader)
    origin = piece.origin._replace(kind=OriginKind.LISTING)
    reader.table(origin, bytes(data), limit=None if piece.depth else reader.limits.whole_file)


def _fixed(text: _Text) -> bytes:
    """Return what has to be before the structures when the text begins with them."""
    form = TABLE_FORMS.get(text.signature)
    return form.fixed if form is not None and text.starts[:1] == [0] else b""


def _structures(text: _Text) -> tuple[bytes, str]:
    """Return the body up to the first structure of a wrong length, and what is wrong.

    Documents leave the reserved field at the end of a structure out; zeros are in for it.
    """
    starts = [*text.starts, len(text.body)]
    body = text.body[: starts[0]]
    wrong = ""
    at, size = _LENGTHS.get(text.signature, (1, 1))
    for number, (start, end) in enumerate(pairwise(starts), 1):
        stated = int.from_bytes(text.body[start + at : start + at + size], "little")
        body += text.body[start:end]
        if stated == end - start:
            continue
        wrong = f"structure {number} shows {end - start} of its {stated} bytes"
        if not 0 < stated - (end - start) <= _LONGEST_TAIL:
            return bytes(body), f"{wrong}; the table ends there"
        wrong += "; zeros were put in for the rest"
        body += bytes(stated - (end - start))
    return bytes(body), wrong


def _header(text: _Text) -> bytes:
    form = TABLE_FORMS.get(text.signature)
    revision = bytes([form.revision if form is not None else 1])
    known = {"Signature": text.signature, "Revision": revision} | text.header
    header = b"".join(known.get(name, b"").ljust(size, b"\0") for name, size in HEADER.items())
    assert len(header) == HEADER_SIZE  # noqa: S101 - the fields above are those of the header
    return header


def _complete(data: bytearray, text: _Text, label: str, reader: Reader) -> None:
    """Compute length and checksum where the text leaves that to the compiler."""
    stated = int.from_bytes(data[4:8], "little")
    if stated > len(data):
        reader.refuse(label, f"the text shows {len(data)} of the table's {stated} bytes")
    if stated == 0 or text.sized:
        data[4:8] = len(data).to_bytes(4, "little")
    if data[CHECKSUM_OFFSET] == 0 or text.sized:
        data[CHECKSUM_OFFSET] = (data[CHECKSUM_OFFSET] - sum(data)) & 0xFF
