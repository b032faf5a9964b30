"""Which codec belongs to which signature; a new kind of table is one more row."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeAlias

from srat_tool.grammar.header import decode_opaque, encode_opaque
from srat_tool.grammar.slit import decode_slit, encode_slit
from srat_tool.grammar.srat import decode_srat, encode_srat
from srat_tool.tables.defect import Decoded
from srat_tool.tables.header import OpaqueTable
from srat_tool.tables.slit import Slit
from srat_tool.tables.srat import Srat

Table: TypeAlias = Srat | Slit | OpaqueTable


class Codec(NamedTuple):
    """Both directions of one kind of table."""

    table: type[Any]
    decode: Callable[[bytes], Decoded[Any]]
    encode: Callable[[Any], bytes]


CODECS: dict[bytes, Codec] = {
    b"SRAT": Codec(Srat, decode_srat, encode_srat),
    b"SLIT": Codec(Slit, decode_slit, encode_slit),
}
OPAQUE = Codec(OpaqueTable, decode_opaque, encode_opaque)
_BY_CLASS = {codec.table: codec for codec in (*CODECS.values(), OPAQUE)}


def decode(data: bytes) -> Decoded[Table]:
    """Decode a table by its signature; an unknown one comes back as header and body."""
    return CODECS.get(data[:4], OPAQUE).decode(data)


def encode(table: Table) -> bytes:
    """Write a table as it states itself; `encode(decode(data).table) == data` for any bytes."""
    return _BY_CLASS[type(table)].encode(table)
