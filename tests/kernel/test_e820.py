import pytest

from srat_tool.base.span import Span
from srat_tool.base.units import GIB, MIB
from srat_tool.kernel.bootopts import parse
from srat_tool.kernel.e820 import E820Table, edited_map, ram_of
from srat_tool.kernel.profiles import NEWEST
from srat_tool.tables.memmap import MapEntry, MemoryMap, MemoryType

MAP = MemoryMap(entries=(MapEntry(0, 2 * GIB, 1), MapEntry(4 * GIB, 6 * GIB, 1)))


def ram(cmdline: str) -> list[Span]:
    return ram_of(edited_map(MAP, parse(cmdline, NEWEST), has_e820=False))


@pytest.mark.parametrize(("cmdline", "expected"), [
    ("", [(0, 2 * GIB), (4 * GIB, 6 * GIB)]),
    ("mem=5G", [(0, 2 * GIB), (4 * GIB, 5 * GIB)]),
    ("memmap=5G", [(0, 2 * GIB), (4 * GIB, 5 * GIB)]),
    ("mem=5800M mem=5400M", [(0, 2 * GIB), (4 * GIB, 5400 * MIB)]),
    ("mem=0 mem=nopentium mem=junk", [(0, 2 * GIB), (4 * GIB, 6 * GIB)]),
    ("memmap=1G$5G", [(0, 2 * GIB), (4 * GIB, 5 * GIB)]),
    ("memmap=1G!4G", [(0, 2 * GIB), (5 * GIB, 6 * GIB)]),
    ("memmap=1G@2G", [(0, 3 * GIB), (4 * GIB, 6 * GIB)]),
    ("memmap=1G$4G memmap=512M@4G", [(0, 2 * GIB), (5 * GIB, 6 * GIB)]),
    ("mem=5G memmap=512M@0x160000000", [(0, 2 * GIB), (4 * GIB, 5 * GIB), (5632 * MIB, 6 * GIB)]),
    ("memmap=exactmap memmap=1G@0", [(0, GIB)]),
    ("memmap=2G%4G-1+2", [(0, 2 * GIB)]),
    ("memmap=2G%4G-1", [(0, 2 * GIB)]),
    ("memmap=1G%8G+1", [(0, 2 * GIB), (4 * GIB, 6 * GIB), (8 * GIB, 9 * GIB)]),
    ("memmap=2G%4G", [(0, 2 * GIB)]),
    ("memmap=2G%4G-1+2junk", [(0, 2 * GIB), (4 * GIB, 6 * GIB)]),
    ("memmap=1G$1G,junk,1G$5G", [(0, GIB), (4 * GIB, 5 * GIB)]),
])  # fmt: skip
def test_options(cmdline: str, expected: list[tuple[int, int]]) -> None:
    """From left to right; where ranges overlap in the end the higher type wins."""
    assert [tuple(span) for span in ram(cmdline)] == expected


def test_x86_takes_the_first_page_and_the_vga_hole() -> None:
    """Whatever type firmware declares for them."""
    edited = edited_map(MemoryMap(entries=(MapEntry(0, 2 * MIB, 1),)), None, has_e820=True)
    assert ram_of(edited) == [Span(0x1000, 0xA0000), Span(MIB, 2 * MIB)]
    assert edited.entries[0] == MapEntry(0, 0x1000, MemoryType.RESERVED)


def test_overlaps_are_swept_in_one_pass() -> None:
    """Expect ordered ranges that touch without overlapping, equal neighbours joined.

    1 |--------------|
    2      |----|
    1           |---------|
    """
    table = E820Table(
        [MapEntry(0, 30, 1), MapEntry(10, 20, 2), MapEntry(20, 40, 1), MapEntry(5, 5, 9)]
    )
    table.update_table()
    assert table.entries == [MapEntry(0, 10, 1), MapEntry(10, 20, 2), MapEntry(20, 40, 1)]


def test_reserved_kern_counts_as_ram() -> None:
    """Setup data is in it."""
    whole = MemoryMap(entries=(MapEntry(0, 10, 1), MapEntry(10, 20, 128), MapEntry(20, 30, 2)))
    assert ram_of(whole) == [Span(0, 20)]


def test_the_first_page() -> None:
    """It is no RAM on x86, but was before `trim_bios_range` came; the VGA hole never is."""
    for first_page, start in ((False, 0x1000), (True, 0)):
        edited = edited_map(MAP, None, has_e820=True, first_page=first_page)
        assert ram_of(edited)[:2] == [Span(start, 0xA0000), Span(0x100000, 2 * GIB)]


def test_the_kernel_image_stays_ram() -> None:
    """An option that removes RAM at the kernel image is without effect there."""
    given = MemoryMap(entries=(MapEntry(0, 1 << 30, MemoryType.RAM),))
    options = parse("memmap=32M#1M", NEWEST)
    image = Span(16 << 20, 64 << 20)
    whole = edited_map(given, options, has_e820=False, image=image)
    assert ram_of(whole) == [Span(0, 1 << 20), Span(16 << 20, 1 << 30)]
    assert ram_of(edited_map(given, None, has_e820=False, image=image)) == [Span(0, 1 << 30)]
