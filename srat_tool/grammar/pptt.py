"""Layout of the PPTT (ACPI 6.5, 5.2.30; type 2 from ACPI 6.2)."""

from __future__ import annotations

from construct import Array, Int8ul, Int16ul, Int32ul, Int64ul, Struct, this

from srat_tool.grammar.codec import walked_codec
from srat_tool.grammar.layout import Layout
from srat_tool.grammar.walk import Family, WalkedTable
from srat_tool.tables.pptt import (
    Cache,
    CacheFlags,
    Identifier,
    NodeFlags,
    OtherTopology,
    Pptt,
    ProcessorNode,
)

TOPOLOGY = Family(
    layouts={
        0: Layout(
            ProcessorNode,
            Struct(
                "type" / Int8ul,
                "length" / Int8ul,
                "reserved1" / Int16ul,
                "flags" / Int32ul,
                "parent" / Int32ul,
                "acpi_processor_id" / Int32ul,
                "resource_count" / Int32ul,
                "resources" / Array(this.resource_count, Int32ul),
            ),
            defined={"flags": NodeFlags},
        ),
        1: Layout(
            Cache,
            Struct(
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
            # Revisions 1 and 2, then 3.
            sizes=(24, 28),
            defined={"flags": CacheFlags, "attributes": 0x1F},
        ),
        2: Layout(
            Identifier,
            Struct(
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
        ),
    },
    unknown=Layout(OtherTopology, Struct("type" / Int8ul, "length" / Int8ul)),
    others_are_normal=True,
)
PPTT = WalkedTable(Pptt, Struct(), TOPOLOGY)
CODEC = walked_codec(Pptt, PPTT)
