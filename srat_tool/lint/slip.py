"""A structure with a wrong length: where the walk through a table gets out of step."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from srat_tool.grammar.header import PADDING
from srat_tool.grammar.walk import walk
from srat_tool.tables.defect import DefectKind

if TYPE_CHECKING:
    from srat_tool.lint.views import EntryView


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


def first_slip(view: EntryView) -> Slip | None:
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


def _suspects(view: EntryView) -> Iterator[int]:
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


def _index(view: EntryView, offset: int) -> int:
    return bisect_left(view.walked, offset, key=_offset)


def _offset(entry: Any) -> int:
    offset: int = entry.offset
    return offset
