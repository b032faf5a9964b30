"""`lsmem`: which memory blocks a running kernel has.

*Mirrors:* sys-utils/lsmem.c of util-linux: one row a block, or a run of blocks that are alike.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from srat_tool.base.numerals import whole
from srat_tool.base.span import Span

_BLOCK_SIZE = re.compile(r"(?m)^Memory block size: +(\d{1,9})([MGT])")
_SHIFTS = {"M": 20, "G": 30, "T": 40}
_KERNEL_NAMES = {"Highmem": "HighMem"}
_WORD = re.compile(r"\S+")
_MAX_DIGITS = 7
_ROW = re.compile(r"0x([0-9a-f]{1,16})-0x([0-9a-f]{1,16}) +(\S+)((?: +\S+)*) *")


class LsmemRange(NamedTuple):
    """Blocks in a row; `nid` and `zones` are None where the column was not asked for.

    Attributes:
        zones: the zone, or those that an offline block can get; empty for blocks in several.
    """

    span: Span
    online: bool
    nid: int | None
    zones: tuple[str, ...] | None = None


def parse_lsmem(text: str) -> tuple[LsmemRange, ...]:
    """Read the table; ranges are half open, in bytes. Text without one gives nothing."""
    columns: list[re.Match[str]] = []
    found = []
    for line in text.splitlines():
        if line.startswith("RANGE"):
            columns = list(_WORD.finditer(line))[1:]
        elif columns and (match := _ROW.fullmatch(line)):
            values = _cells(columns, list(_WORD.finditer(line))[1:])
            nid = values.get("NODE", "")
            span = Span(int(match[1], 16), int(match[2], 16) + 1)
            number = whole(nid) if len(nid) <= _MAX_DIGITS else None
            online = values.get("STATE") != "offline"
            found.append(LsmemRange(span, online, number, _zones(values.get("ZONES"))))
    return tuple(found)


def _cells(columns: list[re.Match[str]], words: list[re.Match[str]]) -> dict[str, str]:
    """Return the cells by column; where some are empty, a word ends where its title does."""
    if len(columns) == len(words):
        return {title[0]: word[0] for title, word in zip(columns, words, strict=True)}
    ends = {word.end(): word[0] for word in words}
    return {title[0]: ends[title.end()] for title in columns if title.end() in ends}


def _zones(text: str | None) -> tuple[str, ...] | None:
    """Read a cell of ZONES; a column that has no value is a blank, so that none is there."""
    if text is None or not text.replace("/", "").isalnum():
        return None
    names = tuple(_KERNEL_NAMES.get(name, name) for name in text.split("/"))
    return () if names == ("None",) else names


def block_bytes(text: str) -> int | None:
    """Return the memory block size of the summary; None where it is not there."""
    match = _BLOCK_SIZE.search(text)
    return None if match is None else int(match[1]) << _SHIFTS[match[2]]
