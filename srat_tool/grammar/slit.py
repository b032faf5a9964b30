"""Layout of the SLIT (ACPI 6.5, 5.2.17)."""

from __future__ import annotations

from typing import NamedTuple

from srat_tool.grammar.codec import Codec
from srat_tool.grammar.header import PADDING, check_container, decode_header, encode_header
from srat_tool.grammar.layout import Layout
from srat_tool.tables.defect import Decoded, Defect, DefectKind
from srat_tool.tables.header import HEADER_SIZE
from srat_tool.tables.slit import BODY_OFFSET, Slit


class _SlitFixedPart(NamedTuple):
    offset: int
    localities: int


FIXED_PART = Layout(_SlitFixedPart)


def decode_slit(data: bytes) -> Decoded[Slit]:
    """Decode a SLIT; never raises, whatever the bytes are."""
    header = decode_header(data)
    localities = FIXED_PART.decode(data[:BODY_OFFSET] + PADDING, HEADER_SIZE).localities
    defects = check_container(data, header, BODY_OFFSET)
    body = data[BODY_OFFSET:]
    wanted = localities * localities
    if wanted > len(body):
        message = f"{localities} localities need {wanted} bytes, {len(body)} are there"
        defects.append(Defect(kind=DefectKind.MATRIX_PAST_END, offset=BODY_OFFSET, message=message))
    table = Slit(
        header=header,
        localities=localities,
        entries=body[:wanted],
        tail=body[wanted:],
        size=len(data),
    )
    return Decoded(table=table, defects=tuple(defects))


def encode_slit(table: Slit) -> bytes:
    """Write a SLIT exactly as it states itself; for a decoded one, the bytes it came from."""
    fixed = FIXED_PART.encode(_SlitFixedPart(0, table.localities))
    return (encode_header(table.header) + fixed + table.entries + table.tail)[: table.size]


CODEC = Codec(Slit, decode_slit, encode_slit, FIXED_PART)
