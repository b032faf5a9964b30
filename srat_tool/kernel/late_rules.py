"""The questions about the time after the zones on which kernels differ, as fields of one value.

They are the same on every architecture; `history_late.py` has the rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class MemoryTierRule(Enum):
    """How memory is sorted into tiers."""

    ABSENT = "there are no tiers"
    FIXED = "DRAM is one tier, memory that kmem adds is another; the HMAT plays no part"
    COMPARED = "likewise; DRAM nodes that differ in the HMAT are printed"
    KMEM = "the HMAT gives an abstract distance to memory that kmem adds, and to no other"
    HMAT = "the numbers of the HMAT give an abstract distance"

    @property
    def compares_all_nodes(self) -> bool:
        """Nodes without processors count as DRAM when DRAM nodes are compared."""
        return self in (MemoryTierRule.COMPARED, MemoryTierRule.KMEM)


class SoftReservedRule(Enum):
    """What becomes of memory that firmware set apart for a purpose."""

    LEFT_ALONE = "no driver looks at it"
    DEVICE_DAX = "dax_hmem makes devices of it, which stay devices"
    DEFERRED = "kmem makes memory of it; what is under a CXL window is left to CXL"
    RECLAIMED = "likewise, and what CXL does not take is taken back"


class RegionNumbersRule(Enum):
    """What the numbers of a CXL region do when its node gets its first memory."""

    ABSENT = "regions have no numbers"
    MAKE_CLASSES = "a node that the SRAT does not name gets access classes, else the target changes"
    UPDATE_CLASSES = "access classes that are there change, once for a node"


@dataclass(frozen=True, slots=True, kw_only=True)
class CxlRules:
    """One kernel's answers about CXL.

    Attributes:
        generic_ports: entries of the SRAT for generic ports are read.
        numbers: what numbers of a region do.
        numbers_give_tiers: they give an abstract distance.
        shares_bandwidth: bandwidth that members share counts once.
        link_latency_in_ns: latency of a link is converted to ns and counts its width; otherwise
            ps of one lane are added to ns.
    """

    generic_ports: bool = False
    numbers: RegionNumbersRule = RegionNumbersRule.ABSENT
    numbers_give_tiers: bool = False
    shares_bandwidth: bool = False
    link_latency_in_ns: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LateRules:
    """One kernel's answers.

    Attributes:
        access_classes: how many access classes the HMAT gives: 1 has no class of processors.
        reserves_targets: memory of the SRAT is reserved by PXM; a failure is printed.
        prints_fallback_order: the fallback order of each node is printed.
        memoryless_lists_itself: a node without memory is in its own fallback order.
        memory_tiers: how memory is sorted into tiers.
        orders_before_memory_mark: fallback orders are built before a node that loses its last
            memory is unmarked, so that it stays in them.
        soft_reserved: what becomes of soft-reserved memory.
        soft_reserved_tree: soft-reserved memory is in a separate resource tree with nothing else.
        prints_demotion: the demotion targets of each node are printed.
        names_mismatch_source: where DRAM nodes differ, it is printed where their numbers are from.
        adistance_in_64_bits: products on the way to an abstract distance do not wrap at 32 bits.
        interleave_weights: weights of interleaving follow from bandwidths.
        prints_hmat_numbers: all structures of the HMAT are printed, not only those of type 0.
        hmat_prefix: what every line about the HMAT begins with.
        hmat_name: follows the prefix in most of them.
        cxl: what it does with CXL.
    """

    access_classes: int = 0
    reserves_targets: bool = False
    prints_fallback_order: bool = False
    memoryless_lists_itself: bool = True
    memory_tiers: MemoryTierRule = MemoryTierRule.ABSENT
    orders_before_memory_mark: bool = False
    soft_reserved: SoftReservedRule = SoftReservedRule.LEFT_ALONE
    soft_reserved_tree: bool = False
    prints_demotion: bool = False
    names_mismatch_source: bool = False
    adistance_in_64_bits: bool = False
    interleave_weights: bool = False
    prints_hmat_numbers: bool = True
    hmat_prefix: str = "acpi/hmat: "
    hmat_name: str = ""
    cxl: CxlRules = CxlRules()

    @property
    def hmat_start(self) -> str:
        """What most lines about the HMAT begin with."""
        return self.hmat_prefix + self.hmat_name
