"""Memory maps in files: kernel log lines, `/proc/iomem`, `/sys/firmware/memmap`.

*Mirrors:* what kernel/resource.c `r_show` and drivers/firmware/memmap.c print (since 2.6).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from srat_tool.base.errors import SourceError
from srat_tool.base.numerals import whole
from srat_tool.base.span import Span
from srat_tool.base.units import MIB
from srat_tool.observe.bootlog import parse_boot_log
from srat_tool.observe.lines import kernel_lines
from srat_tool.tables.memmap import MapEntry, MemoryMap, MemoryType

_RESOURCE = re.compile(r"( {0,64})([0-9a-f]{1,16})-([0-9a-f]{1,16}) : (.{1,200})")
_NAMES = {
    "system ram": MemoryType.RAM,
    "reserved": MemoryType.RESERVED,
    "acpi tables": MemoryType.ACPI,
    "acpi non-volatile storage": MemoryType.NVS,
    "unusable memory": MemoryType.UNUSABLE,
    "persistent memory": MemoryType.PMEM,
    "persistent memory (legacy)": MemoryType.PRAM,
    "persistent ram": MemoryType.PRAM,
    "soft reserved": MemoryType.SOFT_RESERVED,
    "device reserved": MemoryType.RESERVED,
    "unknown e820 type": MemoryType.RESERVED,
}
IOMEM = "/proc/iomem"
_HINT = "the log of the boot, or /sys/firmware/memmap, which every user may read"


class Resource(NamedTuple):
    """One line of `/proc/iomem`; `depth` counts the resources around it."""

    depth: int
    span: Span
    name: str


def parse_iomem(text: str, *, where: str = IOMEM) -> tuple[Resource, ...]:
    """Read `/proc/iomem`.

    Raises:
        SourceError: when every address is zero, which is what a user other than root is shown.
    """
    matches = (_RESOURCE.fullmatch(line) for line in text.splitlines())
    found = tuple(
        Resource(len(m[1]) // 2, Span(int(m[2], 16), int(m[3], 16) + 1), m[4])
        for m in matches
        if m is not None
    )
    if found and not any(resource.span.end > 1 for resource in found):
        raise SourceError(
            "every address is zero, because it was read without root", where=where, hint=_HINT
        )
    return found


def iomem_map(resources: tuple[Resource, ...], what: str = IOMEM) -> MemoryMap | None:
    """Return the memory map in the top resources; None when they contain no RAM.

    It is the kernel's edited map, without what options such as `mem=` removed.
    """
    entries = tuple(
        MapEntry(*resource.span, int(_NAMES[resource.name.lower()]))
        for resource in resources
        if resource.depth == 0 and resource.name.lower() in _NAMES
    )
    if not any(entry.type == MemoryType.RAM for entry in entries):
        return None
    return MemoryMap(entries=entries, what=what)


def kernel_image(resources: tuple[Resource, ...]) -> Span | None:
    """Return where the kernel is, from `Kernel code` to `Kernel bss`; None when not listed."""
    parts = [r.span for r in resources if r.name.startswith("Kernel ")]
    if not parts:
        return None
    return Span(min(p.start for p in parts), max(p.end for p in parts))


def parse_firmware_memmap(
    files: Mapping[str, str], *, where: str = "/sys/firmware/memmap"
) -> MemoryMap:
    """Read `/sys/firmware/memmap`, the firmware's own map.

    Args:
        files: contents by name: `0/start`, `0/end`, `0/type`, `1/start`, ...
        where: the folder, for errors and for the map's name.

    Raises:
        SourceError: when an entry is incomplete or no number.
    """
    found = (whole(name.partition("/")[0]) for name in files)
    numbers = sorted({number for number in found if number is not None})
    if not numbers:
        raise SourceError("no memory map entry", where=where, expected="0/start, 0/end, 0/type")
    return MemoryMap(entries=tuple(_entry(files, n, where) for n in numbers), what=where)


def _entry(files: Mapping[str, str], number: int, where: str) -> MapEntry:
    try:
        start, end = (int(files[f"{number}/{end}"].strip()[:20], 16) for end in ("start", "end"))
        kind = files[f"{number}/type"].strip()
    except (KeyError, ValueError) as error:
        raise SourceError(
            "memory map entry cannot be read", where=f"{where}/{number}", got=error
        ) from error
    return MapEntry(start, end + 1, int(_NAMES.get(kind.lower(), MemoryType.RESERVED)))


def _signs_of_a_cut(entries: Sequence[MapEntry]) -> Iterator[str]:
    """Yield why lines must be missing at either end of a map."""
    if min(entry.start for entry in entries) > 0:
        yield "it has no entry at address 0, as every map has"
    if all(entry.end <= MIB for entry in entries if entry.type == MemoryType.RAM):
        yield "it has no RAM above 1 MiB"


def read_memory_map(text: str, *, where: str) -> MemoryMap:
    """Read a map from text: e820 or EFI lines of any kernel, or `/proc/iomem`.

    Raises:
        SourceError: when the text holds no map, or only one without addresses.
    """
    log = parse_boot_log(text)
    if log.memory_map is not None:
        missing = tuple(_signs_of_a_cut(log.memory_map.entries))
        return log.memory_map._replace(what=where, efi=log.efi_map, missing=missing)
    resources = parse_iomem("\n".join(kernel_lines(text)), where=where)
    found = iomem_map(resources, where)
    if found is None:
        raise SourceError(
            "no memory map found",
            where=where,
            expected="e820 or EFI lines of a boot log, or /proc/iomem",
        )
    return found
