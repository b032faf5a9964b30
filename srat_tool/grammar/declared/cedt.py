"""Layout of the CEDT (CXL 3.1, 9.18.1)."""

from __future__ import annotations

from construct import Array, Bytes, Int8ul, Int16ul, Int32ul, Int64ul, Struct, this

from srat_tool.grammar.counts import window_targets

STRUCTURES = {
    "Chbs": Struct(
        "type" / Int8ul,
        "reserved1" / Int8ul,
        "length" / Int16ul,
        "uid" / Int32ul,
        "cxl_version" / Int32ul,
        "reserved2" / Int32ul,
        "base" / Int64ul,
        "register_length" / Int64ul,
    ),
    "Cfmws": Struct(
        "type" / Int8ul,
        "reserved1" / Int8ul,
        "length" / Int16ul,
        "reserved2" / Int32ul,
        "base_hpa" / Int64ul,
        "window_size" / Int64ul,
        "encoded_ways" / Int8ul,
        "arithmetic" / Int8ul,
        "reserved3" / Int16ul,
        "granularity" / Int32ul,
        "restrictions" / Int16ul,
        "qtg_id" / Int16ul,
        "targets" / Array(window_targets, Int32ul),
    ),
    "Cxims": Struct(
        "type" / Int8ul,
        "reserved1" / Int8ul,
        "length" / Int16ul,
        "reserved2" / Int16ul,
        "granularity" / Int8ul,
        "map_count" / Int8ul,
        "maps" / Array(this.map_count, Int64ul),
    ),
    "Rdpas": Struct(
        "type" / Int8ul,
        "reserved1" / Int8ul,
        "length" / Int16ul,
        "segment" / Int16ul,
        "bdf" / Int16ul,
        "base" / Int64ul,
        "protocol" / Int8ul,
        "reserved2" / Bytes(3),
    ),
    "Csds": Struct(
        "type" / Int8ul,
        "reserved1" / Int8ul,
        "length" / Int16ul,
        "capabilities" / Int16ul,
        "reserved2" / Int16ul,
    ),
    "UnknownDiscovery": Struct("type" / Int8ul, "reserved1" / Int8ul, "length" / Int16ul),
    "Cedt": Struct(),
}
