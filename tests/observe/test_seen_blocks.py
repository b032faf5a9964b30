"""Memory blocks of a running kernel, from whichever source shows them."""

from __future__ import annotations

from srat_tool.base.span import Span
from srat_tool.base.units import MIB
from srat_tool.observe.seen_blocks import SeenBlocks, SeenRun, seen_blocks
from srat_tool.observe.sysnode import SysMemory, parse_sysnode
from srat_tool.observe.zoneinfo import ZoneInfo

BLOCK = 128 * MIB
LSMEM = """\
RANGE                                 SIZE   STATE REMOVABLE          ZONES NODE BLOCK
0x0000000000000000-0x0000000007ffffff 128M  online       yes           None    0     0
0x0000000008000000-0x000000000fffffff 128M  online       yes         Normal    0     1
0x0000000010000000-0x0000000017ffffff 128M  online       yes         Normal    0     2
0x0000000018000000-0x000000001fffffff 128M offline       yes Normal/Movable    1     3

Memory block size:       128M
"""
FILES = {
    "memory/block_size_bytes": "8000000\n",
    "memory/memory0/state": "online\n",
    "memory/memory0/valid_zones": "none\n",
    "memory/memory1/state": "online\n",
    "memory/memory1/valid_zones": "Normal\n",
    "memory/memory2/state": "online\n",
    "memory/memory2/valid_zones": "Normal\n",
    "memory/memory3/state": "offline\n",
    "memory/memory3/valid_zones": "Normal Movable\n",
    "node/node0/memory0": "",
    "node/node0/memory1": "",
    "node/node0/memory2": "",
    "node/node1/memory3": "",
}
RUNS = (
    SeenRun(Span(0, BLOCK), 0, True, ()),
    SeenRun(Span(BLOCK, 3 * BLOCK), 0, True, ("Normal",)),
    SeenRun(Span(3 * BLOCK, 4 * BLOCK), 1, False, ("Normal", "Movable")),
)


def test_sysfs_and_lsmem_tell_the_same() -> None:
    """Equal neighbours are one run; a block in several zones has none."""
    files = seen_blocks(parse_sysnode(FILES), LSMEM)
    assert files == SeenBlocks(source="sysfs", size=BLOCK, runs=RUNS)
    report = seen_blocks(SysMemory(), LSMEM)
    assert report == SeenBlocks(source="lsmem", size=BLOCK, runs=RUNS)


def test_zones_are_the_last_resort() -> None:
    """They do not show which blocks there are; memory of devices is none."""
    zones = (
        ZoneInfo(0, "Normal", 512, 512, 500, 256),
        ZoneInfo(0, "Movable", 0, 0, 0, 0),
        ZoneInfo(0, "Device", 512, 512, 0, 1024),
        ZoneInfo(1, "Normal", 512, 512, 500, None),
    )
    shown = seen_blocks(SysMemory(), "", zones)
    assert shown is not None
    assert (shown.source, shown.whole, shown.size) == ("zoneinfo", False, None)
    assert shown.runs == (SeenRun(Span(MIB, 3 * MIB), 0, True, ("Normal",)),)
    assert seen_blocks(SysMemory()) is None
