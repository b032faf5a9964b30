"""memblock's regions, dumped and planned."""

from __future__ import annotations

from srat_tool.compare.regions import dumped_memory
from srat_tool.observe.bootlog import parse_boot_log

LOG = """\
Linux version 6.1.0
MEMBLOCK configuration:
 memory size = 0x2000 reserved size = 0x0
 memory.cnt  = 0x1
 memory[0x0]\t[0x0000000000001000-0x0000000000002fff], 0x2000 bytes flags: 0x0
 reserved.cnt  = 0x0
MEMBLOCK configuration:
 memory size = 0x2000 reserved size = 0x0
 memory.cnt  = 0x2
 memory[0x0]\t[0x0000000000001000-0x0000000000001fff], 0x1000 bytes on node 0 flags: 0x0
 memory[0x1]\t[0x0000000000002000-0x0000000000002fff], 0x1000 bytes on node 1 flags: 0x11
 reserved.cnt  = 0x0
"""


def test_the_dump_with_nodes_is_taken() -> None:
    """The dump before NUMA initialisation knows no nodes and does not count."""
    assert dumped_memory(parse_boot_log(LOG)) == (
        "[mem 0x00001000-0x00001fff] node 0",
        "[mem 0x00002000-0x00002fff] node 1 0x10 HOTPLUG",
    )


def test_no_dump_is_no_evidence() -> None:
    """A log without memblock=debug has nothing to compare."""
    assert dumped_memory(parse_boot_log("Linux version 6.1.0\n")) == ()
