"""Zones of 3.9 and 3.10: limits that are not cut, sizes that are spread, counts that wrap."""

from __future__ import annotations

from srat_tool.base.span import Pfn
from srat_tool.base.units import GIB, MIB, PAGE_SIZE, U64
from srat_tool.kernel.memblock import Memblock
from srat_tool.kernel.series2013.zones import (
    Zone,
    ZoneMap,
    movable_pfns_for_sizes,
    node_zones,
    zone_limits,
)

PAGES = GIB // PAGE_SIZE


def _machine(*gib: tuple[int, int, int]) -> tuple[Memblock, ZoneMap]:
    mb = Memblock()
    for start, end, nid in gib:
        mb.add(start * GIB, (end - start) * GIB, nid)
    return mb, ZoneMap(zone_limits(mb, Pfn(mb.end_of_dram // PAGE_SIZE)))


def test_limits_of_a_small_machine_are_not_cut() -> None:
    """DMA32 ends at 4 GiB even when RAM ends at 2 GiB."""
    mb, zones = _machine((0, 2, 0))
    zones.find_usable_zone_for_movable()
    assert zones.movable_zone == "DMA32"
    assert zones.log(mb)[1:4] == [
        "  DMA      [mem 0x00000000-0x00ffffff]",
        "  DMA32    [mem 0x01000000-0xffffffff]",
        "  Normal   empty",
    ]


def test_everything_above_the_start_is_movable() -> None:
    """A start in the middle of a node cuts its kernel zone there."""
    mb, zones = _machine((0, 2, 0), (4, 8, 1))
    zones.find_usable_zone_for_movable()
    zones.movable_pfn = {1: 5 * PAGES}
    assert node_zones(zones, mb, 1).zones == (
        Zone("Normal", 4 * PAGES, PAGES, PAGES),
        Zone("Movable", 5 * PAGES, 3 * PAGES, 3 * PAGES),
    )


def test_a_start_in_bytes_spans_nothing_and_wraps_the_count() -> None:
    """As first posted: ZONE_MOVABLE is empty, and its present pages are an absurd number."""
    mb, zones = _machine((0, 2, 0), (4, 8, 1))
    zones.movable_pfn = {1: 4 * GIB}
    node = node_zones(zones, mb, 1)
    assert node.zones[-1] == Zone("Movable", 0, 0, 4 * GIB - 4096)
    assert node.present == 4 * PAGES + 4 * GIB - 4096


def test_a_start_below_the_nodes_ram_costs_present_pages() -> None:
    """Absent pages are counted from the start, though the zone begins where RAM does."""
    mb, zones = _machine((0, 2, 0), (5, 8, 1))
    zones.find_usable_zone_for_movable()
    zones.movable_pfn = {1: 4 * PAGES}
    assert node_zones(zones, mb, 1).zones == (Zone("Movable", 5 * PAGES, 3 * PAGES, 2 * PAGES),)


def test_kernelcore_is_spread_evenly() -> None:
    """What node 0 has below 4 GiB counts, the rest is asked of the others."""
    mb, zones = _machine((0, 2, 0), (4, 8, 1))
    starts = movable_pfns_for_sizes(zones, mb, 3 * PAGES, 0)
    assert starts == {0: 2 * PAGES, 1: 5 * PAGES}
    zones.movable_pfn = starts
    assert node_zones(zones, mb, 1).zones[-1].spanned == 3 * PAGES


def test_movablecore_beyond_all_memory_wraps() -> None:
    """3.10 does not limit the size: what the kernel is to keep becomes an absurd number."""
    mb, zones = _machine((0, 2, 0), (4, 8, 1))
    starts = movable_pfns_for_sizes(zones, mb, 0, 64 * PAGES)
    assert starts == {0: 2 * PAGES, 1: 8 * PAGES}
    zones.movable_pfn = starts
    assert all(zone.name != "Movable" for zone in node_zones(zones, mb, 1).zones)


def test_no_size_means_no_zone() -> None:
    """Without a request nothing is movable, and the highest zone is not even looked for."""
    mb, zones = _machine((0, 2, 0), (4, 8, 1))
    assert movable_pfns_for_sizes(zones, mb, 0, 0) == {}
    assert zones.movable_zone == "DMA"


def test_start_past_the_end_leaves_phantom_pages() -> None:
    """Rounding past the end of a node spans nothing but is counted as present."""
    mb = Memblock()
    mb.add(0, 2 * GIB, 0)
    mb.add(4 * GIB, GIB + MIB, 1)
    zones = ZoneMap(zone_limits(mb, Pfn((5 * GIB + MIB) // PAGE_SIZE)))
    zones.find_usable_zone_for_movable()
    zones.movable_pfn = {1: (5 * GIB + 4 * MIB) // PAGE_SIZE}
    movable = node_zones(zones, mb, 1).zones[-1]
    assert movable == Zone("Movable", 0, 0, 3 * MIB // PAGE_SIZE)
    assert movable.present <= U64
