"""Layout of the CDAT (Coherent Device Attribute Table Specification 1.04)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from construct import Array, Bytes, Int8ul, Int16ul, Int32ul, Int64ul, Struct

from srat_tool.base.values import NamedTuple
from srat_tool.grammar.header import PADDING
from srat_tool.grammar.layout import Layout
from srat_tool.grammar.walk import Family, encode_walked, walk
from srat_tool.tables.cdat import (
    CDAT_HEADER_SIZE,
    Cdat,
    CdatHeader,
    Dsemts,
    Dsis,
    Dslbis,
    Dsmas,
    DsmasFlags,
    Dsmscis,
    Sslbis,
    UnknownCdat,
)
from srat_tool.tables.defect import Decoded, Defect, DefectKind

_SWITCH_SIZE = 16


class _PlacedCdatHeader(NamedTuple):
    offset: int
    length: int
    revision: int
    checksum: int
    reserved: bytes
    sequence: int


CDAT_HEADER = Layout(
    _PlacedCdatHeader,
    Struct(
        "length" / Int32ul,
        "revision" / Int8ul,
        "checksum" / Int8ul,
        "reserved" / Bytes(6),
        "sequence" / Int32ul,
    ),
)


def _entries(fields: Mapping[str, int]) -> int:
    """Return how many numbers follow: four an entry, and whole entries only."""
    return max(0, fields["length"] - _SWITCH_SIZE) // 8 * 4


_START = ("type" / Int8ul, "reserved1" / Int8ul, "length" / Int16ul)
CDAT_STRUCTURES = Family(
    layouts={
        0: Layout(
            Dsmas,
            Struct(
                *_START,
                "handle" / Int8ul,
                "flags" / Int8ul,
                "reserved2" / Int16ul,
                "dpa_base" / Int64ul,
                "dpa_length" / Int64ul,
            ),
            defined={"flags": DsmasFlags},
        ),
        1: Layout(
            Dslbis,
            Struct(
                *_START,
                "handle" / Int8ul,
                "flags" / Int8ul,
                "data_type" / Int8ul,
                "reserved2" / Int8ul,
                "entry_base_unit" / Int64ul,
                "entry1" / Int16ul,
                "entry2" / Int16ul,
                "entry3" / Int16ul,
                "reserved3" / Int16ul,
            ),
        ),
        2: Layout(
            Dsmscis,
            Struct(
                *_START,
                "handle" / Int8ul,
                "reserved2" / Bytes(3),
                "cache_size" / Int64ul,
                "cache_attributes" / Int32ul,
            ),
        ),
        3: Layout(
            Dsis, Struct(*_START, "flags" / Int8ul, "handle" / Int8ul, "reserved2" / Int16ul)
        ),
        4: Layout(
            Dsemts,
            Struct(
                *_START,
                "handle" / Int8ul,
                "memory_type" / Int8ul,
                "reserved2" / Int16ul,
                "dpa_offset" / Int64ul,
                "dpa_length" / Int64ul,
            ),
        ),
        5: Layout(
            Sslbis,
            Struct(
                *_START,
                "data_type" / Int8ul,
                "reserved2" / Bytes(3),
                "entry_base_unit" / Int64ul,
                "entries" / Array(_entries, Int16ul),
            ),
        ),
    },
    unknown=Layout(UnknownCdat, Struct(*_START)),
)


def decode_cdat(data: bytes) -> Decoded[Cdat]:
    """Decode a CDAT; never raises, whatever the bytes are."""
    header = CdatHeader(*CDAT_HEADER.decode(data[:CDAT_HEADER_SIZE] + PADDING, 0)[1:])
    entries, walked = walk(data, CDAT_HEADER_SIZE, CDAT_STRUCTURES)
    table = Cdat(
        header=header,
        entries=tuple(entries),
        size=len(data),
        sums_up=sum(data) & 0xFF == 0,
    )
    return Decoded(table=table, defects=(*_container(data, table), *walked))


def encode_cdat(table: Cdat) -> bytes:
    """Write a CDAT as it states itself; for a decoded one, the bytes it came from."""
    head = CDAT_HEADER.encode(_PlacedCdatHeader(0, *table.header))
    return b"".join((head, *encode_walked(table.entries, CDAT_STRUCTURES)))[: table.size]


def _container(data: bytes, table: Cdat) -> Iterator[Defect]:
    """Yield what is wrong with the table as a whole: size, stated length, checksum."""
    size, stated = len(data), table.header.length
    if size < CDAT_HEADER_SIZE:
        message = f"{size} bytes are there, the header has {CDAT_HEADER_SIZE}"
        yield Defect(kind=DefectKind.TOO_SHORT_FOR_HEADER, offset=size, message=message)
    if stated > size:
        message = f"header length is {stated}, but only {size} bytes are there"
        yield Defect(kind=DefectKind.LENGTH_EXCEEDS_FILE, offset=0, message=message)
    elif stated < size:
        message = f"header length is {stated}, and {size - stated} bytes follow it"
        yield Defect(kind=DefectKind.TRAILING_BYTES, offset=stated, message=message)
    if not table.sums_up:
        right = (table.header.checksum - sum(data)) & 0xFF
        message = f"checksum is {table.header.checksum:#04x}, expected {right:#04x}"
        yield Defect(kind=DefectKind.BAD_CHECKSUM, offset=5, message=message)
