"""Layout of the MSCT (ACPI 6.5, 5.2.19); its first field gives the offset of the structures."""

from __future__ import annotations

from construct import Int8ul, Int32ul, Int64ul, Struct

STRUCTURES = {
    "_MsctFixedPart": Struct(
        "information_offset" / Int32ul,
        "maximum_domains_minus_one" / Int32ul,
        "maximum_clock_domains_minus_one" / Int32ul,
        "maximum_address" / Int64ul,
    ),
    "DomainInformation": Struct(
        "type" / Int8ul,
        "length" / Int8ul,
        "first_domain" / Int32ul,
        "last_domain" / Int32ul,
        "maximum_processors" / Int32ul,
        "maximum_memory" / Int64ul,
    ),
    "UnknownInformation": Struct("type" / Int8ul, "length" / Int8ul),
}
