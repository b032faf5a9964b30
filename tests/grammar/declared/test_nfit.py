"""NFIT bytes."""

from __future__ import annotations

import struct

from srat_tool.grammar.families import walked_table
from srat_tool.tables import kinds
from tests.support import table_bytes

NFIT = walked_table(kinds.NFIT)

RANGE = struct.pack("<HHHHII16sQQQ", 0, 56, 1, 2, 0, 3, bytes(16), 1 << 32, 1 << 30, 8)


def test_both_editions_of_a_range() -> None:
    """ACPI 6.4 appended the location cookie."""
    longer = struct.pack("<H", 0) + struct.pack("<H", 64) + RANGE[4:] + struct.pack("<Q", 9)
    data = table_bytes(b"NFIT", bytes(4) + RANGE + longer)
    decoded = NFIT.decode(data)
    assert decoded.defects == ()
    first, second = decoded.table.entries
    assert (first.base_address, first.domain, first.location_cookie) == (1 << 32, 3, None)
    assert second.location_cookie == 9
    assert NFIT.encode(decoded.table) == data


def test_other_structures_are_kept() -> None:
    """A control region is no defect."""
    data = table_bytes(b"NFIT", bytes(4) + struct.pack("<HH", 4, 32) + bytes(28))
    decoded = NFIT.decode(data)
    assert decoded.defects == ()
    assert decoded.table.entries[0].type == 4
