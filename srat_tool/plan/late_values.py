"""What is planned for the time after the zones, as values.

Latencies are in ns, bandwidths in MB/s, nodes are Linux's numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from srat_tool.base.span import Span
from srat_tool.kernel.access import Coordinate
from srat_tool.kernel.hmat import SideCache
from srat_tool.kernel.hmat_locality import NumberSource
from srat_tool.kernel.late_events import FallbackOrder, LateEvent
from srat_tool.kernel.late_machine import LateMachine
from srat_tool.kernel.late_rules import MemoryTierRule
from srat_tool.kernel.memory_tiers import DramPerformance, MemoryTiers


class NodeAccess(NamedTuple):
    """Access class 0 or 1 of a node; `initiators` are nodes, ascending."""

    nid: int
    access_class: int
    initiators: tuple[int, ...]
    coordinate: Coordinate


class NodeCache(NamedTuple):
    """A memory-side cache of a node."""

    nid: int
    cache: SideCache


class Window(NamedTuple):
    """A place where memory may be added later.

    Attributes:
        source: `srat` or `cedt`.
        number: its place among the memory entries of the SRAT, or the windows of the CEDT.
        span: where it is, in bytes.
        nid: the node that memory in it joins; None for no node.
        pxm: the proximity domain; None where Linux invents one.
        ram_bytes: RAM in it at boot.
        aligned: it begins and ends with a memory block.
        stranded_bytes: what no whole memory block holds.
    """

    source: str
    number: int
    span: Span
    nid: int | None
    pxm: int | None
    ram_bytes: int
    aligned: bool
    stranded_bytes: int


class SoftReserved(NamedTuple):
    """A piece of soft-reserved memory.

    Attributes:
        span: where it is, in bytes.
        owner: `cxl`, `hmem` or `nobody`.
        nid: the node it is for.
        mode: `system-ram` or `devdax`; None where no driver takes it.
        usable_bytes: memory blocks made of it.
        zone: where they are online; None while offline.
        why: one clause.
        device: the range of the device that it belongs to.
    """

    span: Span
    owner: str
    nid: int | None
    mode: str | None
    usable_bytes: int
    zone: str | None
    why: str
    device: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterZones:
    """What follows once the zones are set up.

    Attributes:
        fallback_order: of each possible node.
        why: why an answer is empty, by its name in JSON.
        missing: tables that the machine has and that were not given: `HMAT`, `SLIT`.
        access: per node and class, where the HMAT gives anything.
        caches: memory-side caches, by node, in table order.
        dram: whether tiers follow from the HMAT, and why.
        tiers: tiers and demotion targets; None where this kernel has none.
        adistances: abstract distance of each node with memory.
        weights: automatic interleave weight of each node with memory.
        windows: places where memory may be added later.
        soft_reserved: memory that firmware set apart.
        machine: nodes and tiers when user space runs, from which events go on; None where the
            boot does not get there.
        sources: where class 1 numbers of a node are from, by the name of the number.
        events: what the kernel prints, in its order.
    """

    fallback_order: tuple[FallbackOrder, ...]
    why: Mapping[str, str]
    missing: frozenset[str] = frozenset()
    access: tuple[NodeAccess, ...]
    caches: tuple[NodeCache, ...]
    dram: DramPerformance
    tiers: MemoryTiers | None
    adistances: dict[int, int]
    weights: dict[int, int]
    windows: tuple[Window, ...] = ()
    soft_reserved: tuple[SoftReserved, ...] = ()
    machine: LateMachine | None = field(default=None, compare=False, repr=False)
    sources: Callable[[int], Mapping[str, NumberSource]] | None = field(
        default=None, compare=False, repr=False
    )
    events: tuple[LateEvent, ...]

    def has_default_type(self, nid: int) -> bool:
        """Return whether this kernel computes no distance for the memory that a node has."""
        machine = self.machine
        if machine is None or machine.rules.memory_tiers is not MemoryTierRule.KMEM:
            return False
        known = machine.types.get(nid)
        return known is None or not known.type.of_kmem
