"""A device's CDAT as Linux reads it: numbers of its memory, or none when one structure is wrong.

*Mirrors:* drivers/cxl/core/cdat.c `cxl_cdat_endpoint_process` and `cxl_memdev_set_qos_class`,
lib/fw_table.c `cdat_table_parse`, 6.8 to 7.2.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from srat_tool.base.span import Span
from srat_tool.kernel.access import NOT_GIVEN, Coordinate, numbers_of
from srat_tool.kernel.hmat_locality import hmat_normalize
from srat_tool.tables.cdat import Cdat, CdatEntry, Dslbis, Dsmas, DsmasFlags

_STRUCTURE_HEADER = 4
_LENGTH = 24
_DSMAS, _DSLBIS = 0, 1
_HIERARCHY = 0x0F
_REVISION = 2  # units are those of a HMAT of this revision


class CdatError(Exception):
    """The CDAT gives Linux nothing; the message is why."""


class DeviceMemory(NamedTuple):
    """A range of a device's own addresses, in bytes, with its numbers."""

    handle: int
    span: Span
    is_volatile: bool
    coordinate: Coordinate


def cxl_cdat_endpoint_process(cdat: Cdat) -> tuple[DeviceMemory, ...]:
    """Return the ranges of a device with their numbers, by handle.

    Raises:
        CdatError: when Linux refuses the table.
    """
    if not cdat.sums_up:
        raise CdatError("its bytes do not add up to 0")
    ranges: dict[int, DeviceMemory] = {}
    for entry in _of_type(cdat, _DSMAS):
        one = _dsmas(entry)
        if one.handle in ranges:
            raise CdatError(f"handle {one.handle} is given twice, again at {entry.offset:#x}")
        ranges[one.handle] = one
    if not ranges:
        raise CdatError("it has no range of memory (DSMAS)")
    numbers = list(_of_type(cdat, _DSLBIS))
    if not numbers:
        raise CdatError("it has no latency and no bandwidth (DSLBIS)")
    for entry in numbers:
        _dslbis(entry, ranges)
    return tuple(ranges[handle] for handle in sorted(ranges))


def _of_type(cdat: Cdat, kind: int) -> Iterator[CdatEntry]:
    """Yield the structures of one type, each of them whole.

    Linux walks over all structures for each type, and never looks at a header that ends with the
    table.
    """
    end = min(cdat.size, cdat.header.length)
    for entry in cdat.entries:
        if entry.offset + _STRUCTURE_HEADER >= end:
            return
        if entry.type == kind and (entry.length != _LENGTH or entry.offset + _LENGTH > end):
            raise CdatError(f"the structure at {entry.offset:#x} has length {entry.length}")
        if entry.length == 0:
            raise CdatError(f"the structure at {entry.offset:#x} has length 0")
        if entry.type == kind:
            yield entry


def _dsmas(entry: CdatEntry) -> DeviceMemory:
    if not isinstance(entry, Dsmas):
        raise CdatError(f"the structure at {entry.offset:#x} is no DSMAS")
    span = Span(entry.dpa_base, entry.dpa_base + entry.dpa_length)
    return DeviceMemory(entry.handle, span, not entry.flags & DsmasFlags.NON_VOLATILE, NOT_GIVEN)


def _dslbis(entry: CdatEntry, ranges: dict[int, DeviceMemory]) -> None:
    """Take one number; of a reserved type, of a cache, or of an unknown handle it is skipped."""
    if not isinstance(entry, Dslbis) or not numbers_of(entry.data_type):
        return
    one = ranges.get(entry.handle)
    if one is None or entry.flags & _HIERARCHY:
        return
    value = hmat_normalize(entry.entry1, entry.entry_base_unit, entry.data_type, _REVISION)
    changed = one.coordinate.with_value(entry.data_type, value)
    ranges[entry.handle] = one._replace(coordinate=changed)


def memory_of(ranges: tuple[DeviceMemory, ...], *, volatile: bool) -> DeviceMemory | None:
    """Return the range that gives a partition its numbers: that of the highest handle."""
    found = [one for one in ranges if one.is_volatile is volatile]
    return found[-1] if found else None
