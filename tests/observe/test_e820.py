"""Memory-map lines in every wording from 2.6 to 7.2."""

from __future__ import annotations

import pytest

from srat_tool.base.span import Span
from srat_tool.observe.bootlog import parse_boot_log
from srat_tool.observe.e820 import efi_region, entry_of, type_of
from srat_tool.tables.memmap import MapEntry, MemoryType

RAM = MapEntry(0, 0x9FC00, MemoryType.RAM)


@pytest.mark.parametrize(
    "line",
    [
        "BIOS-e820: 0000000000000000 - 000000000009fc00 (usable)",
        "BIOS-e820: [mem 0x0000000000000000-0x000000000009fbff] usable",
        "BIOS-e820: [mem 0x0000000000000000-0x000000000009fbff]  System RAM",
    ],
)
def test_entry_wordings(line: str) -> None:
    """The three wordings of one range mean the same."""
    assert entry_of(line) == ("BIOS-e820", RAM)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("usable", 1),
        (" System RAM", 1),
        ("device reserved", 2),
        ("ACPI data", 3),
        ("ACPI NVS", 4),
        ("unusable", 5),
        ("persistent (type 7)", 7),
        ("persistent RAM (type 12)", 12),
        ("soft reserved", 0xEFFFFFFF),
        ("type 20", 20),
        ("who knows", 2),
    ],
)
def test_type_words(words: str, kind: int) -> None:
    """Types by their words; numbers where the kernel has no word."""
    assert type_of(words) == kind


def test_lines_that_are_no_map() -> None:
    """Gaps, and other messages of the same shape, are no entries."""
    assert entry_of("BIOS-e820: [gap 0x00000000000a0000-0x00000000000effff]") is None
    assert entry_of("Registered nosave memory: [mem 0x00000000-0x00000fff]") is None


@pytest.mark.parametrize(
    ("line", "old", "new"),
    [
        ("e820: update [mem 0x00000000-0x00000fff] usable ==> reserved", 1, 2),
        ("e820: update [mem 0x00000000-0x00000fff] System RAM ==> device reserved", 1, 2),
        ("e820 update range: 0000000000000000 - 0000000000001000 (usable) ==> (reserved)", 1, 2),
        ("e820: remove [mem 0x00000000-0x00000fff] usable", 1, None),
        ("e820: remove [mem 0x00000000-0x00000fff] ", 0, None),
        ("e820 remove range: 0000000000000000 - 0000000000001000 (usable)", 1, None),
    ],
)
def test_edits(line: str, old: int, new: int | None) -> None:
    """Updates and removals, old and new."""
    (edit,) = parse_boot_log(line).edits
    assert edit == (Span(0, 0x1000), old, new, 0)


@pytest.mark.parametrize(
    "line",
    [
        "EFI: mem00: type=7, attr=0xf, range=[0x0000000000001000-0x0000000000002000) (0MB)",
        "efi: mem00: [Conventional Memory| |WB|UC] range=[0x1000-0x0000000000001fff] (0MB)",
        "efi:   0x000000001000-0x000000001fff [Conventional|   |  |  |WB|  |  |  ]",
    ],
)
def test_efi_wordings(line: str) -> None:
    """Old, new and arm64 lines of the EFI map."""
    region = efi_region(line)
    assert region is not None
    assert (region.span, region.type) == (Span(0x1000, 0x2000), "Conventional")


def test_maps_in_order() -> None:
    """The firmware's map is the first, the final one the last that was printed."""
    log = parse_boot_log(
        "BIOS-provided physical RAM map:\n"
        "BIOS-e820: [mem 0x0000000000000000-0x000000000009fbff] usable\n"
        "user-defined physical RAM map:\n"
        "user: [mem 0x0000000000000000-0x0000000000007fff] usable\n"
        "modified physical RAM map:\n"
        "modified: [mem 0x0000000000000000-0x0000000000000fff] reserved\n"
        "modified physical RAM map:\n"
        "modified: [mem 0x0000000000001000-0x0000000000007fff] usable\n"
        "last_pfn = 0x8 max_arch_pfn = 0x400000000\n"
    )
    assert log.memory_map is not None
    assert log.final_map is not None
    assert log.memory_map.entries == (RAM,)
    assert log.final_map.entries == (MapEntry(0x1000, 0x8000, 1),)
    assert log.last_pfns == (8,)
    assert log.machine == "x86_64"


