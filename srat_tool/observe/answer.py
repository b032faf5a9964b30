"""What a kernel prints that it made of the memory: nodes, zones, and what it thinks of the tables.

*Mirrors:* drivers/acpi/numa/srat.c, arch/x86/mm/numa.c, mm/numa_memblks.c,
drivers/base/arch_numa.c, arch/arm64/mm/numa.c, mm/page_alloc.c and mm/mm_init.c
`free_area_init` (since 2.6).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import chain

from srat_tool.base.span import Span
from srat_tool.base.units import MIB, PAGE_SHIFT
from srat_tool.observe.facts import Coverage, NodeRangeLine, NodeSetupLine, ZoneLine
from srat_tool.observe.notes import (
    HEX,
    MEM,
    Begin,
    NoteRule,
    Notes,
    beginning,
    exclusive,
    inclusive,
    matcher,
)

PARTS = ("srat", "cpus", "numa", "zones", "movable", "nodes", "initmem")
"""The kinds of lines, in the order in which a kernel prints them."""

_ZONES = ("DMA", "DMA32", "Normal", "HighMem", "Movable", "Device", "ExtMem")
_SRAT, _SETUP = r"(?!PXM|hot plug)", r"Initmem setup node \d+ \[mem"
# Of lines whose blanks were squeezed. What depends on where data was put is not among them.
_BEGIN = {
    "cpus": (Begin("SRAT: PXM ", r"\d"), Begin("ACPI: NUMA: SRAT: PXM ", r"\d")),
    "srat": (
        *(Begin("SRAT: ", _SRAT), Begin("ACPI: SRAT: ", _SRAT)),
        *(Begin("[SRAT:"), Begin("ACPI: [SRAT:")),
    ),
    "initmem": (Begin("Initmem setup node"), Begin("Initializing node")),
    "numa": (
        Begin("NUMA: ", rf"(?!NODE_DATA|Adding memblock|{_SETUP})"),
        *(Begin("NUMA turned off"), Begin("NUMA disabled"), Begin("No NUMA")),
        Begin("Faking ", r"a? ?node"),
        *(Begin("node ", r"-?\d+ \[mem"), Begin("Warning: node ", r"-?\d+ \[mem")),
        *(Begin("Warning: invalid memblk"), Begin("too many memblk"), Begin("SRAT: PXMs only")),
        *(Begin("ACPI: SLIT: "), Begin("ACPI: SLIT table looks")),
    ),
    "zones": (
        *(Begin("Zone ranges:"), Begin("Zone PFN ranges:")),
        *(Begin(f"{name} ", r"(?:\[mem|empty|\w+ -> )") for name in _ZONES),
    ),
    "movable": (Begin("Movable zone start"), Begin("Node ", r"\d+: (?:0x[0-9a-f]+|\d+)$")),
    "nodes": (
        *(Begin("Early memory node ranges"), Begin("early_node_map[")),
        Begin("node ", r"-?\d+: \[mem"),
        *(Begin(f"{digit}", r"\d*: \w+ -> \w") for digit in range(10)),
    ),
}
_PART = re.compile("|".join(f"(?P<{part}>{beginning(rows)})" for part, rows in _BEGIN.items()))
# What a kernel prints once its zones are set up: a log with such a line did not end before.
_AFTER = (
    *(Begin("Built ", r"\d+ zonelists"), Begin("Memory: ", r"\d+[kK]/")),
    *(Begin("SLUB: "), Begin("smpboot: "), Begin("ACPI: PM-Timer"), Begin("psci: ")),
    Begin("Kernel command l"),
)
_LATER = re.compile(beginning(_AFTER))
BEGINNINGS = (*chain.from_iterable(_BEGIN.values()), *_AFTER)
"""How each squeezed line begins that belongs to the answer, or is later."""

_zone = matcher(rf"({'|'.join(_ZONES)}) (?:{MEM}|({HEX}) -> ({HEX})|empty)")
# Of all distributions: CONFIG_NODES_SHIFT=10.
_MAX_NUMNODES = 1024
_node_range = matcher(rf"node (-?\d{{1,10}}): {MEM}")
_old_range = matcher(r"(\d{1,10}): (0x[0-9a-f]{1,13}|\d{1,15}) -> (0x[0-9a-f]{1,13}|\d{1,15})$")
_old_heading = matcher(r"early_node_map\[(\d{1,6})\]")
_setup = matcher(
    rf"(?:NUMA: )?(?:Initmem|Bootmem) setup node (\d{{1,10}}) (?:{MEM}|({HEX})-({HEX}))"
)
_memoryless = matcher(
    r"(?:NUMA: )?(?:Initmem setup node (\d{1,10}) (?:\[<memory-less node>\]|as memoryless)"
    r"|Could not find start_pfn for node (\d{1,10}))"
)
_faked = matcher(rf"(?:NUMA: )?Faking a node at (?:{MEM}|({HEX})-({HEX}))")
_covered = matcher(
    r"(?:NUMA: nodes|SRAT: PXMs) only cover (\d{1,15})MB of your (\d{1,15})MB e820 RAM"
)
_uncovered = matcher(r"NUMA: no nodes coverage for (\d{1,15})MB of (\d{1,15})MB RAM")
_added = matcher(rf"NUMA: Adding memblock \[({HEX}) - ({HEX})\] on node (\d{{1,10}})")
_emulated = matcher(r"Faking node \d{1,10} at ")
_distances = matcher(r"NUMA: Initialized distance table, cnt=(\d{1,6})")
_RANGE = re.compile(r"(node -?\d{1,10}: )\[mem (0x[0-9a-f]{1,16})-(0x[0-9a-f]{1,16})\]")
_ARMS = ("NUMA: NODE_DATA", "NUMA: Adding memblock", "NUMA: Faking a node", "NUMA: NUMA ")
_TURNED_OFF = ("NUMA turned off", "NUMA: NUMA disabled", "NUMA disabled", "NUMA: NUMA turned off")


def squeezed(line: str) -> str:
    """Return a line without indentation, and with one blank where it has several."""
    return " ".join(line.split())


def part_of(line: str) -> str | None:
    """Return which part of the answer a squeezed line belongs to; None for other lines."""
    match = _PART.match(line)
    return None if match is None else match.lastgroup


def answer_parts(lines: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the lines of each part, squeezed and in order; parts without lines are left out."""
    parts: dict[str, list[str]] = {}
    for line in lines:
        add_line(squeezed(line), parts)
    return {part: tuple(found) for part, found in parts.items()}


