"""The history of the kernel's behaviour on arm64: the rows of x86, with what is different there."""

from __future__ import annotations

from dataclasses import replace

from srat_tool.kernel.arch import AARCH64, AARCH64_OLD
from srat_tool.kernel.history_x86 import V4_8, V4_17, V5_10
from srat_tool.kernel.profile import (
    CoverageRule,
    KernelProfile,
    MemorylessLines,
    MirrorRule,
    NumaDriver,
    SetupLines,
    WindowRule,
)


def _direct(base: KernelProfile) -> KernelProfile:
    """Return a profile with arm64's own NUMA driver."""
    return replace(
        base,
        arch=AARCH64_OLD,
        max_nodes=16,
        emulates_nodes=False,
        numa_words=("off",),
        numa_driver=NumaDriver.DIRECT,
        wipes_marks=False,
        clears_kernel_nodes=False,
        node_data_bytes=0x2500,
        node_data_align=64,
        node_data_everywhere=True,
        reserves_acpi_tables=False,
        low_reservation=0,
        memoryless=MemorylessLines.EMPTY_WITH_ZONES,
        setup_lines=SetupLines.WITHOUT_NUMBER,
        printk=replace(
            base.printk,
            distance_table=False,
            driver="NUMA: ",
            no_memory="ACPI: NUMA: ",
            region_width=10,
            cpus_after_zones="ACPI: NUMA: ",
        ),
    )


# arm64 makes nodes since 4.7; 1a8e1cef7603 ("arm64: use both ZONE_DMA and ZONE_DMA32") (in v5.5)
# with a ZONE_DMA of 1 GiB, which 2b8652936f0c ("arm64: mm: Set ZONE_DMA size based on early IORT
# scan") (in v5.11, 5.10.y) made as large as the firmware's limits allow.
A4_8 = _direct(V4_8)
A4_17 = _direct(V4_17)
A5_10 = _direct(V5_10)
A5_10 = replace(A5_10, arch=replace(AARCH64, section_bytes=AARCH64_OLD.section_bytes))
# f0b13ee23241 ("arm64/sparsemem: reduce SECTION_SIZE_BITS") and ae3c107cd8be ("numa: Move numa
# implementation to common code") (in v5.12).
A5_12 = replace(
    A5_10,
    name="5.12",
    since=(5, 12),
    arch=AARCH64,
    printk=replace(A5_10.printk, no_memory="NUMA: ", region_width=18),
)
A5_15 = replace(A5_12, name="5.15", since=(5, 15), auto_movable=True)
# 7c30daac2069 ("mm: make free_area_init_node aware of memory less nodes") (in v5.18).
A5_18 = replace(A5_15, name="5.18", since=(5, 18), memoryless=MemorylessLines.SETUP)
A6_1 = replace(A5_18, name="6.1", since=(6, 1), node_data_bytes=0x2C80)
# 767507654c22 ("arch_numa: switch over to numa_memblks") (in v6.12).
A6_12 = replace(
    A6_1,
    name="6.12",
    since=(6, 12),
    emulates_nodes=True,
    numa_driver=NumaDriver.MEMINFO,
    wipes_marks=True,
    clears_kernel_nodes=True,
    node_data_bytes=0x3740,
    clamps_to_dram=True,
    coverage=CoverageRule.REGIONS_WITHOUT_NODE,
    coverage_slack=0,
    no_node_is_max_nodes=False,
    mirror=MirrorRule.NEEDS_MIRROR,
    windows=WindowRule.BLOCK,
    window_first=True,
    hot_start_rounds_up=True,
    setup_lines=SetupLines.WITH_ZONES,
    printk=replace(A6_1.printk, zero_length="", no_memory=None, distance_table=True),
)
A7_2 = replace(
    A6_12,
    name="7.2",
    since=(7, 2),
    windows=WindowRule.RESERVED_LIST,
    node_data_bytes=0x3800,
    node_data_align=128,
    printk=replace(A6_12.printk, distance_table=False),
)

ARM64 = (A4_8, A4_17, A5_10, A5_12, A5_15, A5_18, A6_1, A6_12, A7_2)
