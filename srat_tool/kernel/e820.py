"""The firmware's memory map, and what options and the kernel itself do to it.

*Mirrors:* arch/x86/kernel/e820.c `parse_memopt`, `parse_memmap_one`, `e820__update_table`,
arch/x86/kernel/setup.c `trim_bios_range`, since 3.10.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from srat_tool.base.span import Span, subtract, union
from srat_tool.base.units import BIOS_AREA, PAGE_SIZE, U64
from srat_tool.kernel.bootopts import BootOptions, Param, memparse, simple_strtoull
from srat_tool.tables.memmap import MapEntry, MemoryMap, MemoryType

_RAM_TYPES = frozenset({MemoryType.RAM, MemoryType.RESERVED_KERN})
_ADDED = {
    "@": MemoryType.RAM,
    "#": MemoryType.ACPI,
    "$": MemoryType.RESERVED,
    "!": MemoryType.PRAM,
}


class E820Table:
    """The map as it is edited: ranges in any order, overlaps and all."""

    def __init__(self, entries: Iterable[MapEntry]) -> None:
        self.entries = list(entries)

    def range_add(self, start: int, size: int, kind: int) -> None:
        """Add a range; where it overlaps others the higher type will win."""
        self.entries.append(MapEntry(start, min(start + size, U64), kind))

    def range_remove(self, start: int, size: int, kind: int | None) -> None:
        """Remove a range, of one type or of any (None)."""
        self.range_update(start, size, kind, None)

    def range_update(self, start: int, size: int, kind: int | None, new: int | None) -> None:
        """Give what has a type inside a range another one; None removes it."""
        target = Span(start, min(start + size, U64))
        edited = []
        for entry in self.entries:
            part = entry.span.clip(target)
            if not part or kind not in (None, entry.type):
                edited.append(entry)
                continue
            edited += _outside(entry, part)
            if new is not None:
                edited.append(MapEntry(part.start, part.end, new))
        self.entries = edited

    def add_kernel_range(self, image: Span) -> None:
        """Make RAM of the kernel image (`e820_add_kernel_range`, since 3.9)."""
        self.update_table()
        ram = (entry.span for entry in self.entries if entry.type == MemoryType.RAM)
        if subtract([image], ram):
            self.range_remove(image.start, image.size, None)
            self.range_add(image.start, image.size, MemoryType.RAM)

    def update_table(self) -> None:
        """Make the map ordered and free of overlaps: the numerically highest type wins."""
        self.entries = list(_sanitized(self.entries))


def _outside(entry: MapEntry, part: Span) -> Iterator[MapEntry]:
    if entry.start < part.start:
        yield entry._replace(end=part.start)
    if part.end < entry.end:
        yield entry._replace(start=part.end)


def _sanitized(entries: Iterable[MapEntry]) -> Iterator[MapEntry]:
    """Sweep over all edges, keeping count of the types that cover the place."""
    edges = sorted(
        edge
        for entry in entries
        if entry.end > entry.start
        for edge in ((entry.start, 1, entry.type), (entry.end, -1, entry.type))
    )
    covering: Counter[int] = Counter()
    last: MapEntry | None = None
    at = 0
    for address, change, kind in edges:
        highest = max((k for k, count in covering.items() if count), default=None)
        if highest is not None and address > at:
            if last is not None and last.end == at and last.type == highest:
                last = last._replace(end=address)
            else:
                if last is not None:
                    yield last
                last = MapEntry(at, address, highest)
        covering[kind] += change
        at = address
    if last is not None:
        yield last


class E820Edit(NamedTuple):
    """A change to the map that a kernel announced; `old` None is any type, `new` None removes."""

    span: Span
    old: int | None
    new: int | None


def edited_map(
    given: MemoryMap,
    options: BootOptions | None,
    *,
    has_e820: bool,
    first_page: bool = False,
    announced: Iterable[E820Edit] = (),
    image: Span | None = None,
) -> MemoryMap:
    """Return a firmware map as the kernel uses it.

    Args:
        given: the map that firmware handed over.
        options: `mem=` and `memmap=` to apply; None when the map shows their effect already.
        announced: further changes of the kernel's own, in order: what MTRRs do not cover, what it
            keeps of the first pages.
        has_e820: the first page and the VGA hole are not RAM.
        first_page: but the first page is, as before `trim_bios_range` came.
        image: where the kernel image is; it is RAM whatever the options specify.
    """
    table = E820Table(given.entries)
    for param in options.params if options is not None else ():
        _apply(table, param)
    if image is not None:
        table.add_kernel_range(image)
    if has_e820 and not first_page:
        table.range_update(0, PAGE_SIZE, MemoryType.RAM, MemoryType.RESERVED)
    if has_e820:
        table.range_remove(BIOS_AREA.start, BIOS_AREA.size, MemoryType.RAM)
    for edit in announced:
        table.range_update(edit.span.start, edit.span.size, edit.old, edit.new)
    table.update_table()
    return MemoryMap(entries=tuple(table.entries), mirrored=given.mirrored, what=given.what)


def _apply(table: E820Table, param: Param) -> None:
    if param.value is None:
        return
    if param.name == "mem" and param.value != "nopentium":
        size, _ = memparse(param.value)
        if size:
            table.range_remove(size, U64 - size, MemoryType.RAM)
    elif param.name == "memmap":
        for item in param.value.split(","):
            _parse_memmap_one(table, item)


def _parse_memmap_one(table: E820Table, item: str) -> None:
    if item.startswith("exactmap"):
        table.entries.clear()
        return
    size, rest = memparse(item)
    if rest == item:
        return
    # Linux: each item works on a map that may still overlap itself, as it was typed.
    if rest[:1] in _ADDED and rest:
        table.range_add(memparse(rest[1:])[0], size, _ADDED[rest[0]])
    elif rest[:1] == "%":
        _convert(table, size, rest[1:])
    else:
        table.range_remove(size, U64 - size, MemoryType.RAM)


def _convert(table: E820Table, size: int, text: str) -> None:
    """Apply `%start[-from][+to]`: convert, add, or remove by numeric type."""
    start, rest = memparse(text)
    old = new = 0
    if rest[:1] == "-":
        old, rest = simple_strtoull(rest[1:])
    if rest[:1] == "+":
        new, rest = simple_strtoull(rest[1:])
    if rest:
        return
    if old and new:
        table.range_update(start, size, old, new)
    elif new:
        table.range_add(start, size, new)
    else:
        table.range_remove(start, size, old or None)


def ram_of(firmware_map: MemoryMap) -> list[Span]:
    """Return what becomes memblock.memory, joined where it touches, not yet cut to pages."""
    return union(entry.span for entry in firmware_map.entries if entry.type in _RAM_TYPES)
