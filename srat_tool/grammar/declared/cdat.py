"""Layout of the CDAT (Coherent Device Attribute Table Specification 1.04)."""

from __future__ import annotations

from construct import Array, Bytes, Int8ul, Int16ul, Int32ul, Int64ul, Struct

from srat_tool.grammar.counts import switch_numbers

_START = ("type" / Int8ul, "reserved1" / Int8ul, "length" / Int16ul)
STRUCTURES = {
    "_PlacedCdatHeader": Struct(
        "length" / Int32ul,
        "revision" / Int8ul,
        "checksum" / Int8ul,
        "reserved" / Bytes(6),
        "sequence" / Int32ul,
    ),
    "Dsmas": Struct(
        *_START,
        "handle" / Int8ul,
        "flags" / Int8ul,
        "reserved2" / Int16ul,
        "dpa_base" / Int64ul,
        "dpa_length" / Int64ul,
    ),
    "Dslbis": Struct(
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
    "Dsmscis": Struct(
        *_START,
        "handle" / Int8ul,
        "reserved2" / Bytes(3),
        "cache_size" / Int64ul,
        "cache_attributes" / Int32ul,
    ),
    "Dsis": Struct(*_START, "flags" / Int8ul, "handle" / Int8ul, "reserved2" / Int16ul),
    "Dsemts": Struct(
        *_START,
        "handle" / Int8ul,
        "memory_type" / Int8ul,
        "reserved2" / Int16ul,
        "dpa_offset" / Int64ul,
        "dpa_length" / Int64ul,
    ),
    "Sslbis": Struct(
        *_START,
        "data_type" / Int8ul,
        "reserved2" / Bytes(3),
        "entry_base_unit" / Int64ul,
        "entries" / Array(switch_numbers, Int16ul),
    ),
    "UnknownCdat": Struct(*_START),
}
