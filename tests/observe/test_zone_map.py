"""RAM from the zones of a running kernel."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from srat_tool.base.span import Span
from srat_tool.base.units import PAGE_SIZE
from srat_tool.observe.lsmem import LsmemRange
from srat_tool.observe.zone_map import zone_map
from srat_tool.observe.zoneinfo import ZoneInfo


def _zone(nid: int, name: str, start: int | None, spanned: int, present: int) -> ZoneInfo:
    return ZoneInfo(nid, name, spanned, present, None, start)


def test_whole_zones_are_ram() -> None:
    """Zones without holes give exact RAM, whatever their names."""
    told = zone_map(
        [_zone(0, "Normal", 0x100000, 0x100, 0x100), _zone(1, "Movable", 0x100100, 0x80, 0x80)]
    )
    assert told is not None
    assert [e.span for e in told.map.entries] == [Span(0x100000000, 0x100180000)]
    assert told.guessed == 0


def test_the_hole_of_the_bios() -> None:
    """The missing pages of the lowest zone are those below 1 MiB."""
    told = zone_map([_zone(0, "DMA", 1, 4095, 3998)])
    assert told is not None
    assert [e.span for e in told.map.entries] == [
        Span(0x1000, 0x9F000),
        Span(0x100000, 0x1000000),
    ]
    assert told.guessed == 97 * PAGE_SIZE


def test_blocks_tell_where_a_hole_is() -> None:
    """Where memory blocks are missing there is no RAM, and nothing is guessed."""
    blocks = [
        LsmemRange(Span(0x100000000, 0x108000000), online=True, nid=0),
        LsmemRange(Span(0x110000000, 0x118000000), online=True, nid=0),
    ]
    told = zone_map([_zone(0, "Normal", 0x100000, 0x18000, 0x10000)], blocks)
    assert told is not None
    assert [e.span for e in told.map.entries] == [block.span for block in blocks]
    assert told.guessed == 0
    assert "holes" not in told.why


def test_a_node_within_another() -> None:
    """What another zone holds whole is no part of the one around it."""
    told = zone_map(
        [_zone(0, "Normal", 0x100000, 0x300, 0x200), _zone(1, "Normal", 0x100100, 0x100, 0x100)]
    )
    assert told is not None
    assert sum(e.end - e.start for e in told.map.entries) == 0x300 * PAGE_SIZE
    assert told.guessed == 0


def test_device_memory_is_no_ram() -> None:
    """ZONE_DEVICE is not in the memory map, and empty zones are nothing."""
    assert zone_map([_zone(0, "Device", 0x100000, 0x100, 0x100), _zone(0, "DMA", 0, 0, 0)]) is None


def test_without_starts_there_is_no_map() -> None:
    """Zones without their addresses give no map."""
    assert zone_map([_zone(0, "Normal", None, 10, 10)]) is None
    assert zone_map([]) is None


@given(st.integers(1, 1 << 30), st.integers(2, 1 << 24), st.data())
def test_as_much_ram_as_is_present(start: int, spanned: int, data: st.DataObject) -> None:
    """Whatever the holes, the RAM is what is present, and the zone's borders stay."""
    present = data.draw(st.integers(max(1, spanned // 2), spanned))
    told = zone_map([_zone(0, "Normal", start, spanned, present)])
    assert told is not None
    spans = [e.span for e in told.map.entries]
    assert spans[0].start == start * PAGE_SIZE
    assert told.guessed == (spanned - present) * PAGE_SIZE
    if spanned - present < spanned - 0x200:
        assert spans[-1].end == (start + spanned) * PAGE_SIZE
        assert sum(span.size for span in spans) == present * PAGE_SIZE


def test_pages_of_other_sizes() -> None:
    """Frame numbers count the pages of the kernel: 16 KiB on loongarch64."""
    zone = ZoneInfo(0, "Normal", spanned=0x4000, present=0x4000, managed=None, start_pfn=0x20000)
    made = zone_map([zone], page_bytes=1 << 14)
    assert made is not None
    assert [tuple(e)[:2] for e in made.map.entries] == [(0x80000000, 0x90000000)]
