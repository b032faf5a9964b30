"""How a kernel reports that it uses the memory, in the words of every family."""

from __future__ import annotations

import pytest

from srat_tool.base.span import Span
from srat_tool.observe.answer import PARTS, answer_parts, join_ranges, part_of, squeezed
from srat_tool.observe.bootlog import parse_boot_log
from srat_tool.observe.facts import Coverage, NodeRangeLine, NodeSetupLine, ZoneLine

MIB, GIB = 1 << 20, 1 << 30
NEW = """\
Zone ranges:
  DMA      [mem 0x0000000000001000-0x0000000000ffffff]
  Normal   empty
Movable zone start for each node
Early memory node ranges
  node   0: [mem 0x0000000000001000-0x000000000009ffff]
  node   1: [mem 0x0000000000100000-0x0000000000ffffff]
Initmem setup node 0 [mem 0x0000000000001000-0x000000000009ffff]
"""
OLD = """\
Zone PFN ranges:
  DMA      0x00000001 -> 0x00001000
  Normal   empty
Movable zone start PFN for each node
early_node_map[2] active PFN ranges
    0: 0x00000001 -> 0x000000a0
    1: 0x00000100 -> 0x00001000
On node 0 totalpages: 159
"""
DECIMAL = OLD.replace("0x00000001 -> 0x00001000", "1 -> 4096").replace("0x00000001 -> 0x0", "1 -> ")


@pytest.mark.parametrize("text", [NEW, OLD, NEW.replace("  ", " "), NEW.replace("\n  ", "\n")])
def test_zones_and_ranges(text: str) -> None:
    """Addresses or page frames, with any indentation."""
    answer = parse_boot_log(text).answer
    assert answer.zones == (ZoneLine("DMA", Span(4096, 16 * MIB)), ZoneLine("Normal", None))
    assert answer.node_ranges == (
        NodeRangeLine(0, Span(4096, 0xA0000)),
        NodeRangeLine(1, Span(MIB, 16 * MIB)),
    )
    assert (answer.lists_all_zones, answer.lists_all_ranges, answer.nids) == (True, True, (0, 1))
    assert (answer.begins_with, answer.ends_zones) == ("zones", True)


def test_decimal_page_frames() -> None:
    """Kernels before 2.6.27 print them so."""
    text = "Zone PFN ranges:\n  DMA             1 ->     4096\nMovable zone start\n"
    assert parse_boot_log(text).answer.zones == (ZoneLine("DMA", Span(4096, 16 * MIB)),)


def test_a_cut_inside_a_list_is_seen() -> None:
    """A list is whole once something follows it."""
    lines = NEW.splitlines(keepends=True)
    assert not parse_boot_log("".join(lines[:3])).answer.lists_all_zones
    assert not parse_boot_log("".join(lines[:6])).answer.lists_all_ranges


@pytest.mark.parametrize(
    ("line", "nid"),
    [
        ("NUMA: Initmem setup node 1 [<memory-less node>]", 1),
        ("Initmem setup node 2 as memoryless", 2),
        ("Initmem setup node 3 [mem 0x0000000000000000-0x0000000000000000]", 3),
        ("Could not find start_pfn for node 4", 4),
    ],
)
def test_nodes_without_memory(line: str, nid: int) -> None:
    """Four kernels, four wordings."""
    assert parse_boot_log(line).answer.setups == (NodeSetupLine(nid, None),)


@pytest.mark.parametrize(
    ("line", "coverage"),
    [
        (
            "NUMA: nodes only cover 6144MB of your 8185MB e820 RAM. Not used.",
            Coverage(2041 * MIB, 8185 * MIB),
        ),
        (
            "SRAT: PXMs only cover 100MB of your 300MB e820 RAM. Not used.",
            Coverage(200 * MIB, 300 * MIB),
        ),
        ("NUMA: no nodes coverage for 5MB of 8185MB RAM", Coverage(5 * MIB, 8185 * MIB)),
    ],
)
def test_why_a_table_was_not_used(line: str, coverage: Coverage) -> None:
    """Three kernels complain about RAM that is in no range."""
    answer = parse_boot_log(line).answer
    assert answer.coverage == coverage
    assert answer.rejected is not None


