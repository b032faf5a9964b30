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
    HMAT = "the numbers of the HMAT give an abstract distance"


@dataclass(frozen=True, slots=True, kw_only=True)
class LateRules:
    """One kernel's answers.

    Attributes:
        access_classes: how many access classes the HMAT gives: 1 has no class of processors.
        prints_fallback_order: the fallback order of each node is printed.
        memoryless_lists_itself: a node without memory is in its own fallback order.
        memory_tiers: how memory is sorted into tiers.
        prints_demotion: the demotion targets of each node are printed.
        interleave_weights: weights of interleaving follow from bandwidths.
        prints_hmat_numbers: all structures of the HMAT are printed, not only those of type 0.
    """

    access_classes: int = 0
    prints_fallback_order: bool = False
    memoryless_lists_itself: bool = True
    memory_tiers: MemoryTierRule = MemoryTierRule.ABSENT
    prints_demotion: bool = False
    interleave_weights: bool = False
    prints_hmat_numbers: bool = True
