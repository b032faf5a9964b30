"""Boot memory by memory block, as values. Addresses are bytes, half open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from srat_tool.base.units import format_size
from srat_tool.plan.offline_reason import OfflineReason

Offline = Literal["yes", "no", "maybe"]


class BlocksAlike(NamedTuple):
    """Memory blocks next to each other with the same answer.

    Attributes:
        start, end: multiples of the block size.
        nid: their node; None with memory of several nodes, or of none.
        zones: the zones that they meet; sysfs shows one by name, several as `none`.
        offline: whether they can go offline once the machine runs.
        reason: why.
        nids: all nodes with memory in them, ascending.
    """

    start: int
    end: int
    nid: int | None
    zones: tuple[str, ...]
    offline: Offline
    reason: OfflineReason
    nids: tuple[int, ...] = ()

    @property
    def why(self) -> str:
        """The reason as a sentence."""
        return str(self.reason)


def joined_alike(answers: Iterable[BlocksAlike]) -> Iterator[BlocksAlike]:
    """Join neighbours with the same answer."""
    last: BlocksAlike | None = None
    for answer in answers:
        if last is not None and last.end == answer.start and last[2:] == answer[2:]:
            last = last._replace(end=answer.end)
            continue
        if last is not None:
            yield last
        last = answer
    if last is not None:
        yield last


class MemoryBlocks(NamedTuple):
    """All boot memory.

    Attributes:
        size: memory block size in bytes.
        runs: by address.
        assumptions: inputs that had to be assumed, as sentences, where it is an answer of its own.
    """

    size: int
    runs: tuple[BlocksAlike, ...]
    assumptions: tuple[str, ...] = ()

    def __repr__(self) -> str:
        total = sum(run.end - run.start for run in self.runs)
        return f"<MemoryBlocks of {format_size(self.size)}: {format_size(total)}>"


NO_BLOCKS = MemoryBlocks(size=0, runs=())
"""What a machine without memory has."""
