"""Memory maps out of files."""

from __future__ import annotations

import pytest

from srat_tool.base.errors import SourceError
from srat_tool.base.span import Span
from srat_tool.observe.memmap import (
    iomem_map,
    kernel_image,
    parse_firmware_memmap,
    parse_iomem,
    read_memory_map,
)
from srat_tool.tables.memmap import MapEntry

IOMEM = """\
00000000-00000fff : Reserved
00001000-0009fbff : System RAM
000a0000-000fffff : PCI Bus 0000:00
00100000-7fffffff : System RAM
  01000000-02209987 : Kernel code
  02400000-02e09fff : Kernel rodata
  03b34000-03c57fff : Kernel bss
c0000000-cfffffff : Soft Reserved
  c0000000-cfffffff : System RAM (kmem)
100000000-17fffffff : System RAM
"""


def test_iomem() -> None:
    """Top resources with a known name make the map, nested ones show where the kernel is."""
    resources = parse_iomem(IOMEM)
    found = iomem_map(resources)
    assert found is not None
    assert [(hex(e.start), hex(e.end), e.type) for e in found.entries] == [
        ("0x0", "0x1000", 2),
        ("0x1000", "0x9fc00", 1),
        ("0x100000", "0x80000000", 1),
        ("0xc0000000", "0xd0000000", 0xEFFFFFFF),
        ("0x100000000", "0x180000000", 1),
    ]
    assert kernel_image(resources) == Span(0x1000000, 0x3C58000)
    assert kernel_image(()) is None


def test_iomem_without_root_says_so() -> None:
    """All addresses zero means that it was not read by root."""
    text = "00000000-00000000 : Reserved\n00000000-00000000 : System RAM\n"
    with pytest.raises(SourceError, match="without root"):
        parse_iomem(text)


def test_firmware_memmap() -> None:
    """The folder's entries in numeric order; ends are inclusive in the files."""
    files = {
        "10/start": "0x100000000\n",
        "10/end": "0x17fffffff\n",
        "10/type": "System RAM\n",
        "2/start": "0x0\n",
        "2/end": "0x9fbff\n",
        "2/type": "Reserved\n",
    }
    assert parse_firmware_memmap(files).entries == (
        MapEntry(0, 0x9FC00, 2),
        MapEntry(0x100000000, 0x180000000, 1),
    )


@pytest.mark.parametrize("files", [{}, {"0/start": "0x0"}, {"0/start": "x", "0/end": "0x1"}])
def test_firmware_memmap_that_is_none(files: dict[str, str]) -> None:
    """Missing or unreadable entries are an error with the entry's name."""
    with pytest.raises(SourceError, match="memory map entry"):
        parse_firmware_memmap(files)


@pytest.mark.parametrize(
    "text",
    [
        "[    0.000000] BIOS-e820: [mem 0x0000000000001000-0x000000000009fbff] usable\n",
        "efi:   0x000000001000-0x00000009fbff [Conventional|   |WB|  |  |  ]\n",
        "00001000-0009fbff : System RAM\n",
    ],
)
def test_maps_in_text(text: str) -> None:
    """The kind of map is decided by what the lines look like."""
    assert read_memory_map(text, where="x").entries == (MapEntry(0x1000, 0x9FC00, 1),)


def test_text_without_a_map() -> None:
    """No map is an error that names what would have been one."""
    with pytest.raises(SourceError, match="no memory map found"):
        read_memory_map("hello\n00001000-0009fbff : Reserved\n", where="x")
