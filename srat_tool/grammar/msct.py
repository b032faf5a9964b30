"""Layout of the MSCT (ACPI 6.5, 5.2.19); its first field gives the offset of the structures."""

from __future__ import annotations

from typing import NamedTuple

from srat_tool.grammar.codec import Codec
from srat_tool.grammar.families import family_of
from srat_tool.grammar.header import PADDING, check_container, decode_header, encode_header
from srat_tool.grammar.layout import Layout
from srat_tool.grammar.walk import encode_walked, walk
from srat_tool.tables.defect import Decoded, Defect, DefectKind
from srat_tool.tables.header import HEADER_SIZE
from srat_tool.tables.kinds import MSCT
from srat_tool.tables.msct import Msct


class _MsctFixedPart(NamedTuple):
    offset: int
    information_offset: int
    maximum_domains_minus_one: int
    maximum_clock_domains_minus_one: int
    maximum_address: int


FIXED_PART = Layout(_MsctFixedPart)
DOMAINS = family_of(MSCT)


def decode_msct(data: bytes) -> Decoded[Msct]:
    """Decode a MSCT; never raises, whatever the bytes are."""
    header = decode_header(data)
    fixed = FIXED_PART.decode(data[: MSCT.fixed_size] + PADDING, HEADER_SIZE)
    defects = check_container(data, header, MSCT.fixed_size)
    start = fixed.information_offset
    if not MSCT.fixed_size <= start <= len(data):
        message = f"the structures' offset {start:#x} is outside the table; read at 0x38"
        defects.append(Defect(kind=DefectKind.BAD_OFFSET, offset=HEADER_SIZE, message=message))
        start = MSCT.fixed_size
    entries, walked = walk(data, start, DOMAINS)
    table = Msct(
        header=header,
        **{name: getattr(fixed, name) for name in FIXED_PART.fields},
        gap=data[MSCT.fixed_size : start],
        entries=tuple(entries),
        size=len(data),
    )
    return Decoded(table=table, defects=(*defects, *walked))


def encode_msct(table: Msct) -> bytes:
    """Write a MSCT exactly as it states itself; for a decoded one, the bytes it came from."""
    values = (getattr(table, name) for name in FIXED_PART.fields)
    fixed = FIXED_PART.packed.pack(*values)
    parts = (encode_header(table.header), fixed, table.gap, *encode_walked(table.entries, DOMAINS))
    return b"".join(parts)[: table.size]


CODEC = Codec(Msct, decode_msct, encode_msct, FIXED_PART, DOMAINS)
