"""A structure with a wrong length: where the walk through a table gets out of step."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from srat_tool.base.rawtable import RawTable
from srat_tool.grammar.header import PADDING
from srat_tool.grammar.layout import Layout
from srat_tool.grammar.walk import Family, walk
from srat_tool.tables.defect import Decoded, Defect, DefectKind
from srat_tool.tables.header import Header


class Walked(Protocol):
    """A table of structures, in the walk's own steps."""

    raw: RawTable
    header: Header
    least_sizes: Mapping[int, int]

    @property
    def walked(self) -> Sequence[Any]:
        """The structures."""

    @property
    def family(self) -> Family:
        """The kinds of them."""

    @property
    def decoded(self) -> Decoded[Any]:
        """The table by its grammar."""

    def sizes(self, entry: Any) -> Sequence[int]:
        """Return the lengths that a structure may have."""

    def layout(self, entry: Any) -> Layout[Any] | None:
        """Return the layout of a structure; None for an unknown type."""

    def defects(self, *kinds: DefectKind) -> list[Defect]:
        """Return the malformed places of the given kinds."""


class Slip(NamedTuple):
    """A structure whose length is wrong, read as long as its type is.

    Attributes:
        at: index of the structure, counted from 0 in table order.
        entry: the structure.
        size: bytes that it really has.
        rest: those after it.
    """

    at: int
    entry: Any
    size: int
    rest: Sequence[Any]


def first_slip(view: Walked) -> Slip | None:
    """Return the first wrong length of a table, where sound structures follow it."""
    data = view.raw.data[: view.header.length]
    for at in _suspects(view):
        entry = view.walked[at]
        layout = view.layout(entry) or view.family.unknown
        for size in view.sizes(entry):
            stop = entry.offset + size
            if size == entry.length or stop > len(data):
                continue
            rest, defects = walk(data, stop, view.family)
            if not defects:
                whole = layout.decode_up_to(data + PADDING, entry.offset, stop)
                return Slip(at, whole, size, rest)
    return None


def _suspects(view: Walked) -> Iterator[int]:
    """Yield the structures whose length may be the first wrong one."""
    walked = view.walked
    if not walked:
        return
    begin = walked[0].offset
    defects = [defect for defect in view.decoded.defects if defect.offset >= begin]
    wrong = view.defects(DefectKind.TOO_SHORT, DefectKind.TOO_LONG, DefectKind.PAST_END)
    found = {_index(view, wrong[0].offset)} if wrong else set()
    least = view.least_sizes.get
    short = (at for at, e in enumerate(walked) if e.length < least(e.type, 0))
    found.add(next(short, -1))
    # A length that an edition of the type has is sound until what follows is not.
    before = _index(view, defects[0].offset) - 1 if defects else -1
    if before >= 0 and len(view.sizes(walked[before])) > 1:
        found.add(before)
    yield from sorted(at for at in found if 0 <= at < len(walked))


def _index(view: Walked, offset: int) -> int:
    return bisect_left(view.walked, offset, key=_offset)


def _offset(entry: Any) -> int:
    offset: int = entry.offset
    return offset
