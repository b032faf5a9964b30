"""Which codec belongs to which signature, by the rows of `tables/kinds.py`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from srat_tool.base.rawtable import RawTable
from srat_tool.grammar.codec import Codec
from srat_tool.grammar.families import walked_table
from srat_tool.grammar.header import decode_opaque, encode_opaque
from srat_tool.tables.defect import Decoded
from srat_tool.tables.header import OpaqueTable
from srat_tool.tables.kinds import BY_SIGNATURE, KINDS

if TYPE_CHECKING:
    from srat_tool.tables.cedt import Cedt
    from srat_tool.tables.hmat import Hmat
    from srat_tool.tables.madt import Madt
    from srat_tool.tables.msct import Msct
    from srat_tool.tables.nfit import Nfit
    from srat_tool.tables.pptt import Pptt
    from srat_tool.tables.slit import Slit
    from srat_tool.tables.srat import Srat

T = TypeVar("T")
Table: TypeAlias = "Srat | Slit | Hmat | Msct | Cedt | Madt | Pptt | Nfit | OpaqueTable"


@cache
def _codec(signature: bytes) -> Codec:
    """Make the codec of a kind when the first table of the kind turns up."""
    kind = BY_SIGNATURE[signature]
    if kind.grammar:
        codec: Codec = import_module(f"srat_tool.grammar.{kind.grammar}").CODEC
        return codec
    walked = walked_table(kind)
    return Codec(walked.make, walked.decode, walked.encode, walked.fixed, walked.family)


class _Codecs(Mapping[bytes, Codec]):
    def __getitem__(self, signature: bytes) -> Codec:
        return _codec(signature)

    def __contains__(self, signature: object) -> bool:
        return signature in BY_SIGNATURE

    def __iter__(self) -> Iterator[bytes]:
        return iter(BY_SIGNATURE)

    def __len__(self) -> int:
        return len(BY_SIGNATURE)


CODECS: Mapping[bytes, Codec] = _Codecs()
OPAQUE = Codec(OpaqueTable, decode_opaque, encode_opaque)


@cache
def _by_class() -> dict[type[object], Codec]:
    return {codec.table: codec for codec in (*CODECS.values(), OPAQUE)}


def decode(data: bytes) -> Decoded[Table]:
    """Decode a table by its signature; an unknown one comes back as header and body."""
    return CODECS.get(data[:4], OPAQUE).decode(data)


def first_table(tables: Iterable[RawTable], made: type[T]) -> T | None:
    """Return the first table of a class, such as `Srat`, decoded; None where there is none."""
    signature = next(kind.signature for kind in KINDS if kind.made == made.__name__)
    raw = next((raw for raw in tables if raw.signature == signature), None)
    table = None if raw is None else decode(raw.data).table
    return table if isinstance(table, made) else None


def encode(table: Table) -> bytes:
    """Write a table as it states itself; `encode(decode(data).table) == data` for any bytes."""
    return _by_class()[type(table)].encode(table)
