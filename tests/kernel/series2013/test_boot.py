"""A worked example: four ranges of three nodes, the kernel on node 0, under both variants."""

from __future__ import annotations

from dataclasses import replace

import pytest

from srat_tool.base.span import Span
from srat_tool.base.units import GIB, MIB, PAGE_SIZE
from srat_tool.kernel.events import DistanceTable, NodeSetUp
from srat_tool.kernel.profile import KernelProfile
from srat_tool.kernel.series2013.boot import SeriesBoot, boot_series
from srat_tool.kernel.zones import Zone
from srat_tool.tables.header import Header
from srat_tool.tables.slit import Slit
from tests.kernel.series2013.support import (
    EARLY,
    INTENDED,
    LOW_RAM,
    V2_POSTED,
    GivenMap,
    log,
    run,
    start,
    tables,
)
from tests.machines import mem

RAM = (*LOW_RAM, Span(4 * GIB, 14 * GIB))
ENTRIES = (
    mem(0, 0, 2 * GIB),
    mem(0, 4 * GIB, 6 * GIB, hot=True),
    mem(1, 6 * GIB, 10 * GIB, hot=True),
    mem(2, 10 * GIB, 11 * GIB),
    mem(2, 11 * GIB, 14 * GIB, hot=True),
)


def _boot(
    profile: KernelProfile, cmdline: str = "movablecore=acpi", page_size: str = "2M"
) -> SeriesBoot:
    return run(ENTRIES, RAM, cmdline, profile, page_size=page_size)


def test_intended_reservations() -> None:
    """Page tables keep their own flag inside the hot ranges; node 0 is the kernel's."""
    state = _boot(INTENDED)
    assert list(state.numa.info.kernel_nodes) == [0]
    flagged = [(r.base, r.end, r.nid, int(r.flags)) for r in state.after_hot if r.flags]
    assert flagged == [
        (0x17FFFE000, 0x180000000, 0, 1),
        (0x180000000, 0x27FFFD000, 1, 2),
        (0x27FFFD000, 0x280000000, 1, 1),
        (0x2C0000000, 0x37FFFD000, 2, 2),
        (0x37FFFD000, 0x380000000, 2, 1),
    ]
    assert [(p.start, p.end) for p in state.direct_map.plain] == [(0x17FFFD000, 0x17FFFE000)]


def test_intended_zones_and_log() -> None:
    """ZONE_MOVABLE is the same as under `movable_node`; the printed lines are the series'."""
    state = _boot(INTENDED)
    assert state.zones == (
        Zone(0, "DMA", 1, 4095, 3998),
        Zone(0, "DMA32", 4096, 1044480, 520159),
        Zone(0, "Normal", 1048576, 524288, 524288),
        Zone(1, "Movable", 1572864, 1048576, 1048576),
        Zone(2, "Normal", 2621440, 262144, 262144),
        Zone(2, "Movable", 2883584, 786432, 786432),
    )
    homes = {e.nid: e.on_nid for e in state.boot.events if isinstance(e, NodeSetUp)}
    assert homes == {0: 0, 1: 2, 2: 2}
    lines = log(state)
    assert lines[:5] == (
        "SRAT: Node 0 PXM 0 [mem 0x00000000-0x7fffffff] ",
        "SRAT: Node 0 PXM 0 [mem 0x100000000-0x17fffffff] Hot Pluggable",
        "SRAT: Node 1 PXM 1 [mem 0x180000000-0x27fffffff] Hot Pluggable",
        "SRAT: Node 2 PXM 2 [mem 0x280000000-0x2bfffffff] ",
        "SRAT: Node 2 PXM 2 [mem 0x2c0000000-0x37fffffff] Hot Pluggable",
    )
    assert lines[lines.index("Movable zone start for each node") + 1 :][:2] == (
        "  Node 1: 0x180000000",
        "  Node 2: 0x2c0000000",
    )


def test_v2_as_posted_prints_bytes_as_pages_and_moves_nothing() -> None:
    """No kernel node is known, starts are 4096 times too high, and ZONE_MOVABLE spans nothing."""
    state = _boot(V2_POSTED)
    assert state.numa.info.kernel_nodes == {}
    lines = log(state)
    assert lines[lines.index("Movable zone start for each node") + 1 :][:3] == (
        "  Node 0: 0x100000000000",
        "  Node 1: 0x180000000000",
        "  Node 2: 0x2c0000000000",
    )
    movable = [zone for zone in state.zones if zone.name == "Movable"]
    assert [zone.nid for zone in movable] == [0, 1, 2]
    assert all(zone.spanned == 0 for zone in movable)