def test_specific_purpose_memory_is_set_aside() -> None:
    """A kernel that knows the attribute makes soft reserved memory of RAM, and of nothing else."""
    log = parse_boot_log(
        "efi: mem00: [Conventional Memory|   |  |  |SP|  |WB] range=[0x1000-0x1fff] (0MB)\n"
        "efi: mem01: [Conventional Memory|   |  |  |  |  |WB] range=[0x2000-0x2fff] (0MB)\n"
        "efi: mem02: [Runtime Data       |RUN|  |  |SP|  |WB] range=[0x3000-0x3fff] (0MB)\n"
    )
    assert log.memory_map is not None
    assert [entry.type for entry in log.memory_map.entries] == [
        MemoryType.SOFT_RESERVED,
        MemoryType.RAM,
        MemoryType.RESERVED,
    ]


def test_efi_map_stands_in_for_e820() -> None:
    """Without e820 lines the EFI map is the memory map, mirrored ranges included."""
    log = parse_boot_log(
        "efi:   0x000040000000-0x000043ffffff [Conventional|   |  |MR|  |WB|  |  |  ]\n"
        "efi:   0x000044000000-0x00004401ffff [Runtime Data|RUN|  |  |  |WB|  |  |  ]\n"
        "efi: Memory: 64M/64M mirrored memory\n"
    )
    assert log.memory_map is not None
    assert [e.type for e in log.memory_map.entries] == [1, 2]
    assert log.memory_map.mirrored == (Span(0x40000000, 0x44000000),)
    assert log.mirrored_bytes == (64 << 20, 64 << 20)
    assert log.efi


def test_lines_left_out_of_a_map_are_noticed() -> None:
    """A comment inside the map states that the map is not whole."""
    head = "BIOS-e820: [mem 0x0000000000000000-0x000000000009fbff] usable\n"
    assert parse_boot_log(head + "# elided 3 lines\n").elided
    assert not parse_boot_log(head + "x\n# elided 3 lines\n").elided


def test_where_the_map_is_final() -> None:
    """The lines of the last map and of the last `last_pfn` bound the edits that count."""
    log = parse_boot_log(
        "BIOS-e820: [mem 0x0000000000000000-0x000000000009fbff] usable\n"
        "user: [mem 0x0000000000000000-0x0000000000007fff] usable\n"
        "last_pfn = 0x8 max_arch_pfn = 0x400000000\n"
        "last_pfn = 0x7 max_arch_pfn = 0x400000000\n"
    )
    assert (log.final_map_line, log.last_pfn_line) == (1, 3)


def test_comments_that_admit_to_missing_lines() -> None:
    """They are kept by line."""
    assert parse_boot_log("# elided 3\n# note\n# the end was not seen\n").gaps == (0, 2)


def test_lines_of_a_map_that_cannot_be_read_are_counted() -> None:
    """What follows a type is no part of it; a broken line is not in the map, and is counted."""
    lines = (
        'BIOS-e820: [mem 0x0000000000000000-0x000000000009efff] usable"',
        "BIOS-e820: [mem 0x0000000000100000-0x000000003fffffff] usable Oct 1 h other: x",
        "BIOS-e820: [mem 0x0000000040000000-0x000000004fffffff] us",
        "BIOS-e820: [mem 0x0000000050000000-0x00",
    )
    log = parse_boot_log("\n".join(f"[    0.000000] {line}" for line in lines))
    assert log.memory_map is not None
    assert [entry.type for entry in log.memory_map.entries] == [1, 1]
    assert log.map_garbled == 2
