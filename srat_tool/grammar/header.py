"""The common header (ACPI 6.5, 5.2.6), and tables of which nothing else is known."""

from __future__ import annotations

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
    if header.length > size:
        message = f"header length is {header.length}, but only {size} bytes are there"
        defects.append(Defect(kind=DefectKind.LENGTH_EXCEEDS_FILE, offset=4, message=message))
    elif header.length < size:
        message = f"header length is {header.length}, and {size - header.length} bytes follow it"
        defects.append(
            Defect(kind=DefectKind.TRAILING_BYTES, offset=header.length, message=message)
        )
    total = sum(data[: header.length]) & 0xFF
    if total and header.length <= size and header.signature not in NO_CHECKSUM:
        right = (header.checksum - total) & 0xFF
        message = f"checksum is {header.checksum:#04x}, expected {right:#04x}"
        defects.append(
            Defect(kind=DefectKind.BAD_CHECKSUM, offset=CHECKSUM_OFFSET, message=message)
        )
    return defects


def decode_opaque(data: bytes) -> Decoded[OpaqueTable]:
    """Decode a table of any signature as header and body."""
    header = decode_header(data)
    table = OpaqueTable(header=header, size=len(data), body=data[HEADER_SIZE:])
    return Decoded(table=table, defects=tuple(check_container(data, header, HEADER_SIZE)))


def encode_opaque(table: OpaqueTable) -> bytes:
    """Write the table back; the same bytes as were decoded."""
    return (encode_header(table.header) + table.body)[: table.size]
