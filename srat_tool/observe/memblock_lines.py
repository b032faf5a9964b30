"""What `memblock=debug` prints: calls, and dumps of the two lists.

*Mirrors:* mm/memblock.c `memblock_dbg` and `memblock_dump` (since 3.0).
"""

from __future__ import annotations

from srat_tool.base.span import Span
from srat_tool.observe.facts import MemblockOp, MemblockRegionLine
from srat_tool.observe.notes import TOP, AskedNote, DumpNotes, NoteRule, Notes, matcher

_HEX = r"0x[0-9a-f]{1,16}"
_op = matcher(
    rf"(?:__)?memblock_(\w{{1,30}}): {{1,4}}\[({_HEX})-({_HEX})\]"
    r"(?: nid=(-?\d{1,6}))?(?: ?(?:with )?flags[ =]((?:0x)?[0-9a-f]{1,16}))? {0,2}(.{0,120})"
)
# Since 5.2 an allocation prints its caller alone, and the reserve that follows where it is.
_asked = matcher(r"memblock_(phys_alloc_range): (\d{1,20}) bytes .{0,160} (\S{1,120})$")
_region = matcher(
    rf"(memory|reserved)\[{_HEX}\]\s{{1,4}}\[({_HEX})-({_HEX})\], ({_HEX}) bytes"
    rf"(?: on node (-?\d{{1,6}}))?(?: flags: ({_HEX}))?"
)
_count = matcher(rf"(memory|reserved)\.cnt {{1,4}}= ({_HEX})")


def _span(first: str, last: str, notes: Notes) -> Span:
    start, end = int(first, 16), int(last, 16)
    if notes.ends_excluded is None:
        # Old kernels print base + size, later ones base + size - 1. The first calls of every
        # boot have an even size, so the first printed end shows which.
        notes.ends_excluded = end % 2 == 0
    if end < start:  # a size near 2^64 made the printed end wrap; memblock caps it
        return Span(start, TOP - 1)
    return Span(start, end if notes.ends_excluded else end + 1)


def _nid(text: str | None) -> int | None:
    return None if text is None or int(text) < 0 else int(text)


def _read_op(line: str, notes: Notes) -> None:
    if match := _op(line):
        op, first, last, nid, flags, caller = match.groups()
        span = _span(first, last, notes)
        notes.ops.append(
            MemblockOp(op, span, int(flags or "0", 16), caller.strip(), _nid(nid), notes.at)
        )
        asked, notes.asked = notes.asked, None
        if asked is not None and (op, span.size) == ("reserve", asked.size):
            notes.ops.append(MemblockOp(asked.op, span, 0, asked.caller, None, notes.at))
    elif match := _asked(line):
        notes.asked = AskedNote(match[1], int(match[2]), match[3])


def _begin(_line: str, notes: Notes) -> None:
    notes.dumps.append(DumpNotes(line=notes.at))


def _read_dump(line: str, notes: Notes) -> None:
    if not notes.dumps:
        return
    dump = notes.dumps[-1]
    if match := _count(line):
        dump.counts[match[1]] = int(match[2], 16)
    elif match := _region(line):
        kind, first, last, size, nid, flags = match.groups()
        if int(size, 16) == 0:  # an empty list is dumped as one region without bytes
            dump.counts[kind] = dump.counts.get(kind, 1) - 1
            return
        region = MemblockRegionLine(_span(first, last, notes), _nid(nid), int(flags or "0", 16))
        dump.regions.setdefault(kind, []).append(region)


RULES = (
    NoteRule("memblock_", _read_op),
    NoteRule("__memblock_", _read_op),
    NoteRule("MEMBLOCK configuration:", _begin),
    NoteRule("memory", _read_dump),
    NoteRule("reserved", _read_dump),
)
