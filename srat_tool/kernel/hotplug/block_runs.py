"""The memory blocks of a running machine, as runs of equal ones."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from srat_tool.base.span import Span
from srat_tool.kernel.hotplug.boot_blocks import BlockRun


class HotRun(NamedTuple):
    """Equal memory blocks next to each other.

    Attributes:
        span: bytes, both ends multiples of the block size.
        nid: their node; None when the blocks of a boot have several.
        online: their state.
        zone: their zone; None while offline, and for blocks in several zones.
        device: id of the device that they belong to; None for boot memory.
        companion: id of the ACPI memory device that they are bound to; None without one.
        early: present since the boot.
        memmap_pages: pages at the start of each block that hold its own memory map.
        unplugged: bytes of a virtio-mem block that are not plugged.
        boot: what the boot put into them; None for memory that was added.
    """

    span: Span
    nid: int | None
    online: bool
    zone: str | None
    device: str | None = None
    early: bool = False
    memmap_pages: int = 0
    unplugged: int = 0
    boot: BlockRun | None = None
    companion: str | None = None


class BlockRuns:
    """All memory blocks, sorted by address."""

    def __init__(self, runs: Iterable[HotRun] = ()) -> None:
        self._runs = sorted(runs, key=lambda run: run.span)

    def __iter__(self) -> Iterator[HotRun]:
        return iter(self._runs)

    def within(self, span: Span) -> list[HotRun]:
        """Return the runs in a range; those that reach out of it are split at its ends."""
        for edge in span:
            self._split(edge)
        first, last = self._place(span.start), self._place(span.end)
        return self._runs[first:last]

    def touches(self, span: Span) -> bool:
        """Return whether there is any block in a range."""
        at = bisect_right(self._runs, span.start, key=lambda run: run.span.end)
        return at < len(self._runs) and self._runs[at].span.start < span.end

    def add(self, run: HotRun) -> None:
        """Insert blocks where there are none."""
        self._runs.insert(self._place(run.span.start), run)

    def swap(self, old: HotRun, new: HotRun) -> None:
        """Replace a run by another one with the same span."""
        self._runs[self._place(old.span.start)] = new

    def drop(self, run: HotRun) -> None:
        """Take blocks away."""
        del self._runs[self._place(run.span.start)]

    def _place(self, address: int) -> int:
        """Return the index of the first run that ends after an address."""
        return bisect_right(self._runs, address, key=lambda run: run.span.end)

    def _split(self, edge: int) -> None:
        at = self._place(edge)
        if at < len(self._runs) and self._runs[at].span.start < edge:
            run = self._runs[at]
            self._runs[at : at + 1] = [
                run._replace(span=Span(run.span.start, edge)),
                run._replace(span=Span(edge, run.span.end)),
            ]
