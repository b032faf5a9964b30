"""Layout of the address ranges of the NFIT (ACPI 6.5, 5.2.25)."""

from __future__ import annotations

from construct import Bytes, Int16ul, Int32ul, Int64ul, Struct

from srat_tool.grammar.codec import walked_codec
from srat_tool.grammar.layout import Layout
from srat_tool.grammar.walk import Family, WalkedTable
from srat_tool.tables.nfit import Nfit, OtherNvdimm, SpaRange, SpaRangeFlags

NVDIMMS = Family(
    layouts={
        0: Layout(
            SpaRange,
            Struct(
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
            # ACPI 6.0 and 6.4.
            sizes=(56, 64),
            defined={"flags": SpaRangeFlags},
        ),
    },
    unknown=Layout(OtherNvdimm, Struct("type" / Int16ul, "length" / Int16ul)),
    others_are_normal=True,
)
NFIT = WalkedTable(Nfit, Struct("reserved" / Int32ul), NVDIMMS)
CODEC = walked_codec(Nfit, NFIT)
