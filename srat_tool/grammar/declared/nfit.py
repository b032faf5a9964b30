"""Layout of the address ranges of the NFIT (ACPI 6.5, 5.2.25)."""

from __future__ import annotations

from construct import Bytes, Int16ul, Int32ul, Int64ul, Struct

STRUCTURES = {
    "SpaRange": Struct(
        "type" / Int16ul,
        "length" / Int16ul,
        "range_index" / Int16ul,
        "flags" / Int16ul,
        "reserved1" / Int32ul,
        "proximity_domain" / Int32ul,
        "type_guid" / Bytes(16),
        "base_address" / Int64ul,
        "range_length" / Int64ul,
        "memory_attributes" / Int64ul,
        "location_cookie" / Int64ul,
    ),
    "OtherNvdimm": Struct("type" / Int16ul, "length" / Int16ul),
    "Nfit": Struct("reserved" / Int32ul),
}
