"""What can be told again of logs that people have shortened, and say so in a comment.

Only a log that admits to missing lines is completed, and each completion is an assumption.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.span import Span, subtract
from srat_tool.base.units import GIB, KIB, MIB
from srat_tool.observe.bootlog import BootLog, SratMemoryLine
from srat_tool.tables.memmap import MapEntry, MemoryMap, MemoryType

_LOW = 640 * KIB
_TOP_OF_LOW = 4 * GIB
MAX_NODES = 1024


def whole_map(log: BootLog) -> MemoryMap | None:
    """Return the firmware's map, with the conventional memory that a lost first line held."""
    found = log.memory_map
    if found is None or not _head_is_lost(log):
        return found
    first = min(entry.start for entry in found.entries)
    if not 0 < first <= _LOW:
        return found
    lost = MapEntry(0, first, int(MemoryType.RAM))
    return MemoryMap(entries=(lost, *found.entries), mirrored=found.mirrored, what=found.what)


def _head_is_lost(log: BootLog) -> bool:
    after = (log.lines[at + 1] for at in log.gaps if at + 1 < len(log.lines))
    return any(line.lstrip().startswith("BIOS-e820") for line in after)


def lost_entries(log: BootLog) -> tuple[SratMemoryLine, ...]:
    """Return entries for the one node that a shortened log has lost, over RAM that no other has.

    Nodes are numbered without gaps, so a number that is missing below the highest was there.
    """
    shown = {line.nid: line.pxm for line in log.srat_cpus}
    shown |= {line.nid: line.pxm for line in log.srat_memory}
    found = whole_map(log)
    if not log.gaps or found is None or max(shown, default=0) > MAX_NODES:
        return ()
    missing = set(range(max(shown, default=-1))) - {line.nid for line in log.srat_memory}
    if len(missing) != 1:
        return ()
    nid = missing.pop()
    pxm = shown.get(nid, _free_domain(set(shown.values()), nid))
    spans = _owned(found, [line.span for line in log.srat_memory])
    return tuple(SratMemoryLine(nid, pxm, span, hot=False, non_volatile=False) for span in spans)


def _free_domain(used: set[int], wanted: int) -> int:
    return wanted if wanted not in used else max(used) + 1


def _owned(found: MemoryMap, covered: list[Span]) -> Iterator[Span]:
    """Yield the ranges that boards describe: below 640K, up to the top of low memory, above 4G."""
    ram = [entry.span for entry in found.entries if entry.type == MemoryType.RAM]
    left = subtract(ram, covered)
    if sum(span.size for span in left) < MIB:
        return
    if any(span.start < _LOW for span in left):
        yield Span(0, _LOW)
    if any(MIB <= span.start < _TOP_OF_LOW for span in left):
        yield Span(MIB, _top_of_low(found))
    for span in left:
        if span.start >= _TOP_OF_LOW:
            yield span


def _top_of_low(found: MemoryMap) -> int:
    """Return where the map has its first hole of a MiB above low RAM: devices begin there."""
    top = MIB
    for entry in sorted(found.entries):
        if entry.start > top + MIB:
            break
        top = max(top, entry.end)
    return min(top, _TOP_OF_LOW)
