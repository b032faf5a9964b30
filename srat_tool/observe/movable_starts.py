"""Where ZONE_MOVABLE began on each node, by the lines of a log."""

from __future__ import annotations

import re

from srat_tool.base.units import PAGE_SIZE
from srat_tool.observe.facts import KernelAnswer

_PART = "movable"
_START = re.compile(r"Node (\d{1,10}): (0x[0-9a-f]{1,16}|\d{1,16})")


def movable_starts(answer: KernelAnswer) -> dict[int, int] | None:
    """Return the first byte of ZONE_MOVABLE by node; None where the log has no such lines.

    Lines with which the log begins may lack the ones before them, so they count as none.
    """
    lines = answer.printed.get(_PART, ())
    if not lines or answer.begins_with == _PART:
        return None
    found = (match for line in lines if (match := _START.fullmatch(line.strip())))
    return {int(match[1]): _address(match[2]) for match in found}


def _address(word: str) -> int:
    """Return an address; kernels before 3.5 print page frame numbers."""
    return int(word, 16) if word.startswith("0x") else int(word) * PAGE_SIZE
