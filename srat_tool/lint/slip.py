"""A structure with a wrong length: where the walk through a table gets out of step."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from srat_tool.grammar.header import PADDING
from srat_tool.grammar.walk import Family, walk
from srat_tool.tables.defect import Defect, DefectKind

WRONG_LENGTHS = (DefectKind.TOO_SHORT, DefectKind.TOO_LONG, DefectKind.PAST_END)


class StructureWalk(NamedTuple):
    """A walk through the structures of a table.

    Attributes:
        data: the table as far as its header states.
        structures: in the walk's own steps.
        family: the kinds of them.
        defects: the malformed places of the table.
        sizes: returns the lengths that a structure may have.
        least_sizes: bytes that structures without a layout have at least, by type.
    """

    data: bytes
    structures: Sequence[Any]
    family: Family
    defects: Sequence[Defect]
    sizes: Callable[[Any], Sequence[int]]
    least_sizes: Mapping[int, int]


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


def first_slip(made: StructureWalk) -> Slip | None:
    """Return the first wrong length of a table, where sound structures follow it."""
    for at in _suspects(made):
        entry = made.structures[at]
        layout = made.family.layouts.get(entry.type) or made.family.unknown
        for size in made.sizes(entry):
            stop = entry.offset + size
            if size == entry.length or stop > len(made.data):
                continue
            rest, defects = walk(made.data, stop, made.family)
            if not defects:
                whole = layout.decode_up_to(made.data + PADDING, entry.offset, stop)
                return Slip(at, whole, size, rest)
    return None


def _suspects(made: StructureWalk) -> Iterator[int]:
    """Yield the structures whose length may be the first wrong one."""
    structures = made.structures
    if not structures:
        return
    begin = structures[0].offset
    defects = [defect for defect in made.defects if defect.offset >= begin]
    wrong = [defect for defect in made.defects if defect.kind in WRONG_LENGTHS]
    found = {_index(made, wrong[0].offset)} if wrong else set()
    least = made.least_sizes.get
    short = (at for at, e in enumerate(structures) if e.length < least(e.type, 0))
    found.add(next(short, -1))
    # A length that an edition of the type has is sound until what follows is not.
    before = _index(made, defects[0].offset) - 1 if defects else -1
    if before >= 0 and len(made.sizes(structures[before])) > 1:
        found.add(before)
    yield from sorted(at for at in found if 0 <= at < len(structures))


def _index(made: StructureWalk, offset: int) -> int:
    return bisect_left(made.structures, offset, key=_offset)


def _offset(entry: Any) -> int:
    offset: int = entry.offset
    return offset
