"""The memory map that firmware passes to a kernel (ACPI 6.5, 15; UEFI 2.10, 7.2), in one shape."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from srat_tool.base.span import Span


class MemoryType(IntEnum):
    """E820 types as Linux numbers them; a map may hold others, which are kept as plain integers."""

    RAM = 1
    RESERVED = 2
    ACPI = 3
    NVS = 4
    UNUSABLE = 5
    PMEM = 7
    PRAM = 12
    RESERVED_KERN = 128
    SOFT_RESERVED = 0xEFFFFFFF


class MapEntry(NamedTuple):
    """One range of the map, half open, in bytes."""

    start: int
    end: int
    type: int

    @property
    def span(self) -> Span:
        """The range alone."""
        return Span(self.start, self.end)


# The words of the EFI types that firmware gives back when the kernel has left the boot services.
EFI_BOOT_SERVICES = frozenset({"Boot Code", "Boot Data"})


class EfiRegion(NamedTuple):
    """One line of the EFI memory map; bytes half open.

    Attributes:
        span: the range.
        type: the kernel's word, as new kernels write it: `Conventional`, `Boot Data`.
        attributes: the words between the bars: `RUN`, `MR`, `WB`, ...
        line: index of the line in a log; -1 when it is not from one.
    """

    span: Span
    type: str
    attributes: tuple[str, ...]
    line: int = -1


class MemoryMap(NamedTuple):
    """A memory map in the order in which it was given.

    Attributes:
        entries: ranges, possibly overlapping and unsorted.
        mirrored: ranges that carry EFI_MEMORY_MORE_RELIABLE.
        hot_pluggable: ranges that carry EFI_MEMORY_HOT_PLUGGABLE: there, and removable.
        what: its source as text: `BIOS-e820 of boot.log`.
        efi: the EFI memory map, where it was given as well.
        missing: signs that lines of it are missing, as sentences.
    """

    entries: tuple[MapEntry, ...]
    mirrored: tuple[Span, ...] = ()
    hot_pluggable: tuple[Span, ...] = ()
    what: str = ""
    efi: tuple[EfiRegion, ...] = ()
    missing: tuple[str, ...] = ()
