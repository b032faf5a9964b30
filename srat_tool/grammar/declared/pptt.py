"""Layout of the PPTT (ACPI 6.5, 5.2.30; type 2 from ACPI 6.2)."""

from __future__ import annotations

from construct import Array, Int8ul, Int16ul, Int32ul, Int64ul, Struct, this

STRUCTURES = {
    "ProcessorNode": Struct(
        "type" / Int8ul,
        "length" / Int8ul,
        "reserved1" / Int16ul,
        "flags" / Int32ul,
        "parent" / Int32ul,
        "acpi_processor_id" / Int32ul,
        "resource_count" / Int32ul,
        "resources" / Array(this.resource_count, Int32ul),
    ),
    "Cache": Struct(
        "type" / Int8ul,
        "length" / Int8ul,
        "reserved1" / Int16ul,
        "flags" / Int32ul,
        "next_level" / Int32ul,
        "size" / Int32ul,
        "sets" / Int32ul,
        "associativity" / Int8ul,
        "attributes" / Int8ul,
        "line_size" / Int16ul,
        "cache_id" / Int32ul,
    ),
    "Identifier": Struct(
        "type" / Int8ul,
        "length" / Int8ul,
        "reserved1" / Int16ul,
        "vendor_id" / Int32ul,
        "level_1_id" / Int64ul,
        "level_2_id" / Int64ul,
        "major_revision" / Int16ul,
        "minor_revision" / Int16ul,
        "spin_revision" / Int16ul,
    ),
    "OtherTopology": Struct("type" / Int8ul, "length" / Int8ul),
    "Pptt": Struct(),
}
