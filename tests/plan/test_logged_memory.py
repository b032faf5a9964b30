"""RAM and nodes of logs that show no memory map."""

from __future__ import annotations

import pytest

from srat_tool.base.span import Span
from srat_tool.kernel.e820 import ram_of
from srat_tool.observe.bootlog import parse_boot_log
from srat_tool.plan.logged_memory import logged_memory, node_spans

MIB, GIB = 1 << 20, 1 << 30
RANGES = """\
Early memory node ranges
  node   0: [mem 0x0000000080000000-0x00000000bfffffff]
  node   1: [mem 0x00000000c0000000-0x00000000ffffffff]
  node   0: [mem 0x0000000100000000-0x000000013fffffff]
  node   0: [mem 0x0000000150000000-0x000000015fffffff]
"""
SETUP = "Initmem setup node 0 [mem 0x0000000080000000-0x000000015fffffff]\n"
FAKED = "Faking a node at [mem 0x0000000000000000-0x000000017fffffff]\n"
ZONES = """\
Zone ranges:
  DMA32    [mem 0x0000000080000000-0x00000000ffffffff]
  Normal   [mem 0x0000000100000000-0x000000017fffffff]
"""
SRAT = "ACPI: SRAT: Node 0 PXM 0 [mem 0x80000000-0xbfffffff]\n"
COVER = "NUMA: nodes only cover 1024MB of your 4096MB e820 RAM. Not used.\n"
ADDED = "NUMA: Adding memblock [0x80000000 - 0xbfffffff] on node 0\n"


@pytest.mark.parametrize(
    ("text", "part", "ram"),
    [
        (RANGES + SETUP, "nodes", [(2 * GIB, 5 * GIB), (0x150000000, 0x160000000)]),
        (SETUP, "initmem", [(2 * GIB, 0x160000000)]),
        (SRAT + SETUP, "initmem", [(2 * GIB, 3 * GIB)]),
        (FAKED, "numa", [(0, 6 * GIB)]),
        (COVER + FAKED, "numa", [(0, 2 * GIB + MIB), (4 * GIB, 6 * GIB)]),
        (ADDED + FAKED, "added", [(2 * GIB, 3 * GIB)]),
        (ZONES, "zones", [(2 * GIB, 6 * GIB)]),
    ],
)
def test_the_most_exact_lines_tell_of_ram(text: str, part: str, ram: list[tuple[int, int]]) -> None:
    """Ranges, spans of nodes, the one node, and zones, in this order."""
    found = logged_memory(parse_boot_log(text))
    assert found is not None
    assert (found.part, [tuple(span) for span in ram_of(found.memory)]) == (part, ram)


def test_a_list_that_may_be_cut_off_says_so() -> None:
    """Nothing follows the last range."""
    found = logged_memory(parse_boot_log(RANGES))
    assert found is not None
    assert "cut off" in found.why


def test_nothing_tells_of_ram() -> None:
    """Entries of a SRAT alone do not."""
    assert logged_memory(parse_boot_log(SRAT)) is None


def test_ranges_of_nodes_are_joined_through_holes() -> None:
    """But not where another node is between."""
    assert node_spans(parse_boot_log(RANGES)) == [
        (0, Span(2 * GIB, 3 * GIB)),
        (1, Span(3 * GIB, 4 * GIB)),
        (0, Span(4 * GIB, 0x160000000)),
    ]
