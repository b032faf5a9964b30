"""What the readers of a boot log share: the notes they fill, and how a rule names its lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
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
    NodeRangeLine,
    NodeSetupLine,
    Reservation,
    SratCpuLine,
    SratMemoryLine,
    TableLine,
    ZoneLine,
)
from srat_tool.tables.memmap import EfiRegion, MapEntry

HEX = r"(?:0x)?[0-9a-fA-F]{1,16}"
MEM = rf"\[mem ({HEX})-({HEX})\]"
TOP = U64 + 1


@dataclass(slots=True, kw_only=True)
class DumpNotes:
    """A memblock dump whose regions are being read; `counts` is how many there should be."""

    line: int
    counts: dict[str, int] = field(default_factory=dict)
    regions: dict[str, list[MemblockRegionLine]] = field(default_factory=dict)


class AskedNote(NamedTuple):
    """An allocation by its call, before the line that contains its address."""

    op: str
    size: int
    caller: str


@dataclass(slots=True, kw_only=True)
class Notes:
    """What was read so far.

    Attributes:
        at: index of the line that is being read.
        answer_at: index of the first line of the kernel's answer.
        maps: printed memory maps in order, each with the word before the colon (`user`).
        map_begins: a heading stood above, so the next entry starts another map.
        heading: a heading was seen.
        map_headed: one stood above the first entry of all.
        map_at: the line of the last entry.
        garbled: how many entries cannot be read.
        overridden: table signatures with the address of the table that replaces them.
        ends_excluded: this kernel's memblock lines print exclusive ends; None until one was seen.
        asked: the allocation whose address the next line may contain.
        old_hot: ranges that a 2.6 kernel called a hot plug zone.
        printed: the lines of the answer, by part.
        late: lines after the answer, by part.
        begun: a line was seen that is not a comment.
            begins_with: the part of the answer that the first of them belongs to.
        goes_on: a line was seen that a kernel prints after its answer.
        zones: what the list of zones holds; the list has begun, and something followed it.
        node_ranges: what the list of node ranges holds; likewise.
        ranges_at: the line of the last of them.
        range_count: how many there are, where the heading contains the number.
        added: what arm64's own driver gave to nodes.
        arm_words: a line was seen in the wording of arm64.
        facts: fields of `BootLog` that hold one value: the first that was seen.
        answers: the same of `KernelAnswer`.
    """

    at: int = 0
    answer_at: int | None = None
    maps: list[tuple[str, list[MapEntry]]] = field(default_factory=list)
    map_begins: bool = True
    heading: bool = False
    map_headed: bool = False
    map_at: int = NO_LINE
    garbled: int = 0
    elided: bool = False
    gaps: list[int] = field(default_factory=list)
    dropped: int = 0
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
    asked: AskedNote | None = None
    old_hot: set[Span] = field(default_factory=set)
    printed: dict[str, list[str]] = field(default_factory=dict)
    late: dict[str, list[str]] = field(default_factory=dict)
    goes_on: bool = False
    begun: bool = False
    begins_with: str | None = None
    zones: list[ZoneLine] = field(default_factory=list)
    zones_begin: bool = False
    zones_end: bool = False
    node_ranges: list[NodeRangeLine] = field(default_factory=list)
    ranges_begin: bool = False
    ranges_at: int = NO_LINE
    range_count: int | None = None
    setups: list[NodeSetupLine] = field(default_factory=list)
    added: list[NodeRangeLine] = field(default_factory=list)
    arm_words: bool = False
    facts: dict[str, object] = field(default_factory=dict)
    answers: dict[str, object] = field(default_factory=dict)

    def fact(self, name: str, value: object) -> None:
        """Keep a single-valued fact unless it is already known."""
        self.facts.setdefault(name, value)

    def answer_fact(self, name: str, value: object) -> None:
        """Keep a single-valued fact of the answer unless it is already known."""
        self.answers.setdefault(name, value)

    def reserve(self, span: Span, what: str) -> None:
        """Note a named early reservation."""
        self.reservations.append(Reservation(span, what, self.at))


class NoteRule(NamedTuple):
    """Lines that begin with `prefix` are handed to `read`, which may ignore them."""

    prefix: str
    read: Callable[[str, Notes], None]


class Begin(NamedTuple):
    """How a message begins: with `words`, followed by what `rest`, a pattern, matches."""

    words: str
    rest: str = ""


def beginning(rows: Iterable[Begin]) -> str:
    """Return a pattern for messages that begin as one of the rows specifies."""
    return "|".join(re.escape(row.words) + row.rest for row in rows)


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
