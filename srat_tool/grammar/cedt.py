"""Layout of the CEDT (CXL 3.1, 9.18.1)."""

from __future__ import annotations

from srat_tool.grammar.codec import walked_codec
from srat_tool.grammar.layout import Layout
from srat_tool.grammar.walk import Family, WalkedTable
from srat_tool.tables.cedt import (
    Cedt,
    Cfmws,
    Chbs,
    Csds,
    Cxims,
    Rdpas,
    UnknownDiscovery,
    WindowRestrictions,
)

DISCOVERIES = Family(
    layouts={
        0: Layout(Chbs),
        1: Layout(Cfmws, defined={"restrictions": WindowRestrictions}),
        2: Layout(Cxims),
        3: Layout(Rdpas),
        4: Layout(Csds, defined={"capabilities": 0x3F}),
    },
    unknown=Layout(UnknownDiscovery),
)
CEDT = WalkedTable(Cedt, DISCOVERIES)
CODEC = walked_codec(Cedt, CEDT)
