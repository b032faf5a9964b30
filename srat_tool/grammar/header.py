"""The common header (ACPI 6.5, 5.2.6), and tables of which nothing else is known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from srat_tool.grammar.layout import Layout
from srat_tool.tables.defect import Decoded, Defect, DefectKind
from srat_tool.tables.header import CHECKSUM_OFFSET, HEADER_SIZE, Header, OpaqueTable

# Enough zero bytes for a structure of 255 bytes that begins at the last byte of a file.
PADDING = bytes(320)


class _PlacedHeader(NamedTuple):
    offset: int
    signature: bytes
    length: int
    revision: int
    checksum: int
    oem_id: bytes
    oem_table_id: bytes
    oem_revision: int
    creator_id: bytes
    creator_revision: int


HEADER = Layout(_PlacedHeader)


def decode_header(data: bytes) -> Header:
    """Read the header; fields past the end of a cut file read as zero."""
    return Header._make(HEADER.decode(data[:HEADER_SIZE] + PADDING, 0)[1:])


def encode_header(header: Header) -> bytes:
    """Write the 36 bytes of the header as it states them; nothing is recomputed."""
    return HEADER.encode(_PlacedHeader(0, *header))


def with_checksum(header: Header, body: bytes) -> bytes:
    """Write a table whose bytes add up to 0 modulo 256; all else is as the header states it.

    Args:
        header: its length must be that of the whole table.
        body: everything after the header.
    """
    total = sum(encode_header(header._replace(checksum=0))) + sum(body)
    return encode_header(header._replace(checksum=-total & 0xFF)) + body


_LENGTH_OFFSET = 4
# The FACS begins as other tables do, but has neither a revision nor a checksum (ACPI 6.5, 5.2.10).
NO_CHECKSUM = (b"FACS",)


def check_container(data: bytes, header: Header, fixed_part: int) -> list[Defect]:
    """Return what is wrong with the table as a whole: size, stated length, checksum.

    Args:
        data: every byte that was there.
        header: the decoded header.
        fixed_part: bytes that a table of this signature has at least.
    """
    defects = []
    size = len(data)
    if size < fixed_part:
        message = f"{size} bytes are there, the fixed part has {fixed_part}"
        defects.append(Defect(kind=DefectKind.TOO_SHORT_FOR_HEADER, offset=size, message=message))
    defects += length_defects(size, header.length, _LENGTH_OFFSET)
    if header.length <= size and header.signature not in NO_CHECKSUM:
        defects += checksum_defects(data[: header.length], header.checksum, CHECKSUM_OFFSET)
    return defects


def length_defects(size: int, stated: int, offset: int) -> Iterator[Defect]:
    """Yield how the length that a header states, at an offset, differs from the bytes there."""
    if stated > size:
        message = f"header length is {stated}, but only {size} bytes are there"
        yield Defect(kind=DefectKind.LENGTH_EXCEEDS_FILE, offset=offset, message=message)
    elif stated < size:
        message = f"header length is {stated}, and {size - stated} bytes follow it"
        yield Defect(kind=DefectKind.TRAILING_BYTES, offset=stated, message=message)


def checksum_defects(data: bytes, stated: int, offset: int) -> Iterator[Defect]:
    """Yield that bytes do not add up to 0, with the checksum at an offset that would be right."""
    total = sum(data) & 0xFF
    if total:
        message = f"checksum is {stated:#04x}, expected {(stated - total) & 0xFF:#04x}"
        yield Defect(kind=DefectKind.BAD_CHECKSUM, offset=offset, message=message)


def decode_opaque(data: bytes) -> Decoded[OpaqueTable]:
    """Decode a table of any signature as header and body."""
    header = decode_header(data)
    table = OpaqueTable(header=header, size=len(data), body=data[HEADER_SIZE:])
    return Decoded(table=table, defects=tuple(check_container(data, header, HEADER_SIZE)))


def encode_opaque(table: OpaqueTable) -> bytes:
    """Write the table back; the same bytes as were decoded."""
    return (encode_header(table.header) + table.body)[: table.size]
