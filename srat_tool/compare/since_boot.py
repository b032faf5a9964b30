"""Memory that came or went since the boot, by the blocks of a running kernel.

The plan of a boot does not know of it. Where blocks show what changed, zones are compared with the
plan and these changes: by their pages, since a span keeps what was in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from srat_tool.base.span import Span, subtract, union
from srat_tool.base.units import inward
from srat_tool.base.words import plural
from srat_tool.compare.verified import Verdict, VerifiedPart, compared
from srat_tool.observe.seen_blocks import SeenBlocks
from srat_tool.observe.zoneinfo import ZoneInfo
from srat_tool.plan.plan import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class SinceBoot:
    """What changed.

    Attributes:
        came: how many blocks are online and not of the boot.
        gone: how many blocks of the boot are not online.
        present: pages of each zone, by node and name: the plan's with the changes; None where the
            zone of a changed block is not known.
    """

    came: int
    gone: int
    present: dict[tuple[int, str], int] | None

    @property
    def text(self) -> str:
        """The changes, in words."""
        return f"since the boot {plural(self.came, 'memory block')} came, {self.gone} went"

    @property
    def with_memory(self) -> set[int] | None:
        """Nodes with memory; None where that is not known."""
        if self.present is None:
            return None
        return {nid for (nid, _), pages in self.present.items() if pages > 0}


def since_boot(plan: Plan, seen: SeenBlocks | None) -> SinceBoot | None:
    """Return what changed since the boot; None when nothing did, or no source shows it."""
    if seen is None or not seen.whole or seen.size != plan.blocks.size:
        return None
    came, gone = list(_came(plan, seen)), list(_gone(plan, seen))
    if not came and not gone:
        return None
    size, page = plan.blocks.size, plan.kernel.page_bytes
    present: dict[tuple[int, str], int] = {}
    for zone in plan.zones:
        present[zone.nid, zone.name] = zone.present_pages
    known = True
    for sign, (span, nid, zones) in [*((1, one) for one in came), *((-1, one) for one in gone)]:
        if nid is None or len(zones) != 1:
            known = False
            continue
        key = nid, zones[0]
        present[key] = present.get(key, 0) + sign * span.size // page
    return SinceBoot(
        came=sum(span.size for span, _, _ in came) // size,
        gone=sum(span.size for span, _, _ in gone) // size,
        present=present if known else None,
    )


_Part = tuple[Span, int | None, tuple[str, ...]]


def _came(plan: Plan, seen: SeenBlocks) -> Iterator[_Part]:
    booted = union(Span(run.start, run.end) for run in plan.blocks.runs)
    for run in seen.runs:
        span = inward(run.span, plan.blocks.size)
        if run.online and span:
            for part in subtract([span], booted):
                yield part, run.nid, run.zones or ()


def _gone(plan: Plan, seen: SeenBlocks) -> Iterator[_Part]:
    """Yield blocks of the boot that are offline or missing."""
    online = union(inward(run.span, plan.blocks.size) for run in seen.runs if run.online)
    for run in plan.blocks.runs:
        for part in subtract([Span(run.start, run.end)], online):
            yield part, run.nid, run.zones


def zones_since(since: SinceBoot, zones: tuple[ZoneInfo, ...]) -> VerifiedPart:
    """Compare the pages of zones."""
    if since.present is None:
        why = f"{since.text}, and their zones are not known"
        return VerifiedPart(name="zoneinfo", verdict=Verdict.UNKNOWN, why=why)
    seen = {(zone.nid, zone.name): zone.present for zone in zones}
    return compared(
        "zoneinfo", _lines(since.present), _lines(seen), f"pages of zones; {since.text}"
    )


def _lines(pages: dict[tuple[int, str], int]) -> list[str]:
    rows = sorted((key, count) for key, count in pages.items() if count)
    return [f"node {nid} zone {name}: present {count}" for (nid, name), count in rows]
