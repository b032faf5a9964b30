"""RAM by the zones of a running kernel, where no memory map was saved.

`/proc/zoneinfo` has the span of every zone and how many of its pages are present. Where these are
fewer, there are holes, and only the memory blocks show where.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from srat_tool.base.span import Span, intersect, subtract, union
from srat_tool.base.units import MIB, PAGE_SIZE, format_size
from srat_tool.observe.lsmem import LsmemRange
from srat_tool.observe.zoneinfo import ZoneInfo
from srat_tool.tables.memmap import MapEntry, MemoryMap, MemoryType

_BIOS_END = MIB
# A device's own memory is in no memory map, whatever zone it was given.
_NO_RAM = frozenset({"Device"})


class ZoneMap(NamedTuple):
    """A memory map, and how much of it had to be placed without knowing where.

    Attributes:
        map: the RAM.
        guessed: bytes of holes whose places are not known.
    """

    map: MemoryMap
    guessed: int

    @property
    def why(self) -> str:
        """Where the map is from, and what is not certain about it."""
        if not self.guessed:
            return "from the zones of the running kernel; no memory map was kept"
        return (
            f"from the zones of the running kernel; no memory map was kept, and where "
            f"{format_size(self.guessed)} of holes in the zones are is not known"
        )


def zone_map(
    zones: Sequence[ZoneInfo], blocks: Sequence[LsmemRange] = (), page_bytes: int = PAGE_SIZE
) -> ZoneMap | None:
    """Return the RAM that zones are made of; None where they have no RAM or no start.

    Args:
        zones: of one running kernel.
        blocks: its memory blocks, where they are known: outside of them there is no RAM.
        page_bytes: size of its pages.
    """
    spans = [
        (_span(zone, page_bytes), zone)
        for zone in zones
        if zone.present and zone.name not in _NO_RAM
    ]
    if not spans or any(zone.start_pfn is None for _, zone in spans):
        return None
    full = union(span for span, zone in spans if zone.present == zone.spanned)
    there = union(block.span for block in blocks if block.online)
    ram: list[Span] = list(full)
    guessed = 0
    for span, zone in spans:
        if zone.present == zone.spanned:
            continue
        rest = subtract([span], full)
        rest = intersect(rest, there) if there else rest
        missing = sum(part.size for part in rest) - zone.present * page_bytes
        ram += _without(rest, missing)
        guessed += max(0, missing)
    entries = tuple(MapEntry(*span, MemoryType.RAM) for span in union(ram))
    return ZoneMap(MemoryMap(entries=entries, what="/proc/zoneinfo"), guessed)


def _span(zone: ZoneInfo, page_bytes: int) -> Span:
    start = (zone.start_pfn or 0) * page_bytes
    return Span(start, start + zone.spanned * page_bytes)


def _without(spans: list[Span], hole: int) -> Iterator[Span]:
    """Take a hole out where firmware has it: below 1 MiB, else below the last MiB of the zone.

    The zone's borders stay where the kernel has them.
    """
    if hole <= 0 or not spans:
        return iter(spans)
    if spans[0].start < _BIOS_END < spans[0].end and hole < _BIOS_END - spans[0].start:
        end = _BIOS_END
    else:
        end = max(spans[-1].end - MIB, spans[-1].start + PAGE_SIZE)
    return iter(subtract(spans, [Span(max(end - hole, spans[0].start + PAGE_SIZE), end)]))
