"""The layout of the SLIT: a count, and a square of bytes."""

from __future__ import annotations

import struct

from srat_tool.grammar.slit import decode_slit, encode_slit
from srat_tool.tables.defect import DefectKind
from tests.support import table_bytes


def _slit(count: int, body: bytes) -> bytes:
    return table_bytes(b"SLIT", struct.pack("<Q", count) + body)


def test_a_sound_matrix() -> None:
    """Row and column are domain numbers."""
    decoded = decode_slit(_slit(2, bytes((10, 21, 22, 10))))
    assert decoded.defects == ()
    assert decoded.table.distance(0, 1) == 21
    assert decoded.table.distance(1, 0) == 22


def test_bytes_behind_the_matrix_are_kept() -> None:
    """Real boards ship one locality in a table made for eight."""
    data = _slit(1, b"\x0a" + bytes(63))
    table = decode_slit(data).table
    assert table.tail == bytes(63)
    assert encode_slit(table) == data


def test_a_matrix_past_the_end() -> None:
    """The rows that are there are kept; the missing ones read as None."""
    data = _slit(3, bytes((10, 20, 20, 20)))
    decoded = decode_slit(data)
    assert [defect.kind for defect in decoded.defects] == [DefectKind.MATRIX_PAST_END]
    assert decoded.table.distance(1, 0) == 20
    assert decoded.table.distance(2, 2) is None
    assert encode_slit(decoded.table) == data


def test_an_absurd_count_costs_nothing() -> None:
    """2^64-1 localities are a defect, not work."""
    decoded = decode_slit(_slit((1 << 64) - 1, b"\x0a"))
    assert decoded.table.entries == b"\x0a"
    assert not decoded.table.is_complete
