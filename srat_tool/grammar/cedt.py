"""Layout of the CEDT (CXL 3.1, 9.18.1)."""

from __future__ import annotations

from collections.abc import Mapping

from construct import Array, Bytes, Int8ul, Int16ul, Int32ul, Int64ul, Struct, this

from srat_tool.grammar.codec import walked_codec
from srat_tool.grammar.layout import Layout
from srat_tool.grammar.walk import Family, WalkedTable
from srat_tool.tables.cedt import (
    WAYS,
    Cedt,
    Cfmws,
    Chbs,
    Csds,
    Cxims,
    Rdpas,
    UnknownDiscovery,
    WindowRestrictions,
)

_WINDOW_SIZE = 36


def _targets(fields: Mapping[str, int]) -> int:
    """Return how many host bridges a window names; with a reserved code, all that follow."""
    return WAYS.get(fields["encoded_ways"], (fields["length"] - _WINDOW_SIZE) // 4)


DISCOVERIES = Family(
    layouts={
        0: Layout(
            Chbs,
            Struct(
                "type" / Int8ul,
                "reserved1" / Int8ul,
                "length" / Int16ul,
                "uid" / Int32ul,
                "cxl_version" / Int32ul,
                "reserved2" / Int32ul,
                "base" / Int64ul,
                "register_length" / Int64ul,
            ),
        ),
        1: Layout(
            Cfmws,
            Struct(
                "type" / Int8ul,
                "reserved1" / Int8ul,
                "length" / Int16ul,
                "reserved2" / Int32ul,
                "base_hpa" / Int64ul,
                "window_size" / Int64ul,
                "encoded_ways" / Int8ul,
                "arithmetic" / Int8ul,
                "reserved3" / Int16ul,
                "granularity" / Int32ul,
                "restrictions" / Int16ul,
                "qtg_id" / Int16ul,
                "targets" / Array(_targets, Int32ul),
            ),
            defined={"restrictions": WindowRestrictions},
        ),
        2: Layout(
            Cxims,
            Struct(
                "type" / Int8ul,
                "reserved1" / Int8ul,
                "length" / Int16ul,
                "reserved2" / Int16ul,
                "granularity" / Int8ul,
                "map_count" / Int8ul,
                "maps" / Array(this.map_count, Int64ul),
            ),
        ),
        3: Layout(
            Rdpas,
            Struct(
                "type" / Int8ul,
                "reserved1" / Int8ul,
                "length" / Int16ul,
                "segment" / Int16ul,
                "bdf" / Int16ul,
                "base" / Int64ul,
                "protocol" / Int8ul,
                "reserved2" / Bytes(3),
            ),
        ),
        4: Layout(
            Csds,
            Struct(
                "type" / Int8ul,
                "reserved1" / Int8ul,
                "length" / Int16ul,
                "capabilities" / Int16ul,
                "reserved2" / Int16ul,
            ),
            defined={"capabilities": 0x3F},
        ),
    },
    unknown=Layout(
        UnknownDiscovery,
        Struct("type" / Int8ul, "reserved1" / Int8ul, "length" / Int16ul),
    ),
)
CEDT = WalkedTable(Cedt, Struct(), DISCOVERIES)
CODEC = walked_codec(Cedt, CEDT)
