"""Layout of the SRAT (ACPI 6.5, 5.2.16; type 7 from ACPI 6.6)."""

from __future__ import annotations

from srat_tool.grammar.codec import walked_codec
from srat_tool.grammar.layout import Layout
from srat_tool.grammar.walk import Family, WalkedTable
from srat_tool.tables.srat import (
    GenericFlags,
    GenericInitiatorAffinity,
    GenericPortAffinity,
    GiccAffinity,
    GicItsAffinity,
    MemoryAffinity,
    MemoryFlags,
    ProcessorAffinity,
    ProcessorFlags,
    RintcAffinity,
    Srat,
    UnknownAffinity,
    X2ApicAffinity,
)

_CPU_FLAGS = {"flags": ProcessorFlags}
_GENERIC_FLAGS = {"flags": GenericFlags}

AFFINITIES = Family(
    layouts={
        0: Layout(ProcessorAffinity, defined=_CPU_FLAGS),
        1: Layout(MemoryAffinity, defined={"flags": MemoryFlags}),
        2: Layout(X2ApicAffinity, defined=_CPU_FLAGS),
        3: Layout(GiccAffinity, defined=_CPU_FLAGS),
        4: Layout(GicItsAffinity),
        5: Layout(GenericInitiatorAffinity, defined=_GENERIC_FLAGS),
        6: Layout(GenericPortAffinity, defined=_GENERIC_FLAGS),
        7: Layout(RintcAffinity, defined=_CPU_FLAGS),
    },
    unknown=Layout(UnknownAffinity),
)
SRAT = WalkedTable(Srat, AFFINITIES)
CODEC = walked_codec(Srat, SRAT)
