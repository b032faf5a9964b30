"""`lsmem`: which memory blocks a running kernel has.

*Mirrors:* sys-utils/lsmem.c of util-linux: one row a block, or a run of blocks that are alike.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from srat_tool.base.numerals import whole
from srat_tool.base.span import Span

_ROW = re.compile(r"0x([0-9a-f]{1,16})-0x([0-9a-f]{1,16}) +(\S+)((?: +\S+)*) *")


class LsmemRange(NamedTuple):
    """Blocks in a row; `nid` None where the column was not asked for."""

    span: Span
    online: bool
    nid: int | None


def parse_lsmem(text: str) -> tuple[LsmemRange, ...]:
    """Read the table; ranges are half open, in bytes. Text without one gives nothing."""
    columns: list[str] = []
    found = []
    for line in text.splitlines():
        if line.startswith("RANGE"):
            columns = line.split()[1:]
        elif columns and (match := _ROW.fullmatch(line)):
            values = dict(zip(columns, [match[3], *match[4].split()], strict=False))
            nid = values.get("NODE", "")
            span = Span(int(match[1], 16), int(match[2], 16) + 1)
            number = whole(nid) if len(nid) < 8 else None
            found.append(LsmemRange(span, values.get("STATE") != "offline", number))
    return tuple(found)
