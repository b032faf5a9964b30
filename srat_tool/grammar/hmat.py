"""Layout of the HMAT (ACPI 6.5, 5.2.28; revision 1 from ACPI 6.2)."""

from __future__ import annotations

from srat_tool.grammar.codec import walked_codec
from srat_tool.grammar.layout import Layout
from srat_tool.grammar.walk import Family, WalkedTable
from srat_tool.tables.hmat import (
    Hmat,
    LatencyBandwidth,
    MemoryAttributes,
    MemoryProximityFlags,
    MemorySideCache,
    UnknownAttribute,
)

ATTRIBUTES = Family(
    layouts={
        0: Layout(MemoryAttributes, defined={"flags": MemoryProximityFlags.INITIATOR_VALID}),
        1: Layout(LatencyBandwidth, defined={"flags": 0x3F}),
        2: Layout(MemorySideCache),
    },
    unknown=Layout(UnknownAttribute),
)
HMAT = WalkedTable(Hmat, ATTRIBUTES)
CODEC = walked_codec(Hmat, HMAT)
