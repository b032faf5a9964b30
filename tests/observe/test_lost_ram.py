"""RAM that lines of a log show and its map does not."""

from __future__ import annotations

import pytest

from srat_tool.base.span import Span
from srat_tool.base.units import GIB, KIB, MIB
from srat_tool.observe.bootlog import parse_boot_log
from srat_tool.observe.facts import NO_LOSS, LostRam
from srat_tool.observe.lost_ram import completed
from srat_tool.tables.memmap import MapEntry, MemoryType

LOW = "BIOS-e820: [mem 0x0000000000000000-0x000000000009fbff] usable"
HOLE = "BIOS-e820: [mem 0x00000000000f0000-0x00000000000fffff] reserved"
MAIN = "BIOS-e820: [mem 0x0000000000100000-0x000000007ffdbfff] usable"
TOP = "BIOS-e820: [mem 0x000000007ffdc000-0x000000007fffffff] reserved"
HIGH = "BIOS-e820: [mem 0x0000000100000000-0x000000017fffffff] usable"
LAST = "last_pfn = 0x180000 max_arch_pfn = 0x400000000\nlast_pfn = 0x7ffdc max_arch_pfn = 0x4000000"
ZONES = """\
Zone ranges:
  DMA      [mem 0x0000000000001000-0x0000000000ffffff]
  DMA32    [mem 0x0000000001000000-0x00000000ffffffff]
  Normal   [mem 0x0000000100000000-0x000000017fffffff]
Movable zone start for each node"""
RANGES = """\
Early memory node ranges
  node   0: [mem 0x0000000000001000-0x000000000009efff]
  node   0: [mem 0x0000000000100000-0x000000007ffdbfff]
  node   1: [mem 0x0000000100000000-0x000000017fffffff]
Initmem setup node 0 [mem 0x0000000000001000-0x000000007ffdbfff]"""
MAIN_RAM, HIGH_RAM = Span(MIB, 0x7FFDC000), Span(4 * GIB, 6 * GIB)


def lost(*lines: str) -> LostRam:
    """Return what the map of a log lacks."""
    return parse_boot_log("\n".join(["BIOS-provided physical RAM map:", *lines, ""])).lost_ram


def test_a_whole_map_lacks_nothing() -> None:
    """The kernel leaves out parts of pages, and the BIOS area."""
    assert lost(LOW, HOLE, MAIN, TOP, HIGH, LAST, ZONES, RANGES).spans == ()
    assert lost(LOW, HOLE, MAIN, TOP, HIGH, LAST, ZONES).spans == ()


@pytest.mark.parametrize(
    ("lines", "spans"),
    [
        ((HOLE, MAIN, TOP, HIGH), (Span(4 * KIB, 636 * KIB),)),
        ((LOW, HOLE, TOP, HIGH), (MAIN_RAM,)),
        ((LOW, HOLE, MAIN, TOP), (HIGH_RAM,)),
        ((HOLE, TOP), (Span(4 * KIB, 636 * KIB), MAIN_RAM, HIGH_RAM)),
        ((LOW, HOLE, MAIN[:-6], TOP, HIGH), (MAIN_RAM,)),
        ((LOW, HOLE, MAIN[:44], TOP, HIGH), (MAIN_RAM,)),
    ],
    ids=["low", "main", "high", "all", "no type", "half a line"],
)
def test_node_ranges_show_what_is_lost_to_the_page(
    lines: tuple[str, ...], spans: tuple[Span, ...]
) -> None:
    """The map is as good as if it were whole."""
    assert lost(*lines, LAST, ZONES, RANGES) == LostRam(spans, "node ranges")
    log = parse_boot_log("\n".join([*lines, RANGES]))
    assert log.memory_map is not None
    assert {(e.start, e.end) for e in log.memory_map.entries} >= {tuple(span) for span in spans}


@pytest.mark.parametrize(
    ("lines", "span", "by"),
    [
        ((LOW, HOLE, TOP, HIGH, LAST), MAIN_RAM, "last page of RAM"),
        ((LOW, HOLE, MAIN, TOP, LAST), HIGH_RAM, "last page of RAM"),
        ((LOW, HOLE, MAIN, TOP, ZONES), HIGH_RAM, "zones"),
    ],
)
def test_without_ranges_the_ends_of_ram_show_what_is_lost(
    lines: tuple[str, ...], span: Span, by: str
) -> None:
    """RAM reaches down to the next line, or to 4 GiB: holes in it are unknown."""
    assert lost(*lines) == LostRam((span,), by, exact=False)


def test_ram_that_options_leave_out_is_not_lost() -> None:
    """The map that `mem=` makes is as short as the option demands, and so are the zones."""
    user = LOW.replace("BIOS-e820", "user")
    low = "last_pfn = 0x9f max_arch_pfn = 0x400000000"
    assert lost(LOW, HOLE, MAIN, TOP, HIGH, "user-defined physical RAM map:", user, low) == (
        (),
        "",
        False,
    )


def test_a_map_that_is_not_there_stays_away() -> None:
    """Lines of RAM alone are no firmware's map."""
    found = LostRam((MAIN_RAM,), "node ranges")
    assert completed([], found) == []
    entry = MapEntry(2 * GIB, 3 * GIB, MemoryType.RAM)
    assert completed([entry], NO_LOSS) == [entry]
    assert completed([entry], found) == [MapEntry(*MAIN_RAM, MemoryType.RAM), entry]


EFI = (
    "efi:   0x000040000000-0x00007fffffff [Conventional|   |  |  |WB|  |  |  ]",
    "efi:   0x000080000000-0x0000bfffffff [Conventional|   |  |  |WB|  |  |  ]",
    "efi:   0x0000c0000000-0x0000c00fffff [Runtime Data|RUN|  |  |WB|  |  |  ]",
)
EFI_RANGES = """\
Early memory node ranges
  node   0: [mem 0x0000000040000000-0x00000000bfffffff]
  node   0: [mem 0x00000000c0000000-0x00000000c00fffff]
Initmem setup node 0 [mem 0x0000000040000000-0x00000000c00fffff]"""


@pytest.mark.parametrize("missing", [(), (0,), (1,), (2,), (0, 2)])
def test_an_efi_map_is_completed_too(missing: tuple[int, ...]) -> None:
    """The nodes have RAM that no line of it has; what type it had is not known."""
    lines = [line for at, line in enumerate(EFI) if at not in missing]
    log = parse_boot_log("\n".join(["efi: Processing EFI memory map:", *lines, EFI_RANGES, ""]))
    covered = sum(region.span.size for region in log.efi_map)
    assert covered == 2 * GIB + MIB
    assert sum(span.size for span in log.lost_ram.spans) == sum(
        MIB if at == 2 else GIB for at in missing
    )
    assert log.lost_ram.exact is not bool(log.lost_ram.spans)


def test_an_efi_map_that_ends_the_log() -> None:
    """Its end may be lost, as that of an e820 map."""
    head = "efi: Processing EFI memory map:\n" + EFI[0] + "\n"
    assert parse_boot_log(head).map_ends_log
    assert not parse_boot_log(head + EFI_RANGES).map_ends_log
