"""The history of the kernel's behaviour on x86, oldest first: each row says only what changed.

Read from top to bottom. A change that is backported widely stands at the release whose
distribution kernels have it.
"""

from __future__ import annotations

from dataclasses import replace

from srat_tool.base.units import MIB
from srat_tool.kernel.profile import (
    BlockSizeRule,
    CoverageRule,
    HotplugMark,
    KernelProfile,
    MemnodeTable,
    MemorylessLines,
    MirrorRule,
    NumaDriver,
    Printk,
    SetupLines,
    SratWalk,
    WindowRule,
)
from srat_tool.kernel.series2013.variant import INTENDED, V2_POSTED

# What old enterprise kernels print and do; nodes are registered as SRAT ranges stand.
V2_6_18 = KernelProfile(
    name="2.6.18",
    since=(2, 6),
    numa_driver=NumaDriver.MEMNODE,
    memnode_table=MemnodeTable.STATIC,
    memnode_line=128,
    hides_first_page=False,
    xen_turns_numa_off=False,
    caps_zones=False,
    nodes_of_whole_pages=True,
    finds_movable_zone=False,
    printk=Printk(
        srat="",
        hot="",
        non_volatile="",
        distance_table=False,
        overlap="NUMA: ",
        zone_width=10,
        device_zone=False,
        page_frames=True,
        decimal=True,
        zone_lines=False,
        movable_line=False,
        empty_zones=False,
    ),
)

# "Have x86_64 use add_active_range() and free_area_init_nodes" (in v2.6.19): zones are printed.
V2_6_19 = replace(
    V2_6_18,
    name="2.6.19",
    since=(2, 6, 19),
    printk=replace(V2_6_18.printk, zone_lines=True),
)

# "x86-64: Allocate the NUMA hash function nodemap dynamically" (in v2.6.21).
V2_6_21 = replace(V2_6_19, name="2.6.21", since=(2, 6, 21), memnode_table=MemnodeTable.NODES)

# "Create the ZONE_MOVABLE zone" (in v2.6.23).
V2_6_23 = replace(
    V2_6_21, name="2.6.23", since=(2, 6, 23), printk=replace(V2_6_21.printk, movable_line=True)
)

# Logs of 2.6.25 have decimal numbers, those of 2.6.27 hexadecimal ones; the nodes of the table
# became ranges with "srat, x86: add support for nodes spanning other nodes" (in v2.6.27).
V2_6_27 = replace(
    V2_6_23,
    name="2.6.27",
    since=(2, 6, 27),
    memnode_table=MemnodeTable.BLOCKS,
    printk=replace(V2_6_23.printk, decimal=False),
)

# "x86: change the default cache size to 64 bytes" (in v2.6.30).
V2_6_32 = replace(V2_6_27, name="2.6.32", since=(2, 6, 30), memnode_line=64)

# "x86: Remove BIOS data range from e820" and "mm: suppress pfn range output for zones without
# pages" (in v2.6.34).
V2_6_34 = replace(
    V2_6_32,
    name="2.6.34",
    since=(2, 6, 34),
    hides_first_page=True,
    printk=replace(V2_6_32.printk, empty_zones=True),
)

# 8db78cc4b4048 ("x86-64, NUMA: Unify ...") and its series: numa_meminfo and a distance table.
V3_0 = replace(
    V2_6_34,
    name="3.0",
    since=(3, 0),
    numa_driver=NumaDriver.MEMINFO,
    printk=replace(V2_6_34.printk, distance_table=True),
)

# 365811d6f9f4 ("x86: print e820 physical addresses consistently ..."), a62e2f4f5082 ("mm: print
# physical addresses consistently with other parts of kernel") (in v3.5).
V3_5 = replace(V3_0, name="3.5", since=(3, 5), printk=replace(V3_0.printk, page_frames=False))

# "xen/boot: Disable NUMA for PV guests." (in v3.7).
V3_7 = replace(V3_5, name="3.7", since=(3, 7), xen_turns_numa_off=True)

V3_10 = replace(V3_7, name="3.10", since=(3, 10))

# e76b63f80d93 ("memblock, numa: binary search node id") (in v3.12): nodes_of_whole_pages.
# movable_node is there: commits 05d1d8cb1c41 "acpi, numa, mem_hotplug: mark hotpluggable memory in
# memblock", a0acda917284 "acpi, numa, mem_hotplug: mark all nodes the kernel resides
# un-hotpluggable" and b2f3eebe7a8e "x86, numa, acpi, memory-hotplug: make movable_node have higher
# priority" (in v3.14).
V3_14 = replace(
    V3_10,
    name="3.14",
    since=(3, 14),
    knows_movable_node=True,
    hotplug_mark=HotplugMark.FLAGGED,
    clears_kernel_nodes=True,
    nodes_of_whole_pages=False,
    finds_movable_zone=True,
    printk=replace(V3_10.printk, hot=" hotplug", overlap=""),
)

# e004f3c7780d ("lib/cmdline.c: add size unit t/p/e to memparse") (in v3.16).
V3_16 = replace(V3_14, name="3.16", since=(3, 16), memparse_suffixes="kmgtpe")

# c072b90c8dfe ("x86/mm: Fix zone ranges boot printout") (in v3.19).
V3_19 = replace(V3_16, name="3.19", since=(3, 19), caps_zones=True)

# Logs of 4.x have addresses of 18 characters, NODE_DATA(N), and an empty range for a node that has
# processors alone.
V4_0 = replace(
    V3_19,
    name="4.0",
    since=(4, 0),
    setup_lines=SetupLines.WITH_ZONES,
    memoryless=MemorylessLines.EMPTY_RANGE,
    printk=replace(V3_19.printk, zone_width=18),
)

