"""Why memory blocks can or cannot go offline, and why a node stays: values, each with one wording.

Two answers are alike when their fields are; no sentence is ever taken apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import Enum, auto
from typing import NamedTuple

from srat_tool.base.span import Span
from srat_tool.base.words import address_range, joined, plural
from srat_tool.kernel.hotplug.configured import NO_HOTPLUG, NO_HOTREMOVE
from srat_tool.kernel.hotplug.occupants import Content, for_any_node, node_name

_NOTHING = Span(0, 0)
_NAMED = 3


class OfflineBecause(Enum):
    """What decides about memory blocks."""

    NO_HOTPLUG = auto()
    NO_HOTREMOVE = auto()
    NODES = auto()
    ZONES = auto()
    HOLE = auto()
    OUTSIDE = auto()
    HOLDS = auto()
    MAY_HOLD = auto()
    MOVABLE = auto()
    KERNEL_ZONE = auto()
    OFFLINE_ALREADY = auto()
    SEEN_IN_NO_ZONE = auto()
    SEEN_MOVABLE = auto()
    SEEN_IN_KERNEL_ZONE = auto()
    SEEN_WITHOUT_ZONE = auto()


class OfflineReason(NamedTuple):
    """Why memory blocks can or cannot go offline.

    Attributes:
        because: what decides.
        nids: the nodes with memory in them, where there are several.
        zones: the zones that they are in, where that is the reason.
        place: the part of them that is the reason, in bytes.
        contents: the first of what they hold.
        more: how many contents more there are.
    """

    because: OfflineBecause
    nids: tuple[int | None, ...] = ()
    zones: tuple[str, ...] = ()
    place: Span = _NOTHING
    contents: tuple[Content, ...] = ()
    more: int = 0

    def __str__(self) -> str:
        return _WORDS[self.because](self)

    def for_any_node(self, own: int) -> OfflineReason:
        """Return the reason as it is for any node, without a node's own number."""
        return self._replace(
            nids=tuple(for_any_node(nid, own) for nid in self.nids),
            contents=tuple(one._replace(nid=for_any_node(one.nid, own)) for one in self.contents),
        )


def holding(because: OfflineBecause, contents: Iterable[Content]) -> OfflineReason:
    """Return the reason for blocks with contents, each of them once."""
    found = tuple(dict.fromkeys(contents))
    return OfflineReason(because, contents=found[:_NAMED], more=max(0, len(found) - _NAMED))


def _contents(reason: OfflineReason) -> str:
    more = [f"{reason.more} more"] if reason.more else []
    return joined([*map(str, reason.contents), *more])


def _zones(reason: OfflineReason) -> str:
    if not reason.zones:
        return "it is in no zone"
    return f"it is in {plural(len(reason.zones), 'zone')}: {joined(list(reason.zones))}"


_WORDS: dict[OfflineBecause, Callable[[OfflineReason], str]] = {
    OfflineBecause.NO_HOTPLUG: lambda _: NO_HOTPLUG,
    OfflineBecause.NO_HOTREMOVE: lambda _: NO_HOTREMOVE,
    OfflineBecause.NODES: lambda r: f"it has memory of {joined([*map(node_name, r.nids)])}",
    OfflineBecause.ZONES: _zones,
    OfflineBecause.HOLE: lambda r: f"{address_range(r.place)} of it is not RAM",
    OfflineBecause.OUTSIDE: lambda r: f"{address_range(r.place)} of it is in no zone",
    OfflineBecause.HOLDS: lambda r: f"it holds {_contents(r)}",
    OfflineBecause.MAY_HOLD: lambda r: f"it may hold {_contents(r)}",
    OfflineBecause.MOVABLE: lambda _: "ZONE_MOVABLE without boot allocations",
    OfflineBecause.KERNEL_ZONE: lambda _: (
        "kernel zone: possible while no unmovable page of the kernel is in it"
    ),
    OfflineBecause.OFFLINE_ALREADY: lambda _: "offline already",
    OfflineBecause.SEEN_IN_NO_ZONE: lambda _: "it is in no single zone on the running machine",
    OfflineBecause.SEEN_MOVABLE: lambda _: "ZONE_MOVABLE on the running machine",
    OfflineBecause.SEEN_IN_KERNEL_ZONE: lambda r: (
        f"in {joined(list(r.zones))} on the running machine: "
        "possible while no unmovable page is in it"
    ),
    OfflineBecause.SEEN_WITHOUT_ZONE: lambda _: "its zone is not known",
}


class RemovalBecause(Enum):
    """What decides about a node."""

    KERNEL_IMAGE = auto()
    BLOCK = auto()
    OFFLINE = auto()
    MOVABLE = auto()
    KERNEL_ZONES = auto()


class RemovalReason(NamedTuple):
    """Why a node can or cannot lose all its memory.

    Attributes:
        because: what decides.
        zones: the kernel zones that its memory is in.
        block: number of the first memory block that stays; None for any.
        more: how many blocks more stay.
        stays: why the block does.
    """

    because: RemovalBecause
    zones: tuple[str, ...] = ()
    block: int | None = None
    more: int = 0
    stays: OfflineReason | None = None

    @property
    def short(self) -> str:
        """The reason in a few words."""
        match self.because:
            case RemovalBecause.KERNEL_IMAGE:
                return "kernel image"
            case RemovalBecause.BLOCK:
                block = "a block of each" if self.block is None else f"block {self.block}"
                return f"{block}: {self.stays}"
            case RemovalBecause.OFFLINE:
                return "offline"
            case RemovalBecause.MOVABLE:
                return "ZONE_MOVABLE"
            case RemovalBecause.KERNEL_ZONES:
                return f"memory in {joined(list(self.zones))}"

    def __str__(self) -> str:
        match self.because:
            case RemovalBecause.KERNEL_IMAGE:
                return "it contains the kernel image"
            case RemovalBecause.BLOCK:
                more = f" and {self.more} more" if self.more else ""
                return f"memory block {self.block}{more} cannot go offline ({self.stays})"
            case RemovalBecause.OFFLINE:
                return "all its memory is offline"
            case RemovalBecause.MOVABLE:
                return "all its memory is in ZONE_MOVABLE, without boot allocations"
            case RemovalBecause.KERNEL_ZONES:
                zones = joined(list(self.zones))
                return f"memory in {zones} goes only while no unmovable page of the kernel is in it"

    def for_any_node(self, own: int) -> RemovalReason:
        """Return the reason as it is for any node: without its number and those of its blocks."""
        stays = None if self.stays is None else self.stays.for_any_node(own)
        return self._replace(block=None, more=0, stays=stays)
