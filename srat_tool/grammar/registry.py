"""Which codec belongs to which signature; a new kind of table is one more row."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeAlias

from srat_tool.grammar.cedt import CEDT
from srat_tool.grammar.header import decode_opaque, encode_opaque
from srat_tool.grammar.hmat import HMAT
from srat_tool.grammar.layout import Layout
from srat_tool.grammar.madt import MADT
from srat_tool.grammar.msct import DOMAINS, decode_msct, encode_msct
from srat_tool.grammar.msct import FIXED_PART as MSCT_FIXED
from srat_tool.grammar.pptt import PPTT
from srat_tool.grammar.slit import FIXED_PART as SLIT_FIXED
from srat_tool.grammar.slit import decode_slit, encode_slit
from srat_tool.grammar.srat import SRAT
from srat_tool.grammar.walk import Family
from srat_tool.tables.cedt import Cedt
from srat_tool.tables.defect import Decoded
from srat_tool.tables.header import OpaqueTable
from srat_tool.tables.hmat import Hmat
from srat_tool.tables.madt import Madt
from srat_tool.tables.msct import Msct
from srat_tool.tables.pptt import Pptt
from srat_tool.tables.slit import Slit
from srat_tool.tables.srat import Srat

Table: TypeAlias = Srat | Slit | Hmat | Msct | Cedt | Madt | Pptt | OpaqueTable


class Codec(NamedTuple):
    """Both directions of one kind of table.

    Attributes:
        table: the class of the decoded table.
        decode: bytes to table; never raises.
        encode: table to bytes.
        fixed: the fields right behind the common header.
        family: the structures behind those, where there are any.
    """

    table: type[Any]
    decode: Callable[[bytes], Decoded[Any]]
    encode: Callable[[Any], bytes]
    fixed: Layout[Any] | None = None
    family: Family | None = None


CODECS: dict[bytes, Codec] = {
    b"SRAT": Codec(Srat, SRAT.decode, SRAT.encode, SRAT.fixed, SRAT.family),
    b"SLIT": Codec(Slit, decode_slit, encode_slit, SLIT_FIXED),
    b"HMAT": Codec(Hmat, HMAT.decode, HMAT.encode, HMAT.fixed, HMAT.family),
    b"MSCT": Codec(Msct, decode_msct, encode_msct, MSCT_FIXED, DOMAINS),
    b"CEDT": Codec(Cedt, CEDT.decode, CEDT.encode, CEDT.fixed, CEDT.family),
    b"APIC": Codec(Madt, MADT.decode, MADT.encode, MADT.fixed, MADT.family),
    b"PPTT": Codec(Pptt, PPTT.decode, PPTT.encode, PPTT.fixed, PPTT.family),
}
OPAQUE = Codec(OpaqueTable, decode_opaque, encode_opaque)
_BY_CLASS = {codec.table: codec for codec in (*CODECS.values(), OPAQUE)}


def decode(data: bytes) -> Decoded[Table]:
    """Decode a table by its signature; an unknown one comes back as header and body."""
    return CODECS.get(data[:4], OPAQUE).decode(data)


def encode(table: Table) -> bytes:
    """Write a table as it states itself; `encode(decode(data).table) == data` for any bytes."""
    return _BY_CLASS[type(table)].encode(table)
