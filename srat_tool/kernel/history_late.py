"""The history of what happens after the zones, oldest first: each row has only the changes."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from srat_tool.kernel.late_rules import (
    CxlRules,
    LateRules,
    MemoryTierRule,
    RegionNumbersRule,
    SoftReservedRule,
)
from srat_tool.kernel.profile import KernelProfile
from srat_tool.kernel.profiles import releases_of


class LateRow(NamedTuple):
    """The first release, point release included, that has these rules."""

    since: tuple[int, ...]
    rules: LateRules


# Commits are named by their titles; debug levels were read in the images of Debian's kernels.
_OLDEST = LateRules(hmat_prefix="", hmat_name="HMAT: ")
# "acpi/hmat: Register memory side cache attributes" and its series.
_V5_2 = replace(_OLDEST, access_classes=1)
# cf8741ac57ed ("ACPI: NUMA: HMAT: Register "soft reserved" memory as an "hmem" device").
_V5_5 = replace(_V5_2, reserves_targets=True, hmat_prefix="acpi/hmat: ")
# "node: Add access1 class to represent CPU to memory performance".
_V5_10 = replace(_V5_5, access_classes=2, soft_reserved=SoftReservedRule.DEVICE_DAX)
# "mm/page_alloc: print node fallback order".
_V5_16 = replace(_V5_10, prints_fallback_order=True)
# "mm/demotion: add support for explicit memory tiers"; "ACPI: HMAT: remove unused dev_fmt() and
# redundant prefixing 'HMAT'": not in 5.10.13, in 6.1.192.
_V6_1 = replace(
    _V5_16,
    memory_tiers=MemoryTierRule.FIXED,
    orders_before_memory_mark=True,
    hmat_name="",
)
# "dax/hmem: Move hmem device registration to dax_hmem.ko", "dax: Assign RAM regions to
# memory-hotplug by default".
_V6_3 = replace(_V6_1, soft_reserved=SoftReservedRule.DEFERRED)
# 3718c02dbd4c "acpi, hmat: calculate abstract distance with HMAT", a530bbc53826 and
# "mm/memory-tier: fix abstract distance calculation overflow" are in 6.6.117; 6bc2cfdf82d5, by
# which kmem asks for the distance, is not among its changes.
_V6_6_117 = replace(
    _V6_3,
    memory_tiers=MemoryTierRule.COMPARED,
    names_mismatch_source=True,
    adistance_in_64_bits=True,
)
# 3718c02dbd4c "acpi, hmat: calculate abstract distance with HMAT", 6bc2cfdf82d5 "dax, kmem:
# calculate abstract distance with general interface"; "mm: page_alloc: skip memoryless nodes
# entirely", "mm: memory_hotplug: drop memoryless node from fallback lists".
_V6_7 = replace(
    _V6_3,
    orders_before_memory_mark=False,
    memoryless_lists_itself=False,
    memory_tiers=MemoryTierRule.KMEM,
    prints_demotion=True,
)
# "acpi: numa: Add genport target allocation to the HMAT parsing".
_V6_8 = replace(_V6_7, cxl=CxlRules(generic_ports=True))
# 067353a46d8c "cxl/region: Add memory hotplug notifier for cxl region", in the merge of
# cxl-for-6.9, before 6.9-rc1.
_V6_9 = replace(_V6_8, cxl=replace(_V6_8.cxl, numbers=RegionNumbersRule.MAKE_CLASSES))
# cf93be18fa1b "memory tier: create CPUless memory tiers after obtaining HMAT info".
_V6_10 = replace(_V6_9, memory_tiers=MemoryTierRule.HMAT)
# 643e8e3e6529 "cxl/region: Support to calculate memory tier abstract distance", in the merge of
# cxl-for-6.11, before 6.11-rc1.
_V6_11 = replace(_V6_10, cxl=replace(_V6_10.cxl, numbers_give_tiers=True))
# a5ab0de0ebaa "cxl: Calculate region bandwidth of targets with shared upstream link", in the merge
# of cxl-for-6.12, before 6.12-rc1.
# a530bbc53826 "memory tiers: use default_dram_perf_ref_source in log message", before 6.12-rc1.
_V6_12 = replace(_V6_11, cxl=replace(_V6_11.cxl, shares_bandwidth=True), names_mismatch_source=True)
# "mm/memory-tier: fix abstract distance calculation overflow": queued for 6.12.43 and 6.16.2; the
# source of 6.12.117 has it.
_V6_12_43 = replace(_V6_12, adistance_in_64_bits=True)
# "cxl/port: Convert PCIe link latency to nanoseconds", "cxl: Account for link width in latency
# calculation": in the changelog of 6.12.117; `pcie_link_bandwidth_mbps` is exported by it and by
# 7.3.4, and not by 6.12.107, 6.16.12, 6.17.13, 6.18.15, 6.19.14, 7.0.13, 7.1.13, 7.2.13.
_V6_12_117 = replace(_V6_12_43, cxl=replace(_V6_12.cxl, link_latency_in_ns=True))
# "ACPI: HMAT: Move HMAT messages to pr_debug()": not in 6.12.117, in 6.16.12.
_V6_14 = replace(_V6_12, prints_hmat_numbers=False)
# "mm/mempolicy: Weighted Interleave Auto-tuning".
_V6_16 = replace(_V6_14, interleave_weights=True)
_V6_16_2 = replace(_V6_16, adistance_in_64_bits=True)
# 2e454fb8056d "cxl, acpi/hmat: Update CXL access coordinates directly instead of through HMAT":
# `node_update_perf_attrs` is exported by 6.18.15 and not by 6.17.13. In October 2025 it was queued
# for 6.12 and 6.17; 6.17.4 was released without it, and the source of 6.12.117 does not have it.
_V6_18 = replace(_V6_16_2, cxl=replace(_V6_16.cxl, numbers=RegionNumbersRule.UPDATE_CLASSES))
# `region_intersects_soft_reserve` is exported by 7.0.13 and not by 6.19.14.
_V7_0 = replace(_V6_18, soft_reserved=SoftReservedRule.RECLAIMED, soft_reserved_tree=True)
_V7_3 = replace(_V7_0, cxl=replace(_V7_0.cxl, link_latency_in_ns=True))

LATE_HISTORY = (
    LateRow((0,), _OLDEST),
    LateRow((5, 2), _V5_2),
    LateRow((5, 5), _V5_5),
    LateRow((5, 10), _V5_10),
    LateRow((5, 16), _V5_16),
    LateRow((6, 1), _V6_1),
    LateRow((6, 3), _V6_3),
    LateRow((6, 6, 117), _V6_6_117),
    LateRow((6, 7), _V6_7),
    LateRow((6, 8), _V6_8),
    LateRow((6, 9), _V6_9),
    LateRow((6, 10), _V6_10),
    LateRow((6, 11), _V6_11),
    LateRow((6, 12), _V6_12),
    LateRow((6, 12, 43), _V6_12_43),
    LateRow((6, 12, 117), _V6_12_117),
    LateRow((6, 13), _V6_12),
    LateRow((6, 14), _V6_14),
    LateRow((6, 16), _V6_16),
    LateRow((6, 16, 2), _V6_16_2),
    LateRow((6, 18), _V6_18),
    LateRow((7, 0), _V7_0),
    LateRow((7, 3), _V7_3),
)


def late_rules_for(profile: KernelProfile, release: str | None) -> LateRules:
    """Return the rules of a release string; of the profile's first release where there is none.

    A string that can mean several point releases means the newest of them.
    """
    span = None if release is None or profile.series is not None else releases_of(release)
    return late_rules(profile.since if span is None else span[-1])


def late_rules(release: tuple[int, ...]) -> LateRules:
    """Return the rules of a release; (6, 12) means its newest point release."""
    whole = release if len(release) > 2 else (*release, 1 << 16)
    return max((row for row in LATE_HISTORY if row.since <= whole), key=lambda r: r.since).rules
