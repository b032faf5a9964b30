"""The words of kernels before 3.5."""

from __future__ import annotations

import pytest

from srat_tool.base.span import Span
from srat_tool.kernel import events as ev
from srat_tool.kernel import table_events as tev
from srat_tool.kernel.printk import lines_of
from srat_tool.kernel.profiles import profile_for

OLD = profile_for("2.6.32-696.el6.x86_64")
V3_2 = profile_for("3.2.0-4-amd64")
LOW = ev.NumaBlock(0, 0xA0000, 0)
HIGH = ev.NumaBlock(0x100000, 0x80000000, 0)


@pytest.mark.parametrize(
    ("event", "lines"),
    [
        (
            tev.MemoryMapped(0, 0, Span(0, 0x80000000), False, False, None),
            ["SRAT: Node 0 PXM 0 0-80000000"],
        ),
        (
            tev.MemoryMapped(0, 0, Span(0x470000000, 0x1070000000), True, False, None),
            [
                "SRAT: Node 0 PXM 0 470000000-1070000000",
                "SRAT: hot plug zone found 470000000 - 1070000000 ",
            ],
        ),
        (tev.CpuMapped(1, 57, 1, 4, None), ["SRAT: PXM 1 -> APIC 57 -> Node 1"]),
        (
            ev.MemnodeHashed(31, Span(0xA000, 0xA140)),
            [
                "NUMA: Allocated memnodemap from a000 - a140",
                "NUMA: Using 31 for the hash shift.",
            ],
        ),
        (ev.MemnodeHashed(63, None), ["NUMA: Using 63 for the hash shift."]),
        (
            ev.NodeSetUp(1, Span(0x2080000000, 0x4080000000), Span(0x2080000040, 0x2080034040), 1),
            [
                "Bootmem setup node 1 0000002080000000-0000004080000000",
                "  NODE_DATA [0000002080000040 - 000000208003403f]",
            ],
        ),
        (ev.NodeFaked(Span(0, 0x40000000)), ["Faking a node at 0000000000000000-0000000040000000"]),
        (
            ev.ZoneRanges(
                (ev.ZoneRange("DMA", Span(0x1000, 0x1000000)), ev.ZoneRange("Normal", Span(0, 0)))
            ),
            [
                "Zone PFN ranges:",
                "  DMA      0x00000001 -> 0x00001000",
                "  Normal   0x00001000 -> 0x00001000",
            ],
        ),
        (
            ev.MovableStarts(((1, 0x100000000),)),
            ["Movable zone start PFN for each node", "  Node 1: 1048576"],
        ),
        (
            ev.NodeRanges((ev.NodeRange(0, Span(0x1000, 0x6C000)),)),
            ["early_node_map[1] active PFN ranges", "    0: 0x00000001 -> 0x0000006c"],
        ),
        (ev.NodeInitialized(0, Span(0x1000, 0x6C000)), []),
    ],
)
def test_2_6_32(event: ev.BootEvent, lines: list[str]) -> None:
    """Red Hat's 2.6.32, line for line."""
    assert list(lines_of(event, OLD)) == lines


ZONES = ev.ZoneRanges((ev.ZoneRange("DMA", Span(0, 0x1000000)), ev.ZoneRange("Normal", Span(0, 0))))
NODES = ev.NodeRanges((ev.NodeRange(0, Span(0x1000, 0x6C000)),))
MOVABLE = ev.MovableStarts(())


@pytest.mark.parametrize(
    ("release", "event", "lines"),
    [
        ("2.6.18-8.el5", ZONES, []),
        ("2.6.18-8.el5", NODES, []),
        ("2.6.22", MOVABLE, []),
        ("2.6.24", MOVABLE, ["Movable zone start PFN for each node"]),
        (
            "2.6.24",
            ZONES,
            [
                "Zone PFN ranges:",
                "  DMA             0 ->     4096",
                "  Normal       4096 ->     4096",
            ],
        ),
        ("2.6.24", NODES, ["early_node_map[1] active PFN ranges", "    0:        1 ->      108"]),
        (
            "2.6.27",
            NODES,
            ["early_node_map[1] active PFN ranges", "    0: 0x00000001 -> 0x0000006c"],
        ),
        (
            "2.6.38-8-server",
            ZONES,
            ["Zone PFN ranges:", "  DMA      0x00000000 -> 0x00001000", "  Normal   empty"],
        ),
    ],
)
def test_other_kernels_of_2_6(release: str, event: ev.BootEvent, lines: list[str]) -> None:
    """Zones came in 2.6.19, ZONE_MOVABLE in 2.6.23, hexadecimal in 2.6.27, `empty` in 2.6.34."""
    assert list(lines_of(event, profile_for(release))) == lines


@pytest.mark.parametrize(
    ("event", "line"),
    [
        (tev.CpuMapped(1, 57, 1, 4, None), "SRAT: PXM 1 -> APIC 0x39 -> Node 1"),
        (
            ev.BlocksMerged(LOW, HIGH, ev.NumaBlock(0, 0x80000000, 0)),
            "NUMA: Node 0 [0,a0000) + [100000,80000000) -> [0,80000000)",
        ),
        (
            ev.BlocksOverlap(HIGH, ev.NumaBlock(0x40000000, 0x90000000, 1)),
            "NUMA: node 0 (100000-80000000) overlaps with node 1 (40000000-90000000)",
        ),
        (
            ev.BlocksOverlap(HIGH, ev.NumaBlock(0x40000000, 0x90000000, 0)),
            "NUMA: Warning: node 0 (100000-80000000) overlaps with itself (40000000-90000000)",
        ),
        (ev.DistanceTable(2), "NUMA: Initialized distance table, cnt=2"),
        (
            ev.NotCovered(1 << 30, 3 << 30, 4 << 30),
            "NUMA: nodes only cover 1024MB of your 4096MB e820 RAM. Not used.",
        ),
    ],
)
def test_3_2(event: ev.BootEvent, line: str) -> None:
    """Between the rewrite of 3.0 and the wording of 3.5."""
    assert lines_of(event, V3_2)[0] == line
