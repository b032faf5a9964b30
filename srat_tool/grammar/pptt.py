"""Layout of the PPTT (ACPI 6.5, 5.2.30; type 2 from ACPI 6.2)."""

from __future__ import annotations

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
        0: Layout(ProcessorNode, defined={"flags": NodeFlags}),
        1: Layout(
            Cache,
            # Revisions 1 and 2, then 3.
            sizes=(24, 28),
            defined={"flags": CacheFlags, "attributes": 0x1F},
        ),
        2: Layout(Identifier),
    },
    unknown=Layout(OtherTopology),
    others_are_normal=True,
)
PPTT = WalkedTable(Pptt, TOPOLOGY)
CODEC = walked_codec(Pptt, PPTT)
