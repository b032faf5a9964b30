"""What happens while a kernel boots, step by step, as typed values in boot order.

The log is one reading of this stream (`printk.py`); the other is the explanation: `origins` are
offsets of SRAT entries, so that an address can be followed from the table to its zone.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from srat_tool.base.span import Span
from srat_tool.kernel.series2013.events import BrkTaken, GbPages, RamMapped, RunMapped
from srat_tool.kernel.table_events import (
    BadEntryLength,
    CpuIgnored,
    CpuMapped,
    CpuTooBig,
    InitiatorMapped,
    InvalidBlock,
    MemoryMapped,
    NoMemoryFound,
    SlitInvalid,
    SratRejected,
    TooManyBlocks,
    TooManyProximityDomains,
    UidMapped,
    WalkBlocked,
    ZeroLength,
)


class NumaBlock(NamedTuple):
    """One range of numa_meminfo; half open, in bytes.

    Attributes:
        origins: offsets of the SRAT entries that it was made of.
        hot: all of it is hot-pluggable (kept by the 2013 series only).
    """

    start: int
    end: int
    nid: int
    origins: tuple[int, ...] = ()
    hot: bool = False

    @property
    def span(self) -> Span:
        """The range alone."""
        return Span(self.start, self.end)


class DistanceTable(NamedTuple):
    """A distance table was made for that many nodes."""

    nodes: int


class NoDistanceTable(NamedTuple):
    """There was no room for a distance table."""


class WindowNode(NamedTuple):
    """A CXL window that no SRAT range touches became a node."""

    nid: int
    pxm: int
    span: Span


class WindowJoined(NamedTuple):
    """A CXL window stretched the blocks that it overlaps."""

    span: Span
    nids: tuple[int, ...]


class BlockAbsent(NamedTuple):
    """A block without RAM was put on the reserved list."""

    block: NumaBlock


class BlockClamped(NamedTuple):
    """A block was cut to where RAM can be."""

    before: NumaBlock
    after: NumaBlock


class BlocksOverlap(NamedTuple):
    """Two blocks overlap; of different nodes, that costs the whole SRAT."""

    left: NumaBlock
    right: NumaBlock


class BlocksMerged(NamedTuple):
    """Two blocks of one node became one, the hole between them included."""

    left: NumaBlock
    right: NumaBlock
    joined: NumaBlock


class EmulatedNode(NamedTuple):
    """A part of a node became a separate node (`numa=fake=`)."""

    nid: int
    span: Span
    physical: int


class KernelNode(NamedTuple):
    """A node that contains early kernel data; `taken` gives its ranges."""

    nid: int
    taken: tuple[Span, ...]


class HotplugCleared(NamedTuple):
    """A block of a kernel node lost its hotplug marks."""

    block: NumaBlock


class NotCovered(NamedTuple):
    """Too much RAM has no node: bytes with one, bytes without, bytes of all RAM."""

    covered: int
    missing: int
    total: int


class InvalidRegion(NamedTuple):
    """A region of RAM that no SRAT range names (arm64's own driver)."""

    nid: int | None
    span: Span


class NodeSetUp(NamedTuple):
    """A node was registered and its pg_data_t placed; None when there was no room."""

    nid: int
    span: Span
    node_data: Span | None
    on_nid: int | None


class MemnodeHashed(NamedTuple):
    """The table from addresses to nodes of 2.6 was laid out; `place` None when it needs no room."""

    shift: int
    place: Span | None


class NumaOff(NamedTuple):
    """NUMA was turned off by option, or nothing usable was found."""

    by_option: bool


class NodeFaked(NamedTuple):
    """One node for all RAM."""

    span: Span


class NoMirroredRoom(NamedTuple):
    """An allocation that wanted mirrored memory and found none."""

    size: int


class MirrorIgnored(NamedTuple):
    """`kernelcore=mirror` on a machine without mirrored memory, where that means nothing."""


class UnmirroredKernelMemory(NamedTuple):
    """`kernelcore=mirror`, and unmirrored memory below 4 GiB stays in kernel zones."""


class ZoneRange(NamedTuple):
    """The bytes in which a zone may be; empty when start == end."""

    name: str
    span: Span


class ZoneRanges(NamedTuple):
    """The limits of all kernel zones, and the one that ends ZONE_MOVABLE (`movable_zone`)."""

    zones: tuple[ZoneRange, ...]
    movable_zone: str = ""


class MovableStarts(NamedTuple):
    """Where ZONE_MOVABLE begins, (node, address), ascending."""

    starts: tuple[tuple[int, int], ...]


class NodeRange(NamedTuple):
    """Whole pages of RAM with their node; None is NUMA_NO_NODE."""

    nid: int | None
    span: Span


class NodeRanges(NamedTuple):
    """All RAM with its nodes."""

    ranges: tuple[NodeRange, ...]


class NodeInitialized(NamedTuple):
    """The zones of a node were set up; an empty span is a node without memory.

    `present` is the sum of what its zones count as present, in pages.
    """

    nid: int
    span: Span
    present: int = 0


class CpuNodeOnline(NamedTuple):
    """A node with processors and no memory was brought up once the processors were known."""

    nid: int


class CpuPlaced(NamedTuple):
    """A processor got its node once the processors were known; None where NUMA is off.

    `hardware_id` is the MPIDR (arm64) or the hart id (riscv64).
    """

    pxm: int
    hardware_id: int
    nid: int | None


BootEvent: TypeAlias = (
    CpuMapped
    | CpuIgnored
    | CpuTooBig
    | UidMapped
    | InitiatorMapped
    | WalkBlocked
    | TooManyProximityDomains
    | BadEntryLength
    | ZeroLength
    | MemoryMapped
    | InvalidBlock
    | TooManyBlocks
    | SratRejected
    | NoMemoryFound
    | SlitInvalid
    | DistanceTable
    | NoDistanceTable
    | WindowNode
    | WindowJoined
    | BlockAbsent
    | BlockClamped
    | BlocksOverlap
    | BlocksMerged
    | EmulatedNode
    | KernelNode
    | HotplugCleared
    | NotCovered
    | InvalidRegion
    | NodeSetUp
    | MemnodeHashed
    | NumaOff
    | NodeFaked
    | NoMirroredRoom
    | MirrorIgnored
    | UnmirroredKernelMemory
    | ZoneRanges
    | MovableStarts
    | NodeRanges
    | NodeInitialized
    | CpuNodeOnline
    | CpuPlaced
    | RunMapped
    | GbPages
    | RamMapped
    | BrkTaken
)
