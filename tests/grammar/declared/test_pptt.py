"""The layout of the PPTT."""

from __future__ import annotations

import struct

from srat_tool.grammar.families import walked_table
from srat_tool.tables import kinds
from srat_tool.tables.defect import DefectKind
from srat_tool.tables.pptt import Cache, Identifier, OtherTopology, ProcessorNode
from tests.support import table_bytes

PPTT = walked_table(kinds.PPTT)


def _node(count: int, *resources: int) -> bytes:
    length = 20 + 4 * len(resources)
    head = struct.pack("<BBHIIII", 0, length, 0, 10, 0x24, 5, count)
    return head + struct.pack(f"<{len(resources)}I", *resources)


def test_nodes_and_caches() -> None:
    """A node lists its resources; a cache before revision 3 has no id."""
    cache = struct.pack("<BBHIIIIBBH", 1, 24, 0, 0x7F, 0, 32768, 64, 8, 0, 64)
    newer = bytes((1, 28)) + cache[2:] + struct.pack("<I", 9)
    ident = struct.pack("<BBHIQQHHH", 2, 30, 0, 0x4D4C4341, 1, 2, 3, 4, 5)
    data = table_bytes(b"PPTT", _node(2, 0x40, 0x58) + cache + newer + ident, revision=3)
    decoded = PPTT.decode(data)
    assert decoded.defects == ()
    node, old, new, last = decoded.table.entries
    assert isinstance(node, ProcessorNode)
    assert node.resources == (0x40, 0x58)
    assert isinstance(old, Cache)
    assert isinstance(new, Cache)
    assert (old.cache_id, new.cache_id) == (None, 9)
    assert isinstance(last, Identifier)
    assert PPTT.encode(decoded.table) == data


def test_more_resources_than_bytes() -> None:
    """A count larger than the structure is a defect; what is there is listed."""
    decoded = PPTT.decode(table_bytes(b"PPTT", _node(3, 0x40)))
    (node,) = decoded.table.entries
    assert isinstance(node, ProcessorNode)
    assert node.resources == (0x40,)
    assert [defect.kind for defect in decoded.defects] == [DefectKind.TOO_SHORT]


def test_other_types_are_kept() -> None:
    """A type that we do not describe is no defect here."""
    decoded = PPTT.decode(table_bytes(b"PPTT", b"\x05\x06abcd"))
    assert decoded.table.entries == (OtherTopology(36, 5, 6, b"abcd"),)
    assert decoded.defects == ()