def test_sizes_beside_the_switch_change_nothing() -> None:
    """kernelcore= and movablecore=SIZE are stored, and not used."""
    sized = _boot(INTENDED, "kernelcore=2G movablecore=1G movablecore=acpi")
    assert sized.boot.options.kernelcore == 2 * GIB // PAGE_SIZE
    assert log(sized) == log(_boot(INTENDED))


def test_every_hot_page_is_freed_or_kept_or_leaked() -> None:
    """Nothing that was reserved as HOTPLUGGABLE is lost from the account."""
    state = _boot(INTENDED)
    hot = sum(r.size for r in state.memblock.reserved if int(r.flags) == 2)
    assert hot == sum(r.size for r in (*state.freed.released, *state.freed.leaked))


def test_nodes_below_4_mib_are_not_registered_and_keep_their_start() -> None:
    """Such a node has no zones, and its line about ZONE_MOVABLE is printed all the same."""
    state = run(
        (ENTRIES[0], mem(1, 4 * GIB, 4 * GIB + 2 * MIB, hot=True)),
        (Span(MIB, 2 * GIB), Span(4 * GIB, 4 * GIB + 2 * MIB)),
    )
    assert state.numa.info.online == {0}
    assert {zone.nid for zone in state.zones} == {0}
    assert "  Node 1: 0x100000000" in log(state)


def test_all_memory_hot_and_no_kernel_node_known_is_a_panic() -> None:
    """As posted, a machine that is hot everywhere has no room for its own structures."""
    hot = tuple(entry._replace(flags=3) for entry in ENTRIES)
    dead = run(hot, RAM, profile=V2_POSTED)
    assert dead.panic == "ERROR: Failed to allocate 0x27000 bytes below 0x0.\n"
    assert dead.zones == ()
    assert log(dead)[-1].startswith("Initmem setup node 0")
    assert run(hot, RAM, profile=INTENDED).panic is None


@pytest.mark.parametrize("page_size", ["4K", "2M", "1G"])
def test_the_nodes_present_pages_are_the_memory_map(page_size: str) -> None:
    """Page counts add up, wherever page tables went."""
    state = _boot(INTENDED, page_size=page_size)
    pages = sum(span.size for span in RAM) // PAGE_SIZE
    assert sum(zone.present for zone in state.zones) == pages


def test_a_hot_block_in_a_hole_makes_a_node_without_ram() -> None:
    """It is registered, warned about, and its ZONE_MOVABLE counts pages that do not exist."""
    state = run((*ENTRIES, mem(3, 3 * GIB, 4 * GIB, hot=True)), RAM)
    assert "Could not find start_pfn for node 3" in log(state)
    (zone,) = [zone for zone in state.zones if zone.nid == 3]
    assert (zone.name, zone.spanned) == ("Movable", 0)


def test_distances_are_read_once_memory_is_mapped() -> None:
    """The base of the series parses the SLIT after the hot reservations, and reserves a page.

    The table of a rejected SRAT is not looked at.
    """
    slit = Slit(
        header=Header(b"SLIT", 53, 1, 0, b"", b"", 0, b"", 0),
        localities=3,
        entries=bytes((10, 20, 30, 20, 10, 40, 30, 40, 10)),
        tail=b"",
        size=53,
    )
    boot, memblock = start(RAM, EARLY, "movablecore=acpi")
    assert boot.profile.series is not None
    found = replace(tables(ENTRIES), slit=slit)
    state = boot_series(boot, memblock, found, GivenMap(boot, memblock), boot.profile.series)
    assert state.numa.info.distances.node_distance(1, 2) == 40
    (made,) = [event for event in boot.events if isinstance(event, DistanceTable)]
    assert boot.events.index(made) < next(
        at for at, event in enumerate(boot.events) if isinstance(event, NodeSetUp)
    )
    assert all(region in memblock.reserved.regions for region in state.after_hot)

    overlapping = [mem(0, 0, 8 * GIB), mem(1, 6 * GIB, 14 * GIB)]
    boot, memblock = start(RAM, EARLY, "movablecore=acpi")
    found = replace(tables(overlapping), slit=slit)
    assert boot.profile.series is not None
    boot_series(boot, memblock, found, GivenMap(boot, memblock), boot.profile.series)
    assert not [event for event in boot.events if isinstance(event, DistanceTable)]


def test_fake_nodes_are_made_behind_the_reservations() -> None:
    """`numa=fake=` cuts the nodes; what was reserved before keeps the node that it had."""
    state = run(ENTRIES, RAM, "movablecore=acpi numa=fake=1G")
    assert len(state.numa.info.online) > 10
    assert {r.nid for r in state.after_hot if int(r.flags) == 2} == {1, 2}
