"""memblock's regions, dumped and planned."""

from __future__ import annotations

from srat_tool.compare.regions import dumped_memory, regions_part
from srat_tool.compare.verified import Verdict
from srat_tool.observe.bootlog import parse_boot_log
from srat_tool.observe.facts import BootLog
from tests.compare.sample import PLAN

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
 memory[0x1]\t[0x0000000000002000-0x0000000000002fff], 0x1000 bytes on node 1 flags: 0x81
 reserved.cnt  = 0x0
"""


def test_the_dump_with_nodes_is_taken() -> None:
    """The dump before NUMA initialisation knows no nodes and does not count."""
    assert dumped_memory(parse_boot_log(LOG)) == (
        "[mem 0x00001000-0x00001fff] node 0",
        "[mem 0x00002000-0x00002fff] node 1 0x80 HOTPLUG",
    )


def test_no_dump_is_no_evidence() -> None:
    """A log without memblock=debug has nothing to compare."""
    assert dumped_memory(parse_boot_log("Linux version 6.1.0\n")) == ()
    assert regions_part(PLAN, parse_boot_log("Linux version 6.1.0\n")) is None


def _dump(last: int) -> BootLog:
    """Return a log in which the second region ends at `last`."""
    return parse_boot_log(
        "Linux version 6.1.0\n"
        "MEMBLOCK configuration:\n"
        " memory size = 0xbffff000 reserved size = 0x0\n"
        " memory.cnt  = 0x2\n"
        " memory[0x0]\t[0x0000000000001000-0x000000007fffffff], 0x7ffff000 bytes on node 0 "
        "flags: 0x0\n"
        f" memory[0x1]\t[0x0000000080000000-{last:#018x}], {last - 0x7FFFFFFF:#x} bytes on node 1 "
        "flags: 0x1\n"
        " reserved.cnt  = 0x0\n"
    )


def test_regions_are_compared_one_by_one() -> None:
    """The first that differs is named, from both sides."""
    same = regions_part(PLAN, _dump(0xBFFFFFFF))
    assert same is not None
    assert (same.verdict, same.why, same.at) == (Verdict.EQUAL, "2 regions", None)
    other = regions_part(PLAN, _dump(0xBFFFEFFF))
    assert other is not None
    assert (other.verdict, other.at) == (Verdict.DIFFERENT, 1)
    assert other.predicted[1] == "[mem 0x80000000-0xbfffffff] node 1 HOTPLUG"
    assert other.seen[1] == "[mem 0x80000000-0xbfffefff] node 1 HOTPLUG"
