"""The table of memory blocks."""

from __future__ import annotations

from srat_tool.base.span import Span
from srat_tool.observe.lsmem import LsmemRange, block_bytes, parse_lsmem

ALL = """\
RANGE                                  SIZE   STATE REMOVABLE   ZONES NODE BLOCK
0x0000000000000000-0x0000000007ffffff  128M  online       yes    None    0     0
0x0000000100000000-0x0000000107ffffff  128M offline                      1    32
"""
SHORT = """\
RANGE                                  SIZE  STATE REMOVABLE  BLOCK
0x0000000000000000-0x000000007fffffff    2G online       yes   0-15

Memory block size:       128M
Total online memory:       2G
"""


def test_with_nodes() -> None:
    """A row of every block, with its node."""
    first, second = parse_lsmem(ALL)
    assert first == LsmemRange(Span(0, 128 << 20), online=True, nid=0, zones=())
    assert second.span == Span(4 << 30, (4 << 30) + (128 << 20))
    assert not second.online
    assert (second.nid, second.zones) == (1, None)


def test_as_it_is_by_default() -> None:
    """A row of blocks that are alike, and no node."""
    assert parse_lsmem(SHORT) == (LsmemRange(Span(0, 2 << 30), online=True, nid=None),)


def test_other_text_gives_nothing() -> None:
    """Without the title there is no table."""
    assert parse_lsmem("lsmem: command not found\n0x0-0xf 1 online\n") == ()


def test_zones_and_the_size_of_a_block() -> None:
    """Names as the kernel has them; an offline block has two, and None is no single zone."""
    text = (
        ALL + "0x0000000108000000-0x000000010fffffff  128M offline yes Normal/Movable    1    33\n"
    )
    rows = parse_lsmem(text)
    assert [row.zones for row in rows] == [(), None, ("Normal", "Movable")]
    assert block_bytes(SHORT) == 128 << 20
    assert block_bytes(ALL) is None
