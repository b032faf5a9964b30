"""Boot memory by memory block, as values. Addresses are bytes, half open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

Offline = Literal["yes", "no", "maybe"]


class BlocksAlike(NamedTuple):
    """Memory blocks next to each other with the same answer.

    Attributes:
        start, end: multiples of the block size.
        nid: their node; None with memory of several nodes, or of none.
        zones: the zones that they meet; sysfs shows one by name, several as `none`.
        offline: whether they can go offline once the machine runs.
        why: one sentence.
    """

    start: int
    end: int
    nid: int | None
    zones: tuple[str, ...]
    offline: Offline
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryBlocks:
    """All boot memory; `size` is the memory block size in bytes."""

    size: int
    runs: tuple[BlocksAlike, ...]


NO_BLOCKS = MemoryBlocks(size=0, runs=())
"""What a machine without memory has."""
