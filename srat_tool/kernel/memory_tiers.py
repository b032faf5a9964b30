"""Memory tiers, demotion targets and interleave weights.

*Mirrors:* mm/memory-tiers.c and drivers/acpi/numa/hmat.c `hmat_set_default_dram_perf`, 6.1 to 7.2;
mm/mempolicy.c `reduce_interleave_weights`, 6.16 to 7.2.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import takewhile
from math import gcd
from typing import Literal, NamedTuple

from srat_tool.base.units import U32, U64, int32
from srat_tool.kernel.access import Coordinate
from srat_tool.kernel.late_events import DemotionTargets, DramMismatch
from srat_tool.kernel.late_rules import MemoryTierRule
from srat_tool.kernel.zonelists import NodeLoad, NodeSets

MEMTIER_CHUNK_BITS = 7
MEMTIER_ADISTANCE_DRAM = 4 * (1 << MEMTIER_CHUNK_BITS) + (1 << (MEMTIER_CHUNK_BITS - 1))
MEMTIER_DEFAULT_DAX_ADISTANCE = MEMTIER_ADISTANCE_DRAM * 5
_WEIGHT_TOTAL = 32
_INT_MAX = (1 << 31) - 1
_U8 = 255
_WITHOUT_HMAT = {
    MemoryTierRule.ABSENT: "this kernel has no memory tiers",
    MemoryTierRule.FIXED: "this kernel does not use the HMAT for tiers",
    MemoryTierRule.COMPARED: "this kernel compares DRAM nodes by the HMAT, but no tier follows",
}

_KMEM_ALONE = "this kernel computes the tier of memory that kmem adds, and of no other"

Algorithm = Literal["hmat", "default", "off", "absent"]


class Reference(NamedTuple):
    """The first DRAM node with numbers, with which all others are compared."""

    nid: int
    coordinate: Coordinate


@dataclass(frozen=True, slots=True, kw_only=True)
class DramPerformance:
    """Whether abstract distances are computed.

    Attributes:
        algorithm: `hmat` when they are, `default` when no numbers were given, `off` when DRAM
            nodes differ too much, `absent` when this kernel has none.
        why: one sentence.
        reference: the node of comparison.
        mismatch: the nodes that differ, when that is the reason.
        in_64_bits: products on the way to a distance do not wrap at 32 bits.
    """

    algorithm: Algorithm
    why: str
    reference: Reference | None = None
    mismatch: DramMismatch | None = None
    in_64_bits: bool = True


class Tier(NamedTuple):
    """A tier and its nodes, ascending."""

    number: int
    nids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryTiers:
    """The tiers of a machine.

    Attributes:
        tiers: fastest first.
        demotion: per node with memory, ascending.
        top: nodes that nothing is promoted out of.
    """

    tiers: tuple[Tier, ...]
    demotion: tuple[DemotionTargets, ...]
    top: tuple[int, ...]


def mt_set_default_dram_perf(
    rule: MemoryTierRule,
    dram_nodes: Mapping[int, Coordinate | None],
    *,
    hmat_used: str | None,
) -> DramPerformance:
    """Choose the reference node and compare the other DRAM nodes with it.

    Args:
        rule: what this kernel does.
        dram_nodes: class 1 numbers of the nodes with memory at boot that this kernel compares;
            None for a node that the SRAT gives no target.
        hmat_used: None, or why the HMAT is not used.
    """
    if rule in (MemoryTierRule.ABSENT, MemoryTierRule.FIXED):
        return DramPerformance(algorithm="absent", why=_WITHOUT_HMAT[rule])
    found = _compared(dram_nodes, hmat_used)
    if rule is MemoryTierRule.COMPARED:
        return replace(found, algorithm="absent", why=_WITHOUT_HMAT[rule], reference=None)
    if rule is MemoryTierRule.KMEM and found.algorithm == "hmat":
        return replace(found, why=f"{found.why}; {_KMEM_ALONE}")
    return found


def _compared(
    dram_nodes: Mapping[int, Coordinate | None], hmat_used: str | None
) -> DramPerformance:
    """Go through the DRAM nodes; the first one without numbers, or too far off, ends it."""
    if hmat_used is not None:
        return DramPerformance(algorithm="default", why=hmat_used)
    named = [(nid, one) for nid, one in sorted(dram_nodes.items()) if one is not None]
    if not named:
        return DramPerformance(algorithm="default", why="no DRAM node has numbers in the HMAT")
    reference = Reference(*named[0])
    for nid, coordinate in named:
        if not coordinate.is_complete:
            return DramPerformance(
                algorithm="default",
                why=f"DRAM node {nid} has no latency or no bandwidth in the HMAT",
                reference=None if nid == reference.nid else reference,
            )
        if _differs(coordinate, reference.coordinate):
            return DramPerformance(
                algorithm="off",
                why=f"DRAM node {nid} differs from DRAM node {reference.nid} by more than 10 %",
                reference=reference,
                mismatch=DramMismatch(reference.nid, reference.coordinate, nid, coordinate),
            )
    return DramPerformance(
        algorithm="hmat",
        why=f"DRAM node {reference.nid} is the reference",
        reference=reference,
    )


def _differs(coordinate: Coordinate, reference: Coordinate) -> bool:
    """Compare as Linux does: differences and their tenfold are numbers of 32 bits."""
    pairs = zip(coordinate, reference, strict=True)
    return any(abs(int32(value - other)) * 10 & U32 > other for value, other in pairs)


class AbstractDistance(NamedTuple):
    """An abstract distance; whether a product on the way to it, or the distance itself, wrapped."""

    adistance: int
    wraps: bool


def mt_perf_to_adistance(dram: DramPerformance, coordinate: Coordinate) -> AbstractDistance | None:
    """Return the abstract distance that numbers give; None when the default stays."""
    if dram.algorithm == "off" or dram.reference is None or not coordinate.is_complete:
        return None
    reference = dram.reference.coordinate
    kept = U64 if dram.in_64_bits else U32
    latencies = MEMTIER_ADISTANCE_DRAM * coordinate.latency
    product = (latencies & kept) // reference.latency * reference.bandwidth
    found = (product & kept) // coordinate.bandwidth
    wraps = latencies > kept or product > kept or found > _INT_MAX
    return AbstractDistance(int32(found), wraps)


def memory_tiers(adistances: Mapping[int, int], load: NodeLoad, nodes: NodeSets) -> MemoryTiers:
    """Return tiers and demotion targets (`establish_demotion_targets`).

    Args:
        adistances: abstract distance of each node with memory.
        load: left over from building the zonelists.
        nodes: node states, processors included.
    """
    members: dict[int, list[int]] = {}
    for nid, adistance in sorted(adistances.items()):
        members.setdefault(adistance >> MEMTIER_CHUNK_BITS, []).append(nid)
    tiers = tuple(Tier(number, tuple(nids)) for number, nids in sorted(members.items()))
    demotion = sorted(_demotion(tiers, load, nodes))
    return MemoryTiers(tiers=tiers, demotion=tuple(demotion), top=_top(tiers, nodes))


def _demotion(
    tiers: tuple[Tier, ...], load: NodeLoad, nodes: NodeSets
) -> Iterator[DemotionTargets]:
    slower: list[int] = []
    for place in range(len(tiers) - 1, -1, -1):
        following = tiers[place + 1].nids if place + 1 < len(tiers) else ()
        for nid in tiers[place].nids:
            preferred = _preferred(nid, following, load, nodes)
            yield DemotionTargets(nid, preferred, tuple(sorted(slower)))
        slower += tiers[place].nids


def _preferred(
    nid: int, candidates: tuple[int, ...], load: NodeLoad, nodes: NodeSets
) -> tuple[int, ...]:
    """Return the first candidates by preference, as long as their distance is the first's."""
    order = load.by_preference(nid, candidates, nodes)
    distances = load.distances_from(nid, order)
    alike = takewhile(lambda at: distances[at] == distances[0], range(len(order)))
    return tuple(sorted(order[at] for at in alike))


def _top(tiers: tuple[Tier, ...], nodes: NodeSets) -> tuple[int, ...]:
    """Return the nodes of the slowest tier with processors and of all faster ones."""
    for place in range(len(tiers) - 1, -1, -1):
        if nodes.cpus.intersection(tiers[place].nids):
            return tuple(sorted(nid for tier in tiers[: place + 1] for nid in tier.nids))
    return ()


def interleave_weights(bandwidths: Mapping[int, int]) -> dict[int, int]:
    """Return the automatic weight of each node from its bandwidth in MB/s; 0 is unknown."""
    total = sum(bandwidths.values())
    weights = {}
    for nid, bandwidth in sorted(bandwidths.items()):
        # Linux scales in 32 bits, and rounds up what is less than a whole share.
        scaled = _WEIGHT_TOTAL * bandwidth & U32
        weights[nid] = scaled // (total & U32) & _U8 if total < scaled else 1
    common = gcd(*weights.values()) or 1
    return {nid: weight // common for nid, weight in weights.items()}
