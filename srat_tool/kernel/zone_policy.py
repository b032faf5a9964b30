"""Policies that place ZONE_MOVABLE: what they look at, and what they return."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from srat_tool.base.span import Pfn, PfnSpan
from srat_tool.kernel.boot import Boot


class Limits(NamedTuple):
    """Lowest and highest page frames of each kernel zone, from low to high.

    `movable` is the index of the highest zone that can hold anything: ZONE_MOVABLE takes its pages
    from there and above (`movable_zone`).
    """

    names: tuple[str, ...]
    spans: tuple[PfnSpan, ...]
    movable: int


class NodeMemory(NamedTuple):
    """Whole pages of RAM of one node, ascending, and which of them are mirrored."""

    nid: int
    ranges: tuple[PfnSpan, ...] = ()
    mirrored: tuple[bool, ...] = ()

    @property
    def span(self) -> PfnSpan:
        """From the node's first page to after its last; at 0 and empty without RAM."""
        if not self.ranges:
            return PfnSpan(Pfn(0), Pfn(0))
        return PfnSpan(self.ranges[0].start, self.ranges[-1].end)

    def pages_in(self, start: int, end: int, *, mirrored: bool | None = None) -> int:
        """Count pages of RAM inside a range; only (un)mirrored ones when asked."""
        return sum(
            max(0, min(pages.end, end) - max(pages.start, start))
            for pages, mirror in zip(self.ranges, self.mirrored, strict=True)
            if mirrored is None or mirror is mirrored
        )


class Placement(NamedTuple):
    """Where ZONE_MOVABLE is to begin.

    Attributes:
        starts: first page frame by node; a node without an entry has none.
        rounds: the starts go through the rounding to maximum-order blocks.
        finds_movable_zone: the highest usable zone was determined on the way.
    """

    starts: dict[int, int]
    rounds: bool = True
    finds_movable_zone: bool = False


class Policy(NamedTuple):
    """One way to place ZONE_MOVABLE; the first that applies decides alone.

    Attributes:
        name: as the plan reports it.
        applies: returns whether the boot options request it.
        place: finds the starts; it may add events that the kernel prints.
    """

    name: str
    applies: Callable[[Boot], bool]
    place: Callable[[Boot, Limits, Sequence[NodeMemory]], Placement]
