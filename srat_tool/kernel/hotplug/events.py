"""What can happen to memory once the machine runs, as values. Addresses and sizes are bytes."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

from srat_tool.base.span import Span

KmemSource = Literal["hmem", "cxl", "pmem"]
OnlineType = Literal["online", "online_kernel", "online_movable"]


class AddDimm(NamedTuple):
    """An ACPI memory device (PNP0C80) appears."""

    id: str
    ranges: tuple[Span, ...]
    pxm: int | None


class AddVirtioMem(NamedTuple):
    """A virtio-mem device appears.

    Attributes:
        region: the addresses that it may use.
        block: device block size.
        requested: how much of it the host requests to be plugged.
    """

    id: str
    region: Span
    block: int
    requested: int
    pxm: int | None


class AddKmem(NamedTuple):
    """The kmem driver takes a dax device over.

    Attributes:
        source: what made the device.
        nid: its target node, when that is given.
        ways: devices that a CXL region interleaves over.
    """

    id: str
    ranges: tuple[Span, ...]
    source: KmemSource
    nid: int | None
    ways: int = 1


class ChangeState(NamedTuple):
    """User space writes a word to the state files of the memory blocks in a range."""

    span: Span
    state: OnlineType | Literal["offline"]


class Resize(NamedTuple):
    """The host requests another amount of a virtio-mem device to be plugged."""

    id: str
    requested: int


class RemoveDevice(NamedTuple):
    """A device goes."""

    id: str


MemoryEvent: TypeAlias = AddDimm | AddVirtioMem | AddKmem | ChangeState | Resize | RemoveDevice
"""One event after boot."""
