"""Layout of the processor part of the MADT (ACPI 6.5, 5.2.12; type 24 from ACPI 6.6)."""

from __future__ import annotations

from srat_tool.grammar.codec import walked_codec
from srat_tool.grammar.layout import Layout
from srat_tool.grammar.walk import Family, WalkedTable
from srat_tool.tables.madt import (
    CorePic,
    Gicc,
    GiccFlags,
    GicIts,
    LocalApic,
    LocalApicFlags,
    LocalSapic,
    LocalX2Apic,
    Madt,
    OtherController,
    Rintc,
)

CONTROLLERS = Family(
    layouts={
        0: Layout(LocalApic, defined={"flags": LocalApicFlags}),
        7: Layout(LocalSapic, defined={"flags": LocalApicFlags}),
        9: Layout(LocalX2Apic, defined={"flags": LocalApicFlags}),
        11: Layout(
            Gicc,
            defined={"flags": GiccFlags},
            # ACPI 5.0, 5.1, 6.0, 6.5 and 6.7.
            sizes=(40, 76, 80, 82, 88),
        ),
        # Bit 0 of the flags from ACPI 6.6: not coherent.
        15: Layout(GicIts, defined={"flags": 1}),
        17: Layout(CorePic, defined={"flags": LocalApicFlags.ENABLED}),
        24: Layout(Rintc, defined={"flags": LocalApicFlags}),
    },
    unknown=Layout(OtherController),
    others_are_normal=True,
)
MADT = WalkedTable(Madt, CONTROLLERS)
CODEC = walked_codec(Madt, MADT)
