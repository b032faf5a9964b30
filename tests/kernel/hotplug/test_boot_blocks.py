"""Boot memory by memory block: nodes, zones, holes, early allocations."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from srat_tool.base.span import Span
from srat_tool.base.units import GIB, MIB, PAGE_SHIFT
from srat_tool.kernel.hotplug.boot_blocks import BlockRun, ZoneOfNode, boot_blocks
from srat_tool.kernel.hotplug.occupants import Content, Occupant
from srat_tool.kernel.memblock import Memblock
from srat_tool.kernel.zones import Zone

BLOCK = 128 * MIB


def _zone(nid: int, name: str, start: int, end: int) -> Zone:
    pages = (end - start) >> PAGE_SHIFT
    return Zone(nid, name, start >> PAGE_SHIFT, pages, pages)


def _machine() -> tuple[Memblock, list[Zone]]:
    memblock = Memblock()
    memblock.add(MIB, GIB - MIB, 0)
    memblock.add(GIB, GIB - 64 * MIB, 1)
    zones = [
        _zone(0, "DMA", MIB, 16 * MIB),
        _zone(0, "DMA32", 16 * MIB, GIB),
        _zone(1, "DMA32", GIB, GIB + 256 * MIB),
        _zone(1, "Movable", GIB + 256 * MIB, 2 * GIB - 64 * MIB),
    ]
    return memblock, zones


def test_each_run_has_its_nodes_zones_and_holes() -> None:
    """The first block meets two zones, the last one is not RAM to its end."""
    runs = boot_blocks(*_machine(), BLOCK, ())
    assert [(run.span.start // BLOCK, run.span.end // BLOCK, run.nid) for run in runs] == [
        (0, 1, 0),
        (1, 8, 0),
        (8, 10, 1),
        (10, 15, 1),
        (15, 16, 1),
    ]
    assert runs[0].zones == (ZoneOfNode(0, "DMA"), ZoneOfNode(0, "DMA32"))
    assert runs[3].zones == (ZoneOfNode(1, "Movable"),)
    assert runs[4].hole == Span(2 * GIB - 64 * MIB, 2 * GIB)


def test_a_block_with_memory_of_two_nodes_has_no_node() -> None:
    """Nodes that share a block are both named, with their zones."""
    memblock = Memblock()
    memblock.add(0, 64 * MIB, 0)
    memblock.add(64 * MIB, 64 * MIB, 1)
    zones = [_zone(0, "DMA32", 0, 64 * MIB), _zone(1, "DMA32", 64 * MIB, 128 * MIB)]
    (run,) = boot_blocks(memblock, zones, BLOCK, ())
    assert run.nids == (0, 1)
    assert run.nid is None
    assert run.zones == (ZoneOfNode(0, "DMA32"), ZoneOfNode(1, "DMA32"))


def test_an_allocation_is_in_each_block_that_it_touches() -> None:
    """Its neighbours are free of it."""
    taken = Occupant(Span(300 * MIB, 400 * MIB), Content("kernel image"))
    runs = boot_blocks(*_machine(), BLOCK, (taken,))
    held = [run for run in runs if run.occupants]
    assert [(run.span.start // BLOCK, run.span.end // BLOCK) for run in held] == [(2, 4)]


def _seen_singly(memblock: Memblock, zones: list[Zone], occupants: list[Occupant]) -> set[object]:
    """Ask about one block at a time, without any bisection."""
    answers: set[object] = set()
    for number in range(32):
        window = Span(number * BLOCK, (number + 1) * BLOCK)
        ram = [r for r in memblock.memory if r.span.overlaps(window)]
        nids = {r.nid for r in ram}
        if nids:
            met = frozenset(
                (z.nid, z.name)
                for z in zones
                if z.nid in nids
                and Span(z.start << PAGE_SHIFT, (z.start + z.spanned) << PAGE_SHIFT).overlaps(
                    window
                )
            )
            names = frozenset(o.what for o in occupants if o.span.overlaps(window))
            hole = sum(r.span.clip(window).size for r in ram) < BLOCK
            answers.add((number, frozenset(nids), met, names, hole))
    return answers


def _spread(runs: tuple[BlockRun, ...]) -> set[object]:
    return {
        (
            number,
            frozenset(run.nids),
            frozenset((zone.nid, zone.name) for zone in run.zones),
            frozenset(one.what for one in run.occupants),
            bool(run.hole),
        )
        for run in runs
        for number in range(run.span.start // BLOCK, run.span.end // BLOCK)
    }


@given(
    edges=st.lists(st.integers(0, 4095), min_size=2, max_size=12, unique=True),
    taken=st.lists(st.tuples(st.integers(0, 4000), st.integers(1, 90)), max_size=6),
)
def test_runs_say_what_each_block_alone_would_say(
    edges: list[int], taken: list[tuple[int, int]]
) -> None:
    """Joining equal blocks changes nothing else."""
    memblock, zones = Memblock(), []
    edges.sort()
    for nid, (start, end) in enumerate(zip(edges[::2], edges[1::2], strict=False)):
        memblock.add(start * MIB, (end - start) * MIB, nid % 3)
    for nid in range(3):
        mine = [region.span for region in memblock.memory if region.nid == nid]
        if mine:
            zones.append(_zone(nid, "Normal", mine[0].start, mine[-1].end))
    occupants = [
        Occupant(Span(start * MIB, (start + size) * MIB), Content(f"n{at}"))
        for at, (start, size) in enumerate(taken)
    ]
    runs = boot_blocks(memblock, zones, BLOCK, occupants)
    assert _spread(runs) == _seen_singly(memblock, zones, occupants)


def test_pages_decide_where_zones_of_a_mirrored_node_overlap() -> None:
    """Up to 5.17 a block is in the zones of its pages; from 5.18 on in all that span it."""
    memblock = Memblock(marks_mirror=True)
    memblock.add(4 * GIB, GIB, 0)
    memblock.mark_mirror(4 * GIB, 320 * MIB)
    zones = [
        _zone(0, "Normal", 4 * GIB, 5 * GIB),
        _zone(0, "Movable", 4 * GIB + 320 * MIB, 5 * GIB),
    ]

    def names(*, by_page: bool) -> list[list[str]]:
        runs = boot_blocks(memblock, zones, BLOCK, (), by_page=by_page)
        return [[zone.name for zone in run.zones] for run in runs]

    assert names(by_page=True) == [["Normal"], ["Normal", "Movable"], ["Movable"]]
    assert names(by_page=False) == [["Normal"], ["Normal", "Movable"]]


def test_a_page_of_two_ranges_of_one_node_is_no_hole() -> None:
    """It is given to the page allocator once both are alike; one of two nodes never is.

    Booted: 6.12, where such blocks of ZONE_MOVABLE go offline.
    """
    memblock = Memblock()
    border = 64 * MIB + 0x800
    memblock.add(0, border, 0)
    memblock.add(border, BLOCK - border, 0)
    memblock.mark_hotplug(border, BLOCK - border)
    assert len(memblock.memory.regions) == 2
    zones = [_zone(0, "DMA32", 0, BLOCK)]
    (run,) = boot_blocks(memblock, zones, BLOCK, ())
    assert not run.hole
    memblock.set_node(border, BLOCK - border, 1)
    (run,) = boot_blocks(memblock, [*zones, _zone(1, "DMA32", 0, BLOCK)], BLOCK, ())
    assert run.hole == Span(64 * MIB, 64 * MIB + 4096)


def test_memory_that_no_zone_spans() -> None:
    """Booted: 6.12 with kernelcore=mirror and movable_node, whose zones miss a part of a node."""
    memblock = Memblock()
    memblock.add(0, 2 * BLOCK, 0)
    zones = [_zone(0, "Movable", 64 * MIB, 2 * BLOCK)]
    first, second = boot_blocks(memblock, zones, BLOCK, ())
    assert first.outside == Span(0, 64 * MIB)
    assert not first.hole
    assert not second.outside
