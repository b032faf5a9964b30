"""What the readers of a boot log share: the notes they fill, and how a rule names its lines."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from srat_tool.base.span import Span
from srat_tool.base.units import U64
from srat_tool.observe.facts import (
    NO_LINE,
    MapEdit,
    MemblockOp,
    MemblockRegionLine,
    Reservation,
    SratCpuLine,
    SratMemoryLine,
    TableLine,
)
from srat_tool.tables.memmap import EfiRegion, MapEntry

HEX = r"(?:0x)?[0-9a-fA-F]{1,16}"
MEM = rf"\[mem ({HEX})-({HEX})\]"
TOP = U64 + 1


@dataclass(slots=True, kw_only=True)
class DumpNotes:
    """A memblock dump whose regions are being read; `counts` says how many there should be."""

    line: int
    counts: dict[str, int] = field(default_factory=dict)
    regions: dict[str, list[MemblockRegionLine]] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Notes:
    """What was read so far.

    Attributes:
        at: index of the line that is being read.
        maps: printed memory maps in order, each with the word before the colon (`user`).
        map_begins: a heading stood above, so the next entry starts another map.
        map_at: the line of the last entry.
        overridden: table signatures with the address of the table that replaces them.
        ends_excluded: this kernel's memblock lines print exclusive ends; None until one was seen.
        old_hot: ranges that a 2.6 kernel called a hot plug zone.
        facts: fields of `BootLog` that hold one value: the first that was seen.
    """

    at: int = 0
    maps: list[tuple[str, list[MapEntry]]] = field(default_factory=list)
    map_begins: bool = True
    map_at: int = NO_LINE
    elided: bool = False
    gaps: list[int] = field(default_factory=list)
    edits: list[MapEdit] = field(default_factory=list)
    last_pfns: list[int] = field(default_factory=list)
    last_pfn_at: int = NO_LINE
    efi_map: list[EfiRegion] = field(default_factory=list)
    reservations: list[Reservation] = field(default_factory=list)
    ops: list[MemblockOp] = field(default_factory=list)
    dumps: list[DumpNotes] = field(default_factory=list)
    srat_memory: list[SratMemoryLine] = field(default_factory=list)
    srat_cpus: list[SratCpuLine] = field(default_factory=list)
    tables: list[TableLine] = field(default_factory=list)
    overridden: dict[str, int] = field(default_factory=dict)
    ends_excluded: bool | None = None
    old_hot: set[Span] = field(default_factory=set)
    facts: dict[str, object] = field(default_factory=dict)

    def fact(self, name: str, value: object) -> None:
        """Keep a single-valued fact unless it was already told."""
        self.facts.setdefault(name, value)

    def reserve(self, span: Span, what: str) -> None:
        """Note a named early reservation."""
        self.reservations.append(Reservation(span, what, self.at))


class NoteRule(NamedTuple):
    """Lines that begin with `prefix` are handed to `read`, which may ignore them."""

    prefix: str
    read: Callable[[str, Notes], None]


def inclusive(first: str, last: str) -> Span:
    """Make a span of a printed inclusive range; the kernel prints the end modulo 2^64."""
    start, end = int(first, 16), int(last, 16) + 1
    if end == TOP and start == 0:
        return Span(0, 0)
    return Span(start, end)


def exclusive(first: str, last: str) -> Span:
    """Make a span of a range that was printed with its end left out."""
    return Span(int(first, 16), int(last, 16))


def matcher(pattern: str) -> Callable[[str], re.Match[str] | None]:
    """Return `match` of a pattern, anchored at the start of a line.

    It is compiled for the first line that asks, so that a run without a boot log compiles nothing.
    """
    return partial(re.match, pattern)