# 033fbae988fc ("mm: ZONE_DEVICE for "device memory"") (in v4.3).
V4_3 = replace(V4_0, name="4.3", since=(4, 3), printk=replace(V4_0.printk, device_zone=True))

# 342332e6a925 ("mm/page_alloc.c: introduce kernelcore=mirror option") (in v4.6).
V4_6 = replace(V4_3, name="4.6", since=(4, 6), mirror=MirrorRule.UNMIRRORED_IS_MOVABLE)

# The parser moved from arch/x86 to drivers/acpi/numa.c, for arm64 to share (in v4.8).
V4_8 = replace(
    V4_6,
    name="4.8",
    since=(4, 8),
    srat_walk=SratWalk.TABLE_ORDER,
    memory_entry_exact=False,
    printk=replace(V4_6.printk, srat="ACPI: ", zero_length="ACPI: ", non_volatile=" non-volatile"),
)

# a5c6d6509342 ("mm, page_alloc: extend kernelcore and movablecore for percent") (in v4.17).
V4_17 = replace(V4_8, name="4.17", since=(4, 17), knows_percent=True)

# fe124c95df9e ("x86/mm: use max memory block size on bare metal") (in v5.9).
V5_9 = replace(V4_17, name="5.9", since=(5, 9), block_size=BlockSizeRule.BARE_METAL_LARGEST)

# 5d30f92e7631 ("x86/NUMA: Provide a range-to-target_node lookup facility"); the other answers are
# those of the late 5.10.y that was booted.
V5_10 = replace(
    V5_9,
    name="5.10",
    since=(5, 10),
    absent_to_reserved_list=True,
    min_node_bytes=0,
    node_data_bytes=0x2A000,
    clamps_sizes=True,
    drops_start_past_end=True,
    reserves_acpi_tables=True,
)

# f1d4d47c5851 ("x86/setup: Always reserve the first 1M of RAM") (in v5.13).
V5_13 = replace(V5_10, name="5.13", since=(5, 13), low_reservation=MIB)

# e83a437faa62 ("mm/memory_hotplug: introduce "auto-movable" online policy") (in v5.15).
V5_15 = replace(V5_13, name="5.15", since=(5, 15), auto_movable=True)

# fd49f99c1809 ("ACPI: NUMA: Add a node and memblk for each CFMWS not in SRAT") (in v5.16).
V5_16 = replace(V5_15, name="5.16", since=(5, 16), windows=WindowRule.BLOCK)

# 09f49dca570a ("mm: handle uninitialized numa nodes gracefully") (in v5.18).
V5_18 = replace(V5_16, name="5.18", since=(5, 18), memoryless=MemorylessLines.INITIALIZING)

V6_1 = replace(V5_18, name="6.1", since=(6, 1), node_data_bytes=0x2B000)

# RAM without a node is counted in memblock: ff6c3d81f2e8 "NUMA: optimize detection of memory with
# no node id assigned by firmware" (in v6.8).
V6_8 = replace(
    V6_1,
    name="6.8",
    since=(6, 8),
    coverage=CoverageRule.REGIONS_WITHOUT_NODE,
    no_node_is_max_nodes=False,
    printk=replace(V6_1.printk, zero_length=""),
)

# 87482708210f ("mm: introduce numa_memblks") and its series; the others were seen on 6.12 first.
V6_12 = replace(
    V6_8,
    name="6.12",
    since=(6, 12),
    mirror=MirrorRule.NEEDS_MIRROR,
    clamps_to_dram=True,
    window_first=True,
    node_data_bytes=0x2A980,
    hot_start_rounds_up=True,
    memoryless=MemorylessLines.SETUP,
    printk=replace(V6_8.printk, cpus=False),
)

# Seen on 7.2 first.
V7_2 = replace(
    V6_12,
    name="7.2",
    since=(7, 2),
    windows=WindowRule.RESERVED_LIST,
    node_data_bytes=0x2B080,
    node_data_align=128,
    block_size=BlockSizeRule.WINDOW_ADVICE,
    printk=replace(V6_12.printk, distance_table=False),
)

MAINLINE = (
    V2_6_18, V2_6_19, V2_6_21, V2_6_23, V2_6_27, V2_6_32, V2_6_34, V3_0, V3_5, V3_7, V3_10,
    V3_14, V3_16, V3_19, V4_0, V4_3, V4_6, V4_8, V4_17, V5_9, V5_10, V5_13, V5_15, V5_16, V5_18,
    V6_1, V6_8, V6_12, V7_2,
)  # fmt: skip

# "Arrange hotpluggable memory in SRAT as ZONE_MOVABLE": as its author meant it (mails of
# 2013-06-13), and the thirteen mails of 2013-04-30 as they were sent. Neither was merged.
ACPI2013 = replace(
    V3_10,
    name=INTENDED.name,
    max_nodes=64,
    knows_movablecore_acpi=True,
    numa_driver=NumaDriver.EARLY_MEMINFO,
    limits_memory_entries=True,
    hotplug_mark=HotplugMark.RESERVED,
    coverage=CoverageRule.PAGES_OF_ANY_BLOCK,
    node_data_or_panic=True,
    finds_movable_zone=True,
    series=INTENDED,
    printk=replace(V3_10.printk, hot=" Hot Pluggable", not_hot=" ", node_totals=True),
)
ACPI2013_V2_POSTED = replace(
    ACPI2013, name=V2_POSTED.name, series=V2_POSTED, finds_movable_zone=False
)

SERIES = (ACPI2013, ACPI2013_V2_POSTED)
