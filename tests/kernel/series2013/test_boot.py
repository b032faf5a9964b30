"""A worked example: four ranges of three nodes, the kernel on node 0, under both variants."""

from __future__ import annotations

import pytest

from srat_tool.base.span import Span
from srat_tool.base.units import GIB, MIB, PAGE_SIZE
from srat_tool.kernel.series2013.boot import PlacedTables, SeriesBoot, SeriesInput, boot
from srat_tool.kernel.series2013.meminfo import Entry
from srat_tool.kernel.series2013.variant import INTENDED, V2_POSTED, SeriesVariant
from srat_tool.kernel.series2013.zones import Zone

RAM = (Span(0x1000, 0x9F000), Span(MIB, 0x7FFDF000), Span(4 * GIB, 14 * GIB))
RESERVED = (Span(0, 0x10000), Span(0x9F000, MIB), Span(16 * MIB, 48 * MIB))
ENTRIES = (
    Entry(0, 0, 2 * GIB, enabled=True, hot=False),
    Entry(0, 4 * GIB, 2 * GIB, enabled=True, hot=True),
    Entry(1, 6 * GIB, 4 * GIB, enabled=True, hot=True),
    Entry(2, 10 * GIB, 1 * GIB, enabled=True, hot=False),
    Entry(2, 11 * GIB, 3 * GIB, enabled=True, hot=True),
)


def _boot(variant: SeriesVariant, *options: str, page_size: str = "2M") -> SeriesBoot:
    return boot(
        SeriesInput(
            ram=RAM,
            reserved=RESERVED,
            pxm_to_node={0: 0, 1: 1, 2: 2},
            entries=ENTRIES,
            options=options,
            tables=PlacedTables(
                page_size=page_size, brk=Span(0x2400000, 0x2400000 + 6 * PAGE_SIZE)
            ),
        ),
        variant,
    )


def test_intended_reservations() -> None:
    """Page tables keep their own flag inside the hot ranges; node 0 is the kernel's."""
    state = _boot(INTENDED, "movablecore=acpi")
    assert list(state.kernel.because) == [0]
    flagged = [(r.base, r.end, r.nid, int(r.flags)) for r in state.after_hot if r.flags]
    assert flagged == [
        (0x17FFFE000, 0x180000000, 0, 1),
        (0x180000000, 0x27FFFD000, 1, 2),
        (0x27FFFD000, 0x280000000, 1, 1),
        (0x2C0000000, 0x37FFFD000, 2, 2),
        (0x37FFFD000, 0x380000000, 2, 1),
    ]
    assert state.placed is not None
    assert [(p.start, p.end) for p in state.placed.plain] == [(0x17FFFD000, 0x17FFFE000)]


def test_intended_zones_and_log() -> None:
    """ZONE_MOVABLE is what `movable_node` makes of it; the lines are the series' own."""
    state = _boot(INTENDED, "movablecore=acpi")
    assert {nid: node.zones for nid, node in state.nodes.items()} == {
        0: (
            Zone("DMA", 1, 4095, 3998),
            Zone("DMA32", 4096, 1044480, 520159),
            Zone("Normal", 1048576, 524288, 524288),
        ),
        1: (Zone("Movable", 1572864, 1048576, 1048576),),
        2: (Zone("Normal", 2621440, 262144, 262144), Zone("Movable", 2883584, 786432, 786432)),
    }
    assert state.node_data[1].on_node == 2
    assert state.node_data[2].on_node == 2
    assert state.log[:5] == [
        "SRAT: Node 0 PXM 0 [mem 0x00000000-0x7fffffff] ",
        "SRAT: Node 0 PXM 0 [mem 0x100000000-0x17fffffff] Hot Pluggable",
        "SRAT: Node 1 PXM 1 [mem 0x180000000-0x27fffffff] Hot Pluggable",
        "SRAT: Node 2 PXM 2 [mem 0x280000000-0x2bfffffff] ",
        "SRAT: Node 2 PXM 2 [mem 0x2c0000000-0x37fffffff] Hot Pluggable",
    ]
    assert state.log[state.log.index("Movable zone start for each node") + 1 :][:2] == [
        "  Node 1: 0x180000000",
        "  Node 2: 0x2c0000000",
    ]


def test_v2_as_posted_prints_bytes_as_pages_and_moves_nothing() -> None:
    """No kernel node is known, starts are 4096 times too high, and ZONE_MOVABLE spans nothing."""
    state = _boot(V2_POSTED, "movablecore=acpi")
    assert state.kernel.because == {}
    starts = state.log[state.log.index("Movable zone start for each node") + 1 :][:3]
    assert starts == [
        "  Node 0: 0x100000000000",
        "  Node 1: 0x180000000000",
        "  Node 2: 0x2c0000000000",
    ]
    movable = [z for node in state.nodes.values() for z in node.zones if z.name == "Movable"]
    assert all(zone.spanned == 0 for zone in movable)


def test_sizes_beside_the_switch_change_nothing() -> None:
    """kernelcore= and movablecore=SIZE are stored, and not used."""
    plain = _boot(INTENDED, "movablecore=acpi")
    sized = _boot(INTENDED, "kernelcore=2G", "movablecore=1G", "movablecore=acpi")
    assert sized.options.kernelcore == 2 * GIB // PAGE_SIZE
    assert sized.log == plain.log


def test_every_hot_page_is_freed_or_kept_or_leaked() -> None:
    """Nothing that was reserved as hotpluggable is lost from the account."""
    state = _boot(INTENDED, "movablecore=acpi")
    hot = sum(r.size for r in state.before_free if int(r.flags) == 2)
    assert hot == sum(r.size for r in (*state.freed.released, *state.freed.leaked))


def test_nodes_below_4_mib_are_not_registered_and_keep_their_start() -> None:
    """Such a node has no zones, and its line about ZONE_MOVABLE is printed all the same."""
    tiny = Entry(1, 4 * GIB, 2 * MIB, enabled=True, hot=True)
    state = boot(
        SeriesInput(
            ram=(Span(MIB, 2 * GIB), Span(4 * GIB, 4 * GIB + 2 * MIB)),
            reserved=RESERVED,
            pxm_to_node={0: 0, 1: 1},
            entries=(ENTRIES[0], tiny),
            options=("movablecore=acpi",),
        ),
        INTENDED,
    )
    assert list(state.nodes) == [0]
    assert list(state.too_small) == [1]
    assert "  Node 1: 0x100000000" in state.log


def test_all_memory_hot_and_no_kernel_node_known_is_a_panic() -> None:
    """As posted, a machine that is hot everywhere has no room for its own structures."""
    hot = tuple(entry._replace(hot=True) for entry in ENTRIES)
    machine = SeriesInput(
        ram=RAM,
        reserved=RESERVED,
        pxm_to_node={0: 0, 1: 1, 2: 2},
        entries=hot,
        options=("movablecore=acpi",),
    )
    assert boot(machine, V2_POSTED).panic == "ERROR: Failed to allocate 0x27000 bytes below 0x0.\n"
    assert boot(machine, INTENDED).panic is None


@pytest.mark.parametrize("page_size", ["4K", "2M", "1G"])
def test_the_nodes_present_pages_are_the_memory_map(page_size: str) -> None:
    """Page counts add up, wherever page tables went."""
    state = _boot(INTENDED, "movablecore=acpi", page_size=page_size)
    pages = sum(span.size for span in RAM) // PAGE_SIZE
    assert sum(node.present for node in state.nodes.values()) == pages
