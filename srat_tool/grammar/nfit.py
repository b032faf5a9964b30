"""Layout of the address ranges of the NFIT (ACPI 6.5, 5.2.25)."""

from __future__ import annotations

from srat_tool.grammar.codec import walked_codec
from srat_tool.grammar.layout import Layout
from srat_tool.grammar.walk import Family, WalkedTable
from srat_tool.tables.nfit import Nfit, OtherNvdimm, SpaRange, SpaRangeFlags

NVDIMMS = Family(
    layouts={
        0: Layout(
            SpaRange,
            # ACPI 6.0 and 6.4.
            sizes=(56, 64),
            defined={"flags": SpaRangeFlags},
        ),
    },
    unknown=Layout(OtherNvdimm),
    others_are_normal=True,
)
NFIT = WalkedTable(Nfit, NVDIMMS)
CODEC = walked_codec(Nfit, NFIT)
