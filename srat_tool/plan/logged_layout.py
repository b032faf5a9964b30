"""Which architectures could have the zones and the ranges of RAM that a log lists.

A log whose first lines are lost names none, and most of its lines are the same on all of them.
"""

from __future__ import annotations

from collections.abc import Sequence

from srat_tool.base.architecture import ARCHITECTURES, Architecture, ZoneLimit
from srat_tool.base.span import Span
from srat_tool.base.units import BIOS_AREA, GIB, MIB
from srat_tool.observe.facts import BootLog, KernelAnswer, ZoneLine

# The narrowest bus that firmware of an arm64 machine describes; 24 bits are those of ISA.
_NARROWEST_BUS = GIB
_ADDED = frozenset({"Device", "Movable"})
# 1a8e1cef7603 ("arm64: use both ZONE_DMA and ZONE_DMA32"): built with all zones, as x86-64 is.
_ALL_ZONES = (5, 5)
_HOLE_END = 2 * GIB


def shows_layout(answer: KernelAnswer) -> bool:
    """Return whether there are zones or ranges to go by."""
    return bool(answer.zones or answer.node_ranges)


def fits(arch: Architecture, answer: KernelAnswer) -> bool:
    """Return whether a kernel of this architecture can have printed these zones and ranges."""
    ram = [line.span for line in answer.node_ranges]
    return has_zones_of(arch, answer) and (not ram or _has_ram_of(arch, ram))


def fitting_architectures(log: BootLog) -> list[Architecture]:
    """Return the modelled architectures that fit, the likeliest first, else in registry order."""
    rows = [arch for arch in ARCHITECTURES if fits(arch, log.answer)]
    return sorted(rows, key=lambda arch: _unlikelihood(arch, log))


def _unlikelihood(arch: Architecture, log: BootLog) -> int:
    """Return how much a log is unlike those of most machines of an architecture that it fits."""
    answer = log.answer
    if _has_its_hole(arch, [line.span for line in answer.node_ranges]):
        return -1
    names = tuple(line.name for line in answer.zones if line.name not in _ADDED)
    usual = arch.zone_lists[0]
    return log.vintage[0] >= _ALL_ZONES and answer.lists_all_zones and names != usual


def _has_its_hole(arch: Architecture, ram: Sequence[Span]) -> bool:
    """Return whether no RAM is from where devices end its low memory up to 2 GiB, but around it."""
    end = arch.board.low_end
    if end is None or end >= _HOLE_END:
        return False
    low = [span for span in ram if span.start < _HOLE_END]
    return 0 < len(low) < len(ram) and all(span.end <= end for span in low)


def has_zones_of(arch: Architecture, answer: KernelAnswer) -> bool:
    """Return whether one of the lists of zones that an architecture is built with fits."""
    # An empty zone of another name is a vendor's.
    known = {zone.name for zone in arch.zones}
    lines = [z for z in answer.zones if z.name not in _ADDED and (z.span or z.name in known)]
    if not lines:
        return True
    names = tuple(line.name for line in lines)
    for built in arch.zone_lists:
        if built == names if answer.lists_all_zones else _is_part(names, built):
            return _have_limits(arch, lines, may_be_narrow=len(built) == len(arch.zones))
    return False


def _is_part(names: tuple[str, ...], of: tuple[str, ...]) -> bool:
    """Return whether names follow each other in a list in the same way."""
    count = len(names)
    return any(of[at : at + count] == names for at in range(len(of) - count + 1))


def _have_limits(arch: Architecture, lines: Sequence[ZoneLine], *, may_be_narrow: bool) -> bool:
    """Return whether zones end and begin where those of an architecture do."""
    limits = {zone.name: zone for zone in arch.zones}
    filled = [(limits[line.name], line.span) for line in lines if line.span]
    for at, (zone, span) in enumerate(filled):
        is_last = at == len(filled) - 1
        first = zone is arch.zones[0] and arch.first_zone_takes_all
        if first and zone.limit is not None and is_last and span.start >= zone.limit:
            continue
        narrow = first and may_be_narrow
        if not _ends_as(zone, span, is_last=is_last, may_be_narrow=narrow):
            return False
    return True


def _ends_as(zone: ZoneLimit, span: Span, *, is_last: bool, may_be_narrow: bool) -> bool:
    """Return whether a zone ends at its limit, or below where RAM does."""
    if zone.limit is None or span.end == zone.limit:
        return True
    if is_last:
        return span.end < zone.limit
    return may_be_narrow and _NARROWEST_BUS <= span.end < zone.limit


def _has_ram_of(arch: Architecture, ram: Sequence[Span]) -> bool:
    """Return whether RAM begins and ends as that of an architecture can."""
    page = arch.page_bytes
    if any(span.start % page or span.end % page for span in ram):
        return False
    if not arch.has_e820:
        return True
    bios = any(span.start < BIOS_AREA.end and BIOS_AREA.start < span.end for span in ram)
    return not bios and min(span.start for span in ram) < MIB
