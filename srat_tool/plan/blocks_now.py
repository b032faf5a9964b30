"""Memory blocks as they are now: what was planned, corrected by what a running kernel shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Generic, TypeVar

from srat_tool.base.span import Span
from srat_tool.base.units import align_down, align_up, format_size
from srat_tool.base.words import joined, plural
from srat_tool.kernel.zones import MOVABLE
from srat_tool.observe.seen_blocks import SeenBlocks, SeenRun
from srat_tool.plan.block_values import (
    BlocksAlike,
    MemoryBlocks,
    Offline,
    joined_alike,
)
from srat_tool.plan.explain_target import Target
from srat_tool.plan.offline_reason import OfflineBecause, OfflineReason

T = TypeVar("T")
_MAX_SENTENCES = 6


def blocks_now(
    planned: Sequence[BlocksAlike], seen: SeenBlocks | None, size: int
) -> tuple[BlocksAlike, ...]:
    """Return the blocks of a machine, by address.

    A block in the zone that was planned keeps its answer. Where the running kernel shows another
    zone, or a block that the boot did not have, that decides.

    Args:
        planned: boot memory.
        seen: what a running kernel shows; None for nothing.
        size: memory block size in bytes.
    """
    if seen is None:
        return tuple(planned)
    return tuple(joined_alike(_pieces(planned, seen, seen.size or size)))


def _pieces(planned: Sequence[BlocksAlike], seen: SeenBlocks, size: int) -> Iterator[BlocksAlike]:
    edges = {edge for run in planned for edge in (run.start, run.end)}
    for run in seen.runs:
        edges |= {align_down(run.span.start, size), align_up(run.span.start, size)}
        edges |= {align_down(run.span.end, size), align_up(run.span.end, size)}
    boot = _Ranges((Span(run.start, run.end), run) for run in planned)
    shown = _Ranges((run.span, run) for run in seen.runs)
    for start, end in pairwise(sorted(edges)):
        window = Span(start, end)
        mine = next(iter(boot.at(window)), None)
        piece = _piece(window, mine, shown.at(window), whole=seen.whole)
        if piece is not None:
            yield piece


class _Ranges(Generic[T]):
    """Values by range, asked for in ascending order of address; ranges may overlap."""

    def __init__(self, items: Iterable[tuple[Span, T]]) -> None:
        self._waiting = iter(sorted(items, key=lambda item: item[0]))
        self._next = next(self._waiting, None)
        self._open: list[tuple[Span, T]] = []

    def at(self, window: Span) -> list[T]:
        """Return the values of ranges that share a byte with this one."""
        while self._next is not None and self._next[0].start < window.end:
            self._open.append(self._next)
            self._next = next(self._waiting, None)
        self._open = [item for item in self._open if item[0].end > window.start]
        return [value for _, value in self._open]


def _piece(
    window: Span, mine: BlocksAlike | None, shown: Sequence[SeenRun], *, whole: bool
) -> BlocksAlike | None:
    """Return some equal blocks as they are now; None where there are none."""
    if mine is not None and mine.nid is not None:
        shown = [run for run in shown if run.nid in (None, mine.nid)]
    if mine is not None:
        mine = mine._replace(start=window.start, end=window.end)
    if not shown:
        return None if whole else mine
    zones = _zones(shown)
    if all(run.online for run in shown) and (zones is None or _as_planned(mine, zones)):
        unknown = OfflineReason(OfflineBecause.SEEN_WITHOUT_ZONE)
        return mine or _made(window, shown, (), ("maybe", unknown))
    return _made(window, shown, zones or (), _answer(mine, shown, zones or ()), mine)


def _zones(shown: Sequence[SeenRun]) -> tuple[str, ...] | None:
    found: dict[str, None] = {}
    for run in shown:
        if run.zones is None:
            return None
        found |= dict.fromkeys(run.zones)
    return tuple(found)


def _as_planned(mine: BlocksAlike | None, zones: tuple[str, ...]) -> bool:
    """Return whether a kernel shows what was planned; for several zones sysfs shows none."""
    if mine is None:
        return False
    single = len(mine.zones) == 1 and mine.nid is not None
    return set(zones) == set(mine.zones) if single else len(zones) != 1


def _answer(
    mine: BlocksAlike | None, shown: Sequence[SeenRun], zones: tuple[str, ...]
) -> tuple[Offline, OfflineReason]:
    if not all(run.online for run in shown):
        return "yes", OfflineReason(OfflineBecause.OFFLINE_ALREADY)
    if len(zones) != 1:
        return "no", OfflineReason(OfflineBecause.SEEN_IN_NO_ZONE)
    if mine is not None and mine.offline == "no" and len(mine.zones) == 1:
        return "no", mine.reason
    if zones == (MOVABLE,):
        return "yes", OfflineReason(OfflineBecause.SEEN_MOVABLE)
    return "maybe", OfflineReason(OfflineBecause.SEEN_IN_KERNEL_ZONE, zones=zones)


def _made(
    window: Span,
    shown: Sequence[SeenRun],
    zones: tuple[str, ...],
    answer: tuple[Offline, OfflineReason],
    mine: BlocksAlike | None = None,
) -> BlocksAlike:
    nids = {run.nid for run in shown if run.nid is not None}
    if mine is not None:
        nids |= set(mine.nids)
    nid = next(iter(nids)) if len(nids) == 1 else None
    return BlocksAlike(*window, nid, zones, *answer, tuple(sorted(nids)))


def seen_sentences(
    seen: SeenBlocks | None, planned: MemoryBlocks, target: Target
) -> tuple[str, ...]:
    """Return what a running kernel shows of a node or a range, one sentence for equal blocks."""
    if seen is None:
        return ()
    size = seen.size or planned.size
    lines = []
    if seen.size not in (None, planned.size):
        lines.append(
            f"memory blocks have {format_size(size)}, not {format_size(planned.size)} as planned"
        )
    runs = [run for run in seen.runs if _concerns(run, target)]
    lines += [_sentence(run, size) for run in runs[:_MAX_SENTENCES]]
    if len(runs) > _MAX_SENTENCES:
        lines.append(f"{plural(len(runs) - _MAX_SENTENCES, 'run')} of blocks more")
    return tuple(f"{seen.source}: {line}" for line in lines)


def _concerns(run: SeenRun, target: Target) -> bool:
    if target.nid is not None:
        return run.nid == target.nid or (run.nid is None and target.touches(run.span))
    return target.touches(run.span)


def _sentence(run: SeenRun, size: int) -> str:
    first, last = run.span.start // size, (run.span.end - 1) // size
    blocks = f"memory block {first}" if first == last else f"memory blocks {first} to {last}"
    of = "" if run.nid is None else f" of node {run.nid}"
    state = "online" if run.online else "offline"
    if run.zones is None:
        return f"{blocks}{of}: {state}"
    zones = joined(list(run.zones)) if run.zones else "no single zone"
    return f"{blocks}{of}: {state}, {zones}" if run.online else f"{blocks}{of}: {state} ({zones})"
