"""The layout of the MSCT: structures begin at the offset in the table."""

from __future__ import annotations

import struct

from srat_tool.grammar.msct import decode_msct, encode_msct
from srat_tool.tables.defect import DefectKind
from srat_tool.tables.msct import DomainInformation
from tests.support import table_bytes

INFORMATION = struct.pack("<BBIIIQ", 1, 22, 0, 3, 64, 1 << 40)


def _msct(offset: int, rest: bytes) -> bytes:
    return table_bytes(b"MSCT", struct.pack("<IIIQ", offset, 3, 0, (1 << 46) - 1) + rest)


def test_a_sound_table() -> None:
    """The fixed part and the ranges of domains."""
    decoded = decode_msct(_msct(0x38, INFORMATION))
    assert decoded.defects == ()
    assert decoded.table.maximum_domains_minus_one == 3
    assert decoded.table.entries == (DomainInformation(56, 1, 22, 0, 3, 64, 1 << 40),)


def test_a_gap_before_the_structures() -> None:
    """Bytes that the offset skips are kept."""
    data = _msct(0x3C, b"gap!" + INFORMATION)
    table = decode_msct(data).table
    assert table.gap == b"gap!"
    assert table.entries[0].offset == 0x3C
    assert encode_msct(table) == data


def test_an_offset_outside_the_table() -> None:
    """The structures are then read from where they usually lie."""
    for offset in (0, 0x37, 0xFFFFFFFF):
        decoded = decode_msct(_msct(offset, INFORMATION))
        assert [defect.kind for defect in decoded.defects] == [DefectKind.BAD_OFFSET]
        assert len(decoded.table.entries) == 1
