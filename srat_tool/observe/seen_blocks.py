"""The memory blocks of a running kernel, as sysfs, lsmem or /proc/zoneinfo shows them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from srat_tool.base.span import Span
from srat_tool.base.units import PAGE_SIZE, format_size
from srat_tool.observe.lsmem import block_bytes, parse_lsmem
from srat_tool.observe.sysnode import SysMemory
from srat_tool.observe.zoneinfo import ZoneInfo


class SeenRun(NamedTuple):
    """Equal memory blocks next to each other.

    Attributes:
        span: bytes, half open.
        nid: their node; None where it is not known, or there are several.
        online: their state.
        zones: as `valid_zones`; empty for blocks that are in no single zone, None where not known.
    """

    span: Span
    nid: int | None
    online: bool
    zones: tuple[str, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenBlocks:
    """All memory blocks.

    Attributes:
        source: what they were read from.
        size: memory block size in bytes; None where it is not known.
        runs: by address.
        whole: blocks that are not among them do not exist.
    """

    source: str
    size: int | None
    runs: tuple[SeenRun, ...]
    whole: bool = True

    def __repr__(self) -> str:
        total = sum(run.span.size for run in self.runs)
        return f"<SeenBlocks of {self.source}: {format_size(total)}>"


def seen_blocks(
    system: SysMemory, lsmem: str = "", zones: Sequence[ZoneInfo] = ()
) -> SeenBlocks | None:
    """Return the blocks as the best of the sources has them; None where none has any.

    Args:
        system: the folders of sysfs; states of blocks come before anything else.
        lsmem: its output.
        zones: of /proc/zoneinfo; they show zones and nodes, not which blocks are offline.
    """
    size = system.block_bytes or block_bytes(lsmem)
    if system.states and system.block_bytes:
        runs = tuple(_joined(_of_sysfs(system, system.block_bytes)))
        return SeenBlocks(source="sysfs", size=size, runs=runs)
    rows = [SeenRun(r.span, r.nid, r.online, r.zones) for r in parse_lsmem(lsmem)]
    if rows:
        return SeenBlocks(source="lsmem", size=size, runs=tuple(_joined(sorted(rows, key=_start))))
    spans = tuple(sorted(_of_zones(zones), key=_start))
    return SeenBlocks(source="zoneinfo", size=size, runs=spans, whole=False) if spans else None


def _start(run: SeenRun) -> tuple[int, int]:
    return run.span


def _of_sysfs(system: SysMemory, size: int) -> Iterator[SeenRun]:
    owners: dict[int, list[int]] = {}
    for node in system.nodes:
        for block in node.blocks:
            owners.setdefault(block, []).append(node.nid)
    for block, state in sorted(system.states.items()):
        nids = owners.get(block, [])
        text = system.valid_zones.get(block)
        names = None if text is None else () if text == "none" else tuple(text.split())
        yield SeenRun(
            Span(block * size, (block + 1) * size),
            nids[0] if len(nids) == 1 else None,
            state != "offline",
            names,
        )


def _of_zones(zones: Sequence[ZoneInfo]) -> Iterator[SeenRun]:
    for zone in zones:
        if zone.present and zone.start_pfn is not None and zone.name != "Device":
            first = zone.start_pfn * PAGE_SIZE
            span = Span(first, first + zone.spanned * PAGE_SIZE)
            yield SeenRun(span, zone.nid, True, (zone.name,))


def _joined(runs: Iterator[SeenRun] | Sequence[SeenRun]) -> Iterator[SeenRun]:
    last: SeenRun | None = None
    for run in runs:
        if last is not None and last.span.end == run.span.start and last[1:] == run[1:]:
            last = last._replace(span=Span(last.span.start, run.span.end))
            continue
        if last is not None:
            yield last
        last = run
    if last is not None:
        yield last