def add_line(line: str, parts: dict[str, list[str]]) -> str | None:
    """Put a squeezed line with the others of its part, and return which that is."""
    part = part_of(line)
    if part is not None:
        parts.setdefault(part, []).append(line)
    return part


def join_ranges(lines: Sequence[str]) -> tuple[str, ...]:
    """Join lines of node ranges of the same node that meet, whose flags keep the kernel from it."""
    joined: list[str] = []
    for line in lines:
        mine, above = _RANGE.fullmatch(line), _RANGE.fullmatch(joined[-1]) if joined else None
        if mine and above and mine[1] == above[1] and int(mine[2], 16) == int(above[3], 16) + 1:
            joined[-1] = f"{above[1]}[mem {above[2]}-{mine[3]}]"
        else:
            joined.append(line)
    return tuple(joined)


def is_later(line: str) -> bool:
    """Return whether a kernel prints this only after its answer."""
    return _LATER.match(line) is not None


def _pages(first: str, last: str) -> Span:
    base = 16 if first.startswith("0x") else 10
    return Span(int(first, base) << PAGE_SHIFT, int(last, base) << PAGE_SHIFT)


def _zones(line: str, notes: Notes) -> None:
    match = _zone(line)
    if match is None or notes.zones_end:
        return
    name, first, last, start, end = match.groups()
    span = inclusive(first, last) if first else _pages(start, end) if start else None
    notes.zones.append(ZoneLine(name, span or None))


def _zone_heading(line: str, notes: Notes) -> None:
    if line.startswith(("Zone ranges:", "Zone PFN ranges:")):
        notes.zones_begin = True


