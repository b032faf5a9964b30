"""RAM that a log's own lines show, and its map does not: lines of the e820 or EFI map are lost.

A console loses lines, and so does whoever copies some of them. No kernel has RAM outside of its
map, so each of its pages there was in a line that is not in the log.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from srat_tool.base.span import Span, subtract, union
from srat_tool.base.units import BIOS_AREA, LOW_END, PAGE_SIZE, align_down, align_up
from srat_tool.observe.facts import KernelAnswer, LostRam
from srat_tool.tables.memmap import EfiRegion, MapEntry, MemoryType

# The types of a map that a kernel counts as RAM, where it prints its last page of RAM.
_RAM = frozenset({MemoryType.RAM, MemoryType.RESERVED_KERN, MemoryType.PRAM})


def lost_ram(
    entries: Sequence[MapEntry], answer: KernelAnswer, last_pfns: Iterable[int] = ()
) -> LostRam:
    """Return the RAM that lines of a map must have had.

    Args:
        entries: the lines that are there.
        answer: what the kernel made of the whole map.
        last_pfns: the ends of all RAM and of RAM below 4 GiB, in pages, as the kernel printed them.
    """
    mapped = union(_outwards(entry) for entry in entries if entry.end > entry.start)
    ranges = union(line.span for line in answer.node_ranges)
    shown = subtract(ranges, [*mapped, BIOS_AREA])
    if shown or answer.lists_all_ranges:
        return LostRam(tuple(shown), "node ranges")
    tops = {pfn * PAGE_SIZE: "last page of RAM" for pfn in last_pfns}
    if answer.ends_zones:
        ends = [line.span.end for line in answer.zones if line.span]
        tops.setdefault(max(ends, default=0), "zones")
    kept = [_outwards(entry) for entry in entries if entry.type in _RAM]
    lost: list[Span] = []
    reasons = []
    for top, what in sorted(tops.items()):
        gap = _gap_below(top, [*mapped, *lost, BIOS_AREA])
        if gap is not None and not any(span.end >= top > span.start for span in kept):
            lost.append(gap)
            reasons.append(what)
    return LostRam(tuple(lost), " and ".join(dict.fromkeys(reasons)), exact=False)


def with_lost_regions(regions: Iterable[EfiRegion], lost: LostRam) -> tuple[EfiRegion, ...]:
    """Return an EFI map with the regions that must be lost, as free memory that is written back."""
    found = [EfiRegion(span, "Conventional", ("WB",)) for span in lost.spans]
    return (*regions, *found)


def _outwards(entry: MapEntry) -> Span:
    """Return a range to whole pages: the kernel drops pages that are only partly RAM."""
    return Span(align_down(entry.start, PAGE_SIZE), align_up(entry.end, PAGE_SIZE))


def _gap_below(top: int, mapped: Iterable[Span]) -> Span | None:
    """Return what no line covers right below an address; None where a line covers it.

    RAM at an address above 4 GiB begins there at the lowest: devices are below.
    """
    if top <= 0 or any(span.start < top <= span.end for span in mapped):
        return None
    below = [span.end for span in mapped if span.end < top]
    if top > LOW_END:
        below.append(LOW_END)
    return Span(max(below, default=0), top)


def completed(entries: Sequence[MapEntry], lost: LostRam) -> list[MapEntry]:
    """Return a map's lines with those that must be lost; an empty map stays empty."""
    found = [MapEntry(*span, MemoryType.RAM) for span in lost.spans] if entries else []
    return sorted([*entries, *found]) if found else list(entries)
