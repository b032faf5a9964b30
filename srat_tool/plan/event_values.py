"""Events after the boot and what becomes of them, as values. Addresses are bytes, half open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from srat_tool.kernel.hotplug.events import MemoryEvent

Removable = Literal["yes", "no", "while-empty"]


class GivenEvent(NamedTuple):
    """An event.

    Attributes:
        text: the words that it was given in.
        where: the option or the section of a spec that they come from, for messages.
    """

    text: str
    event: MemoryEvent
    where: str = "--add"


class BlocksAfter(NamedTuple):
    """Memory blocks that an event added, changed or removed (state `gone`).

    Attributes:
        zone: None unless they are online in one zone.
        valid_zones: as sysfs shows them: the zone, or of offline blocks the default one first.
    """

    start: int
    end: int
    state: Literal["online", "offline", "gone"]
    zone: str | None
    valid_zones: tuple[str, ...]


class MemoryMapCost(NamedTuple):
    """`struct page` of new blocks; `nid` None when no node has kernel memory for it."""

    bytes: int
    nid: int | None
    on_memory: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EventAnswer:
    """What the kernel does with one event.

    Attributes:
        text: the event as it was given.
        id: the device that it is about; empty for state files.
        accepted: None where it cannot be known; what follows is then planned as if it was refused.
        error: name of the error, and the kernel's line where it prints one; None without one.
        nid: the node that memory joins.
        why: one sentence.
        blocks: those that it made, changed or took away.
        memmap: what new blocks cost; None without new blocks.
        present_pages, managed_pages: changes over all zones.
        removable: whether the memory can come out again.
        because: why.
        lines: what the kernel prints.
        unsettled: why other blocks of a refused range may change nevertheless; empty if none may.
    """

    text: str
    id: str
    accepted: bool | None
    error: str | None
    nid: int | None
    why: str
    blocks: tuple[BlocksAfter, ...]
    memmap: MemoryMapCost | None
    present_pages: int
    managed_pages: int
    removable: Removable
    because: str
    lines: tuple[str, ...] = ()
    unsettled: str = ""