def _movable(_line: str, notes: Notes) -> None:
    notes.zones_end = True


def _ranges(line: str, notes: Notes) -> None:
    if match := _node_range(line):
        notes.node_ranges.append(NodeRangeLine(_nid(match[1]), inclusive(match[2], match[3])))
        notes.ranges_at = notes.at


def _old_ranges(line: str, notes: Notes) -> None:
    if notes.ranges_begin and (match := _old_range(line)):
        notes.node_ranges.append(NodeRangeLine(int(match[1]), _pages(match[2], match[3])))
        notes.ranges_at = notes.at


def _range_heading(line: str, notes: Notes) -> None:
    if line.startswith(("Early memory node ranges", "early_node_map[")):
        notes.ranges_begin = True
        if match := _old_heading(line):
            notes.range_count = int(match[1])


def _node_setup(line: str, notes: Notes) -> None:
    if match := _memoryless(line):
        notes.setups.append(NodeSetupLine(int(match[1] or match[2]), None))
    elif match := _setup(line):
        span = inclusive(match[2], match[3]) if match[2] else exclusive(match[4], match[5])
        notes.setups.append(NodeSetupLine(int(match[1]), span if span.size > 1 else None))


def _numa(line: str, notes: Notes) -> None:
    notes.arm_words |= line.startswith(_ARMS)
    if match := _distances(line):
        notes.answer_fact("distance_nodes", int(match[1]))
    elif match := _added(line):
        notes.added.append(NodeRangeLine(int(match[3]), inclusive(match[1], match[2])))
    elif line.startswith(_TURNED_OFF):
        notes.answer_fact("numa_off", value=True)
    else:
        _cover(line, notes)
        _node_setup(line, notes)
        _faking(line, notes)


def _cover(line: str, notes: Notes) -> None:
    if match := _covered(line):
        known, total = int(match[1]) * MIB, int(match[2]) * MIB
        notes.answer_fact("coverage", Coverage(total - known, total))
        notes.answer_fact("rejected", f"{match[1]} of {match[2]} MiB of RAM are in a range of it")
    elif match := _uncovered(line):
        notes.answer_fact("coverage", Coverage(int(match[1]) * MIB, int(match[2]) * MIB))
        notes.answer_fact("rejected", f"{match[1]} of {match[2]} MiB of RAM are in no range of it")


def _faking(line: str, notes: Notes) -> None:
    if match := _faked(line):
        read = inclusive(match[1], match[2]) if match[1] else exclusive(match[3], match[4])
        notes.answer_fact("faked", read)
    elif _emulated(line):
        notes.answer_fact("emulated", value=True)


def _slit(line: str, notes: Notes) -> None:
    if "SLIT table looks invalid" in line:
        notes.answer_fact("slit_invalid", value=True)


def _not_used(line: str, notes: Notes) -> None:
    if line.endswith("SRAT: SRAT not used."):
        notes.answer_fact("rejected", "the log reports it")
        notes.answer_fact("says_not_used", value=True)
    _numa(line, notes)


RULES = (
    NoteRule("Zone ", _zone_heading),
    *(NoteRule(f"{name} ", _zones) for name in _ZONES),
    NoteRule("Movable zone start", _movable),
    NoteRule("Early memory node ranges", _range_heading),
    NoteRule("early_node_map[", _range_heading),
    NoteRule("node ", _ranges),
    *(NoteRule(f"{digit}", _old_ranges) for digit in range(10)),
    NoteRule("Initmem setup node", _node_setup),
    NoteRule("Bootmem setup node", _node_setup),
    NoteRule("Could not find start_pfn", _node_setup),
    NoteRule("NUMA", _numa),
    NoteRule("Faking ", _faking),
    NoteRule("ACPI: SLIT", _slit),
    NoteRule("SRAT: ", _not_used),
    NoteRule("ACPI: SRAT: ", _not_used),
)


def _nid(text: str) -> int:
    """Return a node; -1 for RAM without one, which kernels up to 6.7 call MAX_NUMNODES."""
    nid = int(text)
    return -1 if nid == _MAX_NUMNODES else nid
