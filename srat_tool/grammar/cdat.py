"""Layout of the CDAT (Coherent Device Attribute Table Specification 1.04)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from srat_tool.grammar.header import PADDING, checksum_defects, length_defects
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


class _PlacedCdatHeader(NamedTuple):
    offset: int
    length: int
    revision: int
    checksum: int
    reserved: bytes
    sequence: int


CDAT_HEADER = Layout(_PlacedCdatHeader)
_CHECKSUM_OFFSET = 5
CDAT_STRUCTURES = Family(
    layouts={
        0: Layout(Dsmas, defined={"flags": DsmasFlags}),
        1: Layout(Dslbis),
        2: Layout(Dsmscis),
        3: Layout(Dsis),
        4: Layout(Dsemts),
        5: Layout(Sslbis),
    },
    unknown=Layout(UnknownCdat),
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
    size = len(data)
    if size < CDAT_HEADER_SIZE:
        message = f"{size} bytes are there, the header has {CDAT_HEADER_SIZE}"
        yield Defect(kind=DefectKind.TOO_SHORT_FOR_HEADER, offset=size, message=message)
    yield from length_defects(size, table.header.length, 0)
    yield from checksum_defects(data, table.header.checksum, _CHECKSUM_OFFSET)
