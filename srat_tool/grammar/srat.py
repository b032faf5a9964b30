"""Layout of the SRAT (ACPI 6.5, 5.2.16; type 7 from ACPI 6.6)."""

from __future__ import annotations

from typing import NamedTuple

from construct import Bytes, Int8ul, Int16ul, Int32ul, Int64ul, Struct

from srat_tool.grammar.header import PADDING, check_container, decode_header, encode_header
from srat_tool.grammar.layout import Layout
from srat_tool.grammar.walk import Family, encode_walked, walk
from srat_tool.tables.defect import Decoded
from srat_tool.tables.header import HEADER_SIZE
from srat_tool.tables.srat import (
    BODY_OFFSET,
    GenericInitiatorAffinity,
    GenericPortAffinity,
    GiccAffinity,
    GicItsAffinity,
    Hole,
    MemoryAffinity,
    ProcessorAffinity,
    RintcAffinity,
    Srat,
    UnknownAffinity,
    X2ApicAffinity,
)


class _FixedPart(NamedTuple):
    offset: int
    table_revision: int
    reserved: int


FIXED_PART = Layout(_FixedPart, Struct("table_revision" / Int32ul, "reserved" / Int64ul))

_GENERIC = Struct(
    "type" / Int8ul,
    "length" / Int8ul,
    "reserved1" / Int8ul,
    "device_handle_type" / Int8ul,
    "proximity_domain" / Int32ul,
    "device_handle" / Bytes(16),
    "flags" / Int32ul,
    "reserved2" / Int32ul,
)

AFFINITIES = Family(
    layouts={
        0: Layout(
            ProcessorAffinity,
            Struct(
                "type" / Int8ul,
                "length" / Int8ul,
                "proximity_domain_low" / Int8ul,
                "apic_id" / Int8ul,
                "flags" / Int32ul,
                "local_sapic_eid" / Int8ul,
                "proximity_domain_high" / Bytes(3),
                "clock_domain" / Int32ul,
            ),
        ),
        1: Layout(
            MemoryAffinity,
            Struct(
                "type" / Int8ul,
                "length" / Int8ul,
                "proximity_domain" / Int32ul,
                "reserved1" / Int16ul,
                "base_address" / Int64ul,
                "range_length" / Int64ul,
                "reserved2" / Int32ul,
                "flags" / Int32ul,
                "reserved3" / Int64ul,
            ),
        ),
        2: Layout(
            X2ApicAffinity,
            Struct(
                "type" / Int8ul,
                "length" / Int8ul,
                "reserved1" / Int16ul,
                "proximity_domain" / Int32ul,
                "x2apic_id" / Int32ul,
                "flags" / Int32ul,
                "clock_domain" / Int32ul,
                "reserved2" / Int32ul,
            ),
        ),
        3: Layout(
            GiccAffinity,
            Struct(
                "type" / Int8ul,
                "length" / Int8ul,
                "proximity_domain" / Int32ul,
                "acpi_processor_uid" / Int32ul,
                "flags" / Int32ul,
                "clock_domain" / Int32ul,
            ),
        ),
        4: Layout(
            GicItsAffinity,
            Struct(
                "type" / Int8ul,
                "length" / Int8ul,
                "proximity_domain" / Int32ul,
                "reserved1" / Int16ul,
                "its_id" / Int32ul,
            ),
        ),
        5: Layout(GenericInitiatorAffinity, _GENERIC),
        6: Layout(GenericPortAffinity, _GENERIC),
        7: Layout(
            RintcAffinity,
            Struct(
                "type" / Int8ul,
                "length" / Int8ul,
                "reserved1" / Int16ul,
                "proximity_domain" / Int32ul,
                "acpi_processor_uid" / Int32ul,
                "flags" / Int32ul,
                "clock_domain" / Int32ul,
            ),
        ),
    },
    unknown=UnknownAffinity,
    hole=Hole,
)


def decode_srat(data: bytes) -> Decoded[Srat]:
    """Decode a SRAT; never raises, whatever the bytes are."""
    header = decode_header(data)
    fixed = FIXED_PART.decode(data[:BODY_OFFSET] + PADDING, HEADER_SIZE)
    defects = check_container(data, header, BODY_OFFSET)
    entries, walked = walk(data, BODY_OFFSET, AFFINITIES)
    table = Srat(
        header=header,
        table_revision=fixed.table_revision,
        reserved=fixed.reserved,
        entries=tuple(entries),
        size=len(data),
    )
    return Decoded(table=table, defects=(*defects, *walked))


def encode_srat(table: Srat) -> bytes:
    """Write a SRAT exactly as it states itself; for a decoded one, the bytes it came from."""
    fixed = FIXED_PART.encode(_FixedPart(0, table.table_revision, table.reserved))
    parts = (encode_header(table.header), fixed, *encode_walked(table.entries, AFFINITIES))
    return b"".join(parts)[: table.size]
