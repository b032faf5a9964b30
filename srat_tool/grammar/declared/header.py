"""The common header (ACPI 6.5, 5.2.6), and tables of which nothing else is known."""

from __future__ import annotations

from construct import Bytes, Int8ul, Int32ul, Struct

STRUCTURES = {
    "_PlacedHeader": Struct(
        "signature" / Bytes(4),
        "length" / Int32ul,
        "revision" / Int8ul,
        "checksum" / Int8ul,
        "oem_id" / Bytes(6),
        "oem_table_id" / Bytes(8),
        "oem_revision" / Int32ul,
        "creator_id" / Bytes(4),
        "creator_revision" / Int32ul,
    ),
}
