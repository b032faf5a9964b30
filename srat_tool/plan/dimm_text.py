"""DIMMs that are planned, as users write them: `64G`, `64G,count=4,pxm=1`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from srat_tool.base.errors import SratToolError
from srat_tool.base.numerals import whole
from srat_tool.base.units import U32, U64, parse_size

MAX_DIMMS = 1024
"""Limit: DIMMs of one question."""
_WHERE = "--dimm"
_WORDS = "SIZE[,count=N][,pxm=N]"
_OPTIONS = ("count", "pxm")


class PlannedDimms(NamedTuple):
    """Equal DIMMs; `size` is bytes of each, `pxm` None for the only domain of the machine."""

    size: int
    times: int = 1
    pxm: int | None = None


class DimmError(SratToolError):
    """A text that is not a DIMM."""


def read_dimms(dimms: Iterable[str | PlannedDimms]) -> tuple[PlannedDimms, ...]:
    """Return planned DIMMs in order, texts among them read.

    Raises:
        DimmError: when one is malformed, or there are more than `MAX_DIMMS`.
    """
    found = tuple(_read(one) if isinstance(one, str) else one for one in dimms)
    total = sum(dimms.times for dimms in found)
    if total > MAX_DIMMS:
        raise DimmError("too many DIMMs", where=_WHERE, got=str(total), expected=f"{MAX_DIMMS}")
    if sum(dimms.size * dimms.times for dimms in found) > U64:
        raise DimmError("more than any address reaches", where=_WHERE, expected="less than 2^64")
    return found


def _read(text: str) -> PlannedDimms:
    first, *rest = text.split(",")
    size = parse_size(first, where=_WHERE)
    if not size:
        raise DimmError("a DIMM without memory", where=_WHERE, got=repr(text), expected=_WORDS)
    values: dict[str, int] = {}
    for part in rest:
        name, _, value = (word.strip() for word in part.partition("="))
        number = whole(value)
        if name not in _OPTIONS or name in values or number is None or number > U32:
            raise DimmError("not a DIMM", where=_WHERE, got=repr(text[:80]), expected=_WORDS)
        values[name] = number
    if values.get("count") == 0:
        raise DimmError("no DIMM at all", where=_WHERE, got=repr(text), expected="count=1 or more")
    return PlannedDimms(size, values.get("count", 1), values.get("pxm"))
