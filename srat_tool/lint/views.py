"""A table as rules see it: raw bytes, decoded values, and findings with a place in the table."""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property
from pathlib import PurePath
from typing import Any

from srat_tool.base.rawtable import RawTable
from srat_tool.base.text import printable
from srat_tool.grammar.header import HEADER, decode_header
from srat_tool.grammar.layout import Layout
from srat_tool.grammar.registry import CODECS, decode
from srat_tool.grammar.walk import Family
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.settings import Settings
from srat_tool.lint.slip import Slip, StructureWalk, first_slip
from srat_tool.tables.defect import Decoded, Defect, DefectKind
from srat_tool.tables.header import HEADER_SIZE, Header
from srat_tool.tables.kinds import BY_SIGNATURE, KINDS
from srat_tool.tables.structure import Hole

FIXED_PARTS = {kind.name: kind.fixed_size for kind in KINDS}
"""Bytes that a table of each kind has at least; a machine has at most one table of each."""
FLAGS = {"flags", "restrictions", "capabilities"}


@cache
def place(layout: Layout[Any], field: str) -> tuple[int, int]:
    """Return offset and size of a field inside its structure; (0, 1) when it has no fixed place."""
    if field not in layout.flat:
        return 0, 1
    index = layout.flat.index(field)
    before = struct.calcsize("<" + "".join(layout.codes[:index]))
    return before, struct.calcsize("<" + layout.codes[index])


def _number(value: int | bytes) -> int:
    return int.from_bytes(value, "little") if isinstance(value, bytes) else value


class TableView:
    """Any table of a machine.

    Args:
        raw: its bytes.
        settings: what was asked for, and what else is known of the machine.
        decoded: the same table by its grammar, where it was decoded already.
    """

    def __init__(
        self, raw: RawTable, settings: Settings, decoded: Decoded[Any] | None = None
    ) -> None:
        self.raw = raw
        self.settings = settings
        self._decoded = decoded
        self.signature = printable(raw.signature)
        self.header: Header = decode_header(raw.data)

    @property
    def size(self) -> int:
        """Bytes that were really there."""
        return len(self.raw.data)

    @property
    def is_stub(self) -> bool:
        """Return whether the table ends inside the fixed part: there is no body."""
        return min(self.header.length, self.size) < self.fixed_size

    @property
    def is_complete(self) -> bool:
        """Return whether all of it could be read, so that the lack of something means something."""
        return self._has_end and not self.is_stub

    @property
    def _has_end(self) -> bool:
        """Whether the stated end is that of the table: no more than padding follows it."""
        return self.header.length <= self.size and not self.is_cut and not self.goes_on

    @property
    def goes_on(self) -> bool:
        """Return whether what follows the stated end may be more of the table."""
        return any(self.raw.data[self.header.length :])

    def about_end(self, end: int) -> str:
        """Return what a body that ends at an offset is about: Length, where the bytes are there."""
        first, last = sorted((self.header.length, self.size))
        return f"length of {self.raw.origin.label}" if first < end <= last else ""

    @property
    def is_cut(self) -> bool:
        """Return whether the stated length ends inside something that is there whole."""
        return False

    @property
    def fixed_size(self) -> int:
        """Bytes that a table of this kind has at least."""
        return FIXED_PARTS.get(self.signature, HEADER_SIZE)

    @property
    def expected_signature(self) -> str | None:
        """The kind that the user or the file's name declares; None when neither does."""
        asked = self.settings.signature
        origin = self.raw.origin
        stem = PurePath(origin.inner or origin.path).name.partition(".")[0].upper()
        named = stem.rstrip("0123456789")
        kinds = {word: k for k in KINDS for word in (k.name, k.module.upper())}
        return asked or (kinds[named].name if named in kinds else None)

    @property
    def has_rules(self) -> bool:
        """Return whether there are rules for its kind, or for the kind that it is named like."""
        return self.signature in FIXED_PARTS or self.expected_signature is not None

    @cached_property
    def decoded(self) -> Decoded[Any]:
        """The table by its grammar."""
        return self._decoded or decode(self.raw.data)

    def defects(self, *kinds: DefectKind) -> list[Defect]:
        """Return the malformed places of the given kinds, in table order."""
        return [defect for defect in self.decoded.defects if defect.kind in kinds]

    def header_hit(self, field: str, message: str, **more: Any) -> Hit:
        """Return a hit on a field of the common header."""
        offset, size = place(HEADER, field)
        return Hit(message, self, offset, size, **more)

    def hit(self, message: str, offset: int | None = None, size: int = 0, **more: Any) -> Hit:
        """Return a hit anywhere in the table."""
        return Hit(message, self, offset, size, **more)