def test_verdicts_on_tables() -> None:
    """Distances, a SLIT that is none, one node, none at all, and emulated ones."""
    answer = parse_boot_log(
        "ACPI: SRAT: SRAT not used.\nNUMA: Initialized distance table, cnt=2\n"
        "ACPI: SLIT table looks invalid. Not used.\nNUMA turned off\n"
        "Faking a node at [mem 0x0000000000000000-0x000000003fffffff]\n"
        "Faking node 0 at [mem 0x0000000000000000-0x000000001fffffff] (512MB)\n"
    ).answer
    assert (answer.says_not_used, answer.distance_nodes, answer.slit_invalid) == (True, 2, True)
    assert (answer.numa_off, answer.faked, answer.emulated) == (True, Span(0, GIB), True)


def test_what_arm64_gave_to_nodes() -> None:
    """Its own driver lists memory, and its words identify the architecture."""
    log = parse_boot_log("NUMA: Adding memblock [0x80000000 - 0xbfffffff] on node 0\n")
    assert log.answer.added == (NodeRangeLine(0, Span(2 * GIB, 3 * GIB)),)
    assert log.machine == "aarch64"


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("SRAT: PXM 0 -> APIC 0x00 -> Node 0", "cpus"),
        ("SRAT: PXMs only cover 1MB of your 2MB e820 RAM. Not used.", "numa"),
        ("ACPI: SRAT: Node 0 PXM 0 [mem 0x00000000-0x0009ffff]", "srat"),
        ("NUMA: NODE_DATA [mem 0x23fdff0840-0x23fdff1fff]", None),
        ("NUMA: Node 0 [mem 0x0-0x1] + [mem 0x2-0x3] -> [mem 0x0-0x3]", "numa"),
        ("  node   0: [mem 0x1000-0x1fff]", "nodes"),
        ("  Node 0: 0x0000000100000000", "movable"),
        ("DMA zone: 64 pages used for memmap", None),
    ],
)
def test_lines_and_their_parts(line: str, part: str | None) -> None:
    """Each line belongs to one part, or to none."""
    assert part_of(squeezed(line)) == part
    assert part is None or part in PARTS
    assert answer_parts([line]) == ({} if part is None else {part: (squeezed(line),)})


def test_ranges_that_meet() -> None:
    """Two of one node become one, those of two nodes stay."""
    lines = (
        "node 0: [mem 0x0000000080000000-0x00000000ffffffff]",
        "node 0: [mem 0x0000000100000000-0x00000001ffffffff]",
        "node 1: [mem 0x0000000200000000-0x00000002ffffffff]",
    )
    assert join_ranges(lines) == (
        "node 0: [mem 0x0000000080000000-0x00000001ffffffff]",
        lines[2],
    )


@pytest.mark.parametrize("nid", ["1024", "-1"])
def test_ram_without_a_node(nid: str) -> None:
    """Kernels up to 6.7 call it MAX_NUMNODES, which is no node with that number."""
    log = parse_boot_log(f"Early memory node ranges\n  node {nid}: [mem 0x1000-0x9efff]\n")
    assert [line.nid for line in log.answer.node_ranges] == [-1]


@pytest.mark.parametrize(("start", "is_all"), [(0x80000000, True), (0x90000000, False)])
def test_a_zone_with_the_lowest_ram_is_the_first(start: int, is_all: bool) -> None:
    """A list of zones without its heading may lack more, unless all RAM is in what is there."""
    text = (
        f"  DMA32    [mem {start:#018x}-0x00000000ffffffff]\n"
        "  Normal   empty\n"
        "Movable zone start for each node\n"
        "Early memory node ranges\n"
        "  node   0: [mem 0x0000000080000000-0x00000000ffffffff]\n"
    )
    assert parse_boot_log(text).answer.lists_all_zones is is_all
