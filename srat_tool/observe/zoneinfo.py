"""`/proc/zoneinfo`: the zones that a running kernel really has.

*Mirrors:* mm/vmstat.c `zoneinfo_show_print` (since 2.6).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from srat_tool.base.errors import SourceError

_ZONE = re.compile(r"Node (\d{1,10}), zone {1,8}(\w{1,16})")
_FIGURE = re.compile(r" {1,20}(spanned|present|managed|start_pfn):? {1,20}(\d{1,20})")


class ZoneInfo(NamedTuple):
    """One zone; `managed` and `start_pfn` are None where the kernel does not print them."""

    nid: int
    name: str
    spanned: int
    present: int
    managed: int | None
    start_pfn: int | None


def parse_zoneinfo(text: str, *, where: str = "/proc/zoneinfo") -> tuple[ZoneInfo, ...]:
    """Read `/proc/zoneinfo`; zones that span nothing are in it too.

    Raises:
        SourceError: when there is no zone in it.
    """
    zones: list[tuple[int, str, dict[str, int]]] = []
    for line in text.splitlines():
        if match := _ZONE.match(line):
            zones.append((int(match[1]), match[2], {}))
        elif zones and (match := _FIGURE.match(line)):
            zones[-1][2].setdefault(match[1], int(match[2]))
    if not zones:
        raise SourceError("no zone found", where=where, expected="lines like 'Node 0, zone DMA'")
    return tuple(
        ZoneInfo(
            nid,
            name,
            figures.get("spanned", 0),
            figures.get("present", 0),
            figures.get("managed"),
            figures.get("start_pfn"),
        )
        for nid, name, figures in zones
    )
