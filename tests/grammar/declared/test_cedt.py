"""The layout of the CEDT: windows with as many targets as their ways declare."""

from __future__ import annotations

import struct

from srat_tool.grammar.families import walked_table
from srat_tool.tables import kinds
from srat_tool.tables.cedt import Cfmws, Chbs, Csds, Cxims, Rdpas
from srat_tool.tables.defect import DefectKind
from tests.support import table_bytes

CEDT = walked_table(kinds.CEDT)

CHBS = struct.pack("<BBHIIIQQ", 0, 0, 32, 7, 1, 0, 0xFED00000, 0x10000)


def _window(ways: int, targets: tuple[int, ...]) -> bytes:
    head = struct.pack("<BBHIQQ", 1, 0, 36 + 4 * len(targets), 0, 1 << 40, 1 << 32)
    rest = struct.pack("<BBHIHH", ways, 0, 0, 2, 6, 1)
    return head + rest + struct.pack(f"<{len(targets)}I", *targets)


def test_every_type() -> None:
    """Types 0 to 4 decode without a defect."""
    cxims = struct.pack("<BBHHBBQ", 2, 0, 16, 0, 1, 1, 0x404100)
    rdpas = struct.pack("<BBHHHQB3s", 3, 0, 20, 1, 0x100, 1 << 32, 1, b"\0\0\0")
    csds = struct.pack("<BBHHH", 4, 0, 8, 3, 0)
    data = table_bytes(b"CEDT", CHBS + _window(1, (7, 8)) + cxims + rdpas + csds)
    decoded = CEDT.decode(data)
    assert decoded.defects == ()
    assert [type(entry) for entry in decoded.table.entries] == [Chbs, Cfmws, Cxims, Rdpas, Csds]
    (window,) = decoded.table.windows
    assert (window.ways, window.targets, window.granularity_bytes) == (2, (7, 8), 1024)


def test_fewer_targets_than_ways() -> None:
    """The structure states fewer bytes than its ways need."""
    decoded = CEDT.decode(table_bytes(b"CEDT", _window(2, (7,)) + CHBS))
    assert decoded.table.windows[0].targets == (7,)
    assert [defect.kind for defect in decoded.defects] == [DefectKind.TOO_SHORT]
    assert isinstance(decoded.table.entries[1], Chbs)


def test_more_targets_than_ways() -> None:
    """Targets beyond the ways are kept as the rest of the structure."""
    data = table_bytes(b"CEDT", _window(0, (7, 8)))
    decoded = CEDT.decode(data)
    assert decoded.table.windows[0].extra == struct.pack("<I", 8)
    assert [defect.kind for defect in decoded.defects] == [DefectKind.TOO_LONG]
    assert CEDT.encode(decoded.table) == data


def test_a_reserved_number_of_ways() -> None:
    """How many targets belong to it is unknown: all that follow are taken."""
    decoded = CEDT.decode(table_bytes(b"CEDT", _window(5, (1, 2, 3))))
    assert decoded.table.windows[0].targets == (1, 2, 3)
    assert decoded.table.windows[0].ways is None
    assert decoded.defects == ()


def test_reserved_bytes_survive() -> None:
    """The reserved byte of the structure header is kept, of unknown types too."""
    data = table_bytes(b"CEDT", b"\x09\xee\x06\0zz" + CHBS[:1] + b"\xdd" + CHBS[2:])
    decoded = CEDT.decode(data)
    assert CEDT.encode(decoded.table) == data
    assert [defect.kind for defect in decoded.defects] == [DefectKind.UNKNOWN_TYPE]
