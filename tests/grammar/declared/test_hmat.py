"""The layout of the HMAT: lists whose counts are in the structure."""

from __future__ import annotations

import struct

import pytest

from srat_tool.grammar.families import walked_table
from srat_tool.tables import kinds
from srat_tool.tables.defect import DefectKind
from srat_tool.tables.hmat import LatencyBandwidth, MemoryAttributes, MemorySideCache
from srat_tool.tables.structure import Hole
from tests.support import table_bytes

HMAT = walked_table(kinds.HMAT)

ATTRIBUTES = struct.pack("<HHIHHIIIQQ", 0, 0, 40, 1, 0, 3, 4, 0, 0, 0)


def _locality(initiators: list[int], targets: list[int], entries: list[int]) -> bytes:
    lists = struct.pack(f"<{len(initiators)}I{len(targets)}I", *initiators, *targets)
    lists += struct.pack(f"<{len(entries)}H", *entries)
    counts = (len(initiators), len(targets))
    head = struct.pack("<HHIBBBBIIIQ", 1, 0, 32 + len(lists), 0, 1, 0, 0, *counts, 0, 1000)
    return head + lists


def _hmat(*structures: bytes) -> bytes:
    return table_bytes(b"HMAT", bytes(4) + b"".join(structures), revision=2)


def test_lists_and_matrix() -> None:
    """Initiators, targets and one row of entries per initiator."""
    decoded = HMAT.decode(_hmat(_locality([0, 1], [0, 1, 7], [1, 2, 3, 4, 0, 0xFFFF])))
    (found,) = decoded.table.entries
    assert decoded.defects == ()
    assert isinstance(found, LatencyBandwidth)
    assert (found.initiators, found.targets) == ((0, 1), (0, 1, 7))
    assert [found.value(1, column) for column in range(3)] == [4000, None, None]


def test_attributes_and_cache() -> None:
    """Types 0 and 2 carry their fields, the cache its list of handles."""
    cache = struct.pack("<HHIIIQIHH2H", 2, 0, 36, 4, 0, 1 << 30, 0x00401121, 0, 2, 7, 8)
    decoded = HMAT.decode(_hmat(ATTRIBUTES, cache))
    first, second = decoded.table.entries
    assert decoded.defects == ()
    assert isinstance(first, MemoryAttributes)
    assert (first.initiator_domain, first.memory_domain) == (3, 4)
    assert isinstance(second, MemorySideCache)
    assert second.smbios_handles == (7, 8)


@pytest.mark.parametrize("length", range(8, 56))
def test_a_short_matrix_keeps_what_is_there(length: int) -> None:
    """A length that cuts the lists gives fewer items, a defect, and the next structure whole."""
    whole = _locality([0, 1], [0, 1], [1, 2, 3, 4])
    assert len(whole) == 56
    data = _hmat(whole[:4] + struct.pack("<I", length) + whole[8:length], ATTRIBUTES)
    decoded = HMAT.decode(data)
    assert HMAT.encode(decoded.table) == data
    assert DefectKind.TOO_SHORT in {defect.kind for defect in decoded.defects}
    assert isinstance(decoded.table.entries[-1], MemoryAttributes)


def test_absurd_counts_cost_nothing() -> None:
    """Counts of 2^32-1 end in a defect, not in memory."""
    head = struct.pack("<HHIBBBBIIIQ", 1, 0, 40, 0, 1, 0, 0, (1 << 32) - 1, (1 << 32) - 1, 0, 1)
    decoded = HMAT.decode(_hmat(head + bytes(8)))
    (found,) = decoded.table.entries
    assert isinstance(found, LatencyBandwidth)
    assert (found.initiators, found.targets, found.entries) == ((0, 0), (), ())
    assert [defect.kind for defect in decoded.defects] == [DefectKind.TOO_SHORT]


def test_a_tail_too_short_for_a_length() -> None:
    """A structure needs eight bytes to state its length."""
    decoded = HMAT.decode(_hmat(ATTRIBUTES, b"\x01\0\0\0\x28"))
    assert decoded.table.entries[1] == Hole(80, 1, 0, b"\x01\0\0\0\x28")
    assert [defect.kind for defect in decoded.defects] == [DefectKind.DANGLING_TAIL]


def test_zeros_between_structures() -> None:
    """A zero length makes a hole; the structure after it is found."""
    decoded = HMAT.decode(_hmat(bytes(24), ATTRIBUTES))
    assert [type(entry) for entry in decoded.table.entries] == [Hole, MemoryAttributes]