class EntryView(TableView):
    """A table of structures.

    Attributes:
        least_sizes: bytes that structures without a layout have at least, by type.
    """

    least_sizes: Mapping[int, int] = {}

    @cached_property
    def entries(self) -> tuple[Any, ...]:
        """Every structure that begins inside the stated length.

        After a wrong length a walk is out of step, and what it then meets is not a second mistake.
        Where sound structures follow the bytes of the type, those are read.
        """
        if self._slip is None:
            return self.walked
        return (*self.walked[: self._slip.at], self._slip.entry, *self._slip.rest)

    @cached_property
    def walked(self) -> tuple[Any, ...]:
        """The structures in the walk's own steps."""
        end = self.header.length
        found: tuple[Any, ...] = self.decoded.table.entries
        return found if end >= self.size else tuple(e for e in found if e.offset < end)

    @cached_property
    def _slip(self) -> Slip | None:
        return first_slip(
            StructureWalk(
                self.raw.data[: self.header.length],
                self.walked,
                self.family,
                self.decoded.defects,
                self.sizes,
                self.least_sizes,
            )
        )

    def sizes(self, entry: Any) -> tuple[int, ...]:
        """Return the lengths that a structure may have; none for an unknown type."""
        layout = self.layout(entry)
        if layout is not None:
            return layout.wanted(entry)
        return (self.least_sizes[entry.type],) if entry.type in self.least_sizes else ()

    @cached_property
    def is_complete(self) -> bool:
        """Return whether every structure could be read, so that the lack of one means something.

        Room of zeros is not a structure.
        """
        known = sum(self.layout(entry) is not None for entry in self.entries)
        read = sum(map(len, self._whole.values())) + len(self.holes)
        lost = any(any(hole.extra) for hole in self.holes)
        return self._has_end and known == read and not lost

    @cached_property
    def holes(self) -> list[Hole]:
        """Places that are not part of a structure."""
        return [entry for entry in self.entries if isinstance(entry, Hole)]

    @cached_property
    def family(self) -> Family:
        """The structures of this kind of table."""
        family = CODECS[self.raw.data[:4]].family
        assert family is not None, self.signature  # noqa: S101
        return family

    def layout(self, entry: Any) -> Layout[Any] | None:
        """Return the layout of an entry; None for an unknown type."""
        return self.family.layouts.get(entry.type)

    @cached_property
    def _whole(self) -> dict[int, list[Any]]:
        layouts = self.family.layouts
        kinds: dict[int, list[Any]] = {kind: [] for kind in layouts}
        end = min(self.header.length, self.size)
        for entry in self.entries:
            layout = layouts.get(entry.type)
            if layout is None or isinstance(entry, Hole):
                continue
            least = layout.exact if layout.exact >= 0 else layout.wanted(entry)[0]
            whole = least <= entry.length <= end - entry.offset
            if whole or self._is_out_of_step(entry):
                kinds[entry.type].append(entry)
        return kinds

    @cached_property
    def goes_on(self) -> bool:
        """Return whether a sound structure of a known type follows the stated end."""
        end = self.header.length
        after = next((one for one in self.decoded.table.entries if one.offset >= end), None)
        if after is None or isinstance(after, Hole):
            return False
        return after.length in self.sizes(after)

    @property
    def is_cut(self) -> bool:
        """Return whether the stated length ends inside a structure that is there whole."""
        if not self.entries:
            return False
        last = self.entries[-1]
        end: int = last.offset + last.length
        return self.header.length < end <= self.size

    def _is_out_of_step(self, entry: Any) -> bool:
        return self._slip is not None and entry is self._slip.entry

    def all_of(self, *types: int) -> list[Any]:
        """Return the entries of some types that are all there; by type, then by place."""
        if len(types) == 1:
            return self._whole[types[0]]
        return [entry for kind in types for entry in self._whole[kind]]

    def reserved_bits(self, entries: Iterable[Any], *, whole: bool | None = None) -> Iterator[Hit]:
        """Yield a hit on each field of some entries in which reserved bits are set.

        Args:
            entries: structures of known types.
            whole: only fields that are reserved whole, or only the others.
        """
        masks: dict[int, Mapping[str, int]] = {}
        for entry in entries:
            if entry.type not in masks:
                masks[entry.type] = self.reserved_masks(entry.type)
            for field, mask in masks[entry.type].items():
                value = getattr(entry, field)
                # A field that an earlier edition does not have is None.
                bits = _number(value) & mask if value is not None else 0
                if bits and whole in {None, field not in FLAGS}:
                    message = f"reserved bits {bits:#x} of the {field} are set"
                    text = message if field in FLAGS else f"reserved field {field} is {bits:#x}"
                    yield self.at(entry, field, text)

    def reserved_masks(self, kind: int) -> Mapping[str, int]:
        """Return the bits of each field that this table's revision reserves in a type."""
        return self.family.layouts[kind].reserved()

    def malformed(self) -> Iterator[Hit]:
        """Yield a hit on each place that is not a sound structure; one cause is one hit."""
        begins = self.family.start.size
        for entry in self.entries:
            if isinstance(entry, Hole):
                hit = self.inside(entry, 0, len(entry.extra), self._hole(entry))
                yield hit._replace(about=self.about_end(entry.offset + self.family.start.size))
                continue
            layout = self.layout(entry)
            wanted = layout.wanted(entry) if layout is not None else ()
            slip = self._slip if self._is_out_of_step(entry) else None
            if slip is not None and entry.length in wanted:
                message = f"length is {entry.length}, and the structure has {slip.size} bytes"
                yield self.at(entry, "length", message)
            elif entry.length < begins or (wanted and entry.length not in wanted):
                right = " or ".join(map(str, wanted)) or f"at least {begins}"
                hit = self.at(entry, "length", f"length is {entry.length}, expected {right}")
                longer = wanted and entry.length > wanted[0]
                yield hit._replace(severity=Severity.WARNING) if longer else hit
            elif entry.offset + entry.length > min(self.size, self.header.length):
                left = min(self.size, self.header.length) - entry.offset
                message = f"length is {entry.length}, and the table ends after {left} bytes"
                about = self.about_end(entry.offset + entry.length)
                yield self.at(entry, "length", message)._replace(about=about)

    def _hole(self, entry: Hole) -> str:
        size = len(entry.extra)
        if size < self.family.start.size:
            return f"{size} bytes are left, too few for a structure"
        return f"length is 0; {size} bytes are no structure"

    @cached_property
    def _offsets(self) -> list[int]:
        return [entry.offset for entry in self.entries]

    def runs_over(self, entry: Any) -> bool:
        """Return whether an entry's length reaches past the end of the table."""
        over: bool = entry.offset + entry.length > self.header.length
        return over

    @cached_property
    def could_be_read(self) -> bool:
        """Whether every structure is sound, so that the lack of one means something."""
        return self._has_end and next(self.malformed(), None) is None

    def number_at(self, offset: int) -> int:
        """Return the index of the entry that a place in the table belongs to."""
        return bisect_right(self._offsets, offset) - 1

    def number(self, entry: Any) -> int:
        """Return the index of an entry, counted from 0 in table order."""
        return self.number_at(entry.offset)

    def distance(self, first: Any, second: Any) -> int:
        """Return how many entries after another one an entry is; in a copied block all are."""
        return self.number(second) - self.number(first)

    def name(self, entry: Any) -> str:
        """Return an entry as text: `entry 3 (memory side cache)`."""
        return f"entry {self.number(entry)} ({self.kind(entry)})"

    def kind(self, entry: Any) -> str:
        """Return what an entry is, as text."""
        row = BY_SIGNATURE[self.raw.data[:4]].by_type.get(entry.type)
        return row.name if row is not None else f"type {entry.type}"

    def at(self, entry: Any, field: str, message: str) -> Hit:
        """Return a hit on a field of an entry, whose name precedes the message of it."""
        offset, size = place(self.layout(entry) or self.family.unknown, field)
        return self.inside(entry, offset, size, message)

    def inside(self, entry: Any, offset: int, size: int, message: str) -> Hit:
        """Return a hit on some bytes of an entry, such as one item of a list."""
        return Hit(message, self, entry.offset + offset, size, entry)
