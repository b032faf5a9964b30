"""What a kernel prints after its zones are set up: fallback lists, HMAT, memory tiers.

*Mirrors:* mm/page_alloc.c `build_zonelists`, drivers/acpi/numa/hmat.c, mm/memory-tiers.c,
5.16 to 7.2.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial
from itertools import takewhile

from srat_tool.observe.answer import squeezed
from srat_tool.observe.notes import NoteRule, Notes

LATE_PARTS = ("fallback", "hmat", "mismatch", "demotion")
"""The kinds of lines, in the order in which a kernel prints them."""

# How lines begin, once their blanks are squeezed.
_BEGIN = {
    "fallback": ("Fallback order for Node ",),
    "hmat": ("acpi/hmat: ", "[HMAT:", "HMAT: ", "Ignoring HMAT: ", "Initiator-Target["),
    "mismatch": (
        "memory-tiers: the performance of DRAM node ",
        "DRAM node ",
        "performance of ",
        "read_latency: ",
        "disable default DRAM node performance",
    ),
    "demotion": ("Demotion targets for Node ",),
}
_OF_NODE = re.compile(r"(?:Fallback order|Demotion targets) for Node (\d{1,9}):")


def late_lines(lines: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the lines of each part, squeezed and in order; parts without lines are left out.

    Of lines for one node each, only the first print is kept: later ones are about memory that was
    added.
    """
    found: dict[str, list[str]] = {}
    for line in map(squeezed, lines):
        for part, begin in _BEGIN.items():
            if line.startswith(begin):
                found.setdefault(part, []).append(line)
    return {part: first_print(found[part]) for part in LATE_PARTS if part in found}


def first_print(lines: Iterable[str]) -> tuple[str, ...]:
    """Return lines until the number of a node does not grow."""
    last = -1

    def goes_on(line: str) -> bool:
        nonlocal last
        match = _OF_NODE.match(line)
        if match is None:
            return True
        before, last = last, int(match[1])
        return last > before

    return tuple(takewhile(goes_on, lines))


def _keep(part: str, line: str, notes: Notes) -> None:
    notes.late.setdefault(part, []).append(line)


RULES = tuple(
    NoteRule(begin, partial(_keep, part)) for part, begins in _BEGIN.items() for begin in begins
)
