"""The history of the kernel's behaviour on x86 in 3.x and 4.x, oldest first, after that of 2.6."""

from __future__ import annotations

from srat_tool.kernel.changes import SMALL_NODES
from srat_tool.kernel.direct_map import DirectMapRules
from srat_tool.kernel.evidence import ProfileChange, assumed, logged, read
from srat_tool.kernel.history import row
from srat_tool.kernel.history_x86_2 import V2_6, V2_6_34
from srat_tool.kernel.profile import (
    BlockSizeRule,
    HotplugMark,
    MemorylessLines,
    MirrorRule,
    NumaDriver,
    SetupLines,
    SratWalk,
)

_TITLES = assumed("the titles of the changes")

V3_0 = row(
    V2_6_34,
    "3.0",
    (3, 0),
    ProfileChange(
        "ranges collect in numa_meminfo, and there is a distance table",
        '8db78cc4b4048 ("x86-64, NUMA: Unify ...") and its series (v3.0)',
    ),
    seen=(read("arch/x86/mm/numa.c of 3.2"),),
    numa_driver=NumaDriver.MEMINFO,
    says={"distance_table": True},
)

V3_5 = row(
    V3_0,
    "3.5",
    (3, 5),
    ProfileChange(
        "ranges are printed as [mem 0xA-0xB], the end included",
        '365811d6f9f4 ("x86: print e820 physical addresses consistently ..."), a62e2f4f5082 ("mm: '
        'print physical addresses consistently with other parts of kernel") (v3.5)',
    ),
    seen=(logged("3.6"),),
    says={"page_frames": False},
)

V3_7 = row(
    V3_5,
    "3.7",
    (3, 7),
    ProfileChange(
        "no NUMA in a paravirtualized domain of Xen",
        '"xen/boot: Disable NUMA for PV guests." (v3.7)',
    ),
    seen=(_TITLES,),
    xen_turns_numa_off=True,
)

V3_10 = row(
    V3_7,
    "3.10",
    (3, 10),
    seen=(logged("3.10 of Red Hat Enterprise Linux 7"), read("3.10")),
)

V3_12 = row(
    V3_10,
    "3.12",
    (3, 12),
    ProfileChange(
        "the node of a page is looked up in memblock, not page by page",
        'e76b63f80d93 ("memblock, numa: binary search node id") (v3.12)',
    ),
    seen=(_TITLES,),
    nodes_of_whole_pages=False,
)

V3_14 = row(
    V3_12,
    "3.14",
    (3, 14),
    ProfileChange(
        "movable_node: hot-pluggable memory becomes ZONE_MOVABLE, except on nodes with early "
        "kernel data",
        '05d1d8cb1c41 ("acpi, numa, mem_hotplug: mark hotpluggable memory in memblock"), '
        'a0acda917284 ("acpi, numa, mem_hotplug: mark all nodes the kernel resides '
        'un-hotpluggable"), b2f3eebe7a8e ("x86, numa, acpi, memory-hotplug: make movable_node '
        'have higher priority") (v3.14)',
    ),
    ProfileChange(
        "the kernel may lie at a random address",
        '8ab3820fd5b2 ("x86, kaslr: Return location from decompress_kernel") (v3.14)',
    ),
    seen=(logged("3.14-rc6 and 3.17"), read("arch/x86/mm/numa.c of 3.14, and 3.18")),
    knows_movable_node=True,
    randomizes_base=True,
    hotplug_mark=HotplugMark.FLAGGED,
    clears_kernel_nodes=True,
    finds_movable_zone=True,
    says={"hot": " hotplug", "overlap": ""},
)

V3_16 = row(
    V3_14,
    "3.16",
    (3, 16),
    ProfileChange(
        "sizes take the suffixes T, P and E",
        'e004f3c7780d ("lib/cmdline.c: add size unit t/p/e to memparse") (v3.16)',
    ),
    seen=(logged("3.17"), read("3.18")),
    memparse_suffixes="kmgtpe",
)

V3_19 = row(
    V3_16,
    "3.19",
    (3, 19),
    ProfileChange(
        "zones are printed up to where RAM ends",
        'c072b90c8dfe ("x86/mm: Fix zone ranges boot printout") (v3.19)',
    ),
    ProfileChange(
        "memory blocks of 2 GiB with 64 GiB of usable RAM",
        'bdee237c0343 ("x86: mm: Use 2GB memory block size on large-memory x86-64 systems") '
        "(v3.19)",
    ),
    ProfileChange(
        "the map of all RAM is built in larger steps",
        '132978b94e66 ("x86: Fix step size adjustment during initial memory mapping") (v3.19)',
    ),
    seen=(_TITLES,),
    caps_zones=True,
    direct_map=DirectMapRules(step_shift=8, counts_all=True),
    block_size=BlockSizeRule.LARGEST_BY_SIZE,
)

V4_0 = row(
    V3_19,
    "4.0",
    (4, 0),
    ProfileChange("addresses of 18 characters in zone lines; NODE_DATA(N) allocated"),
    seen=(logged("4.4 and 4.8-rc8"),),
    setup_lines=SetupLines.WITH_ZONES,
    says={"zone_width": 18},
)

V4_3 = row(
    V4_0,
    "4.3",
    (4, 3),
    ProfileChange(
        "ZONE_DEVICE is listed",
        '033fbae988fc ("mm: ZONE_DEVICE for "device memory"") (v4.3)',
    ),
    seen=(logged("4.4 and 4.8-rc8"),),
    says={"device_zone": True},
)

V4_4 = row(
    V4_3,
    "4.4",
    (4, 4),
    ProfileChange(
        "movablecore= is limited to all RAM, and kernelcore= of all RAM means no ZONE_MOVABLE",
        '"mm: fix overflow in find_zone_movable_pfns_for_nodes()", "mm/page_alloc.c: skip '
        'ZONE_MOVABLE if required_kernelcore is larger than totalpages" (v4.4)',
    ),
    seen=(logged("4.4"), _TITLES),
    clamps_sizes=True,
)

V4_6 = row(
    V4_4,
    "4.6",
    (4, 6),
    ProfileChange(
        "kernelcore=mirror",
        '342332e6a925 ("mm/page_alloc.c: introduce kernelcore=mirror option") (v4.6)',
    ),
    ProfileChange(
        "memory blocks of 2 GiB where RAM ends at 64 GiB or above",
        '43c75f933be2 ("x86/mm: Streamline and restore probe_memory_block_size()") (v4.5)',
    ),
    seen=(logged("4.8-rc8"), _TITLES),
    mirror=MirrorRule.UNMIRRORED_IS_MOVABLE,
    block_size=BlockSizeRule.LARGEST,
)

V4_8 = row(
    V4_6,
    "4.8",
    (4, 8),
    ProfileChange(
        "processor entries are walked in table order; memory entries may be longer than 40 bytes",
        "the parser moved from arch/x86 to drivers/acpi/numa.c, to be shared with arm64 (v4.8)",
    ),
    ProfileChange(
        "the kernel image has room for 12 pages of tables that map RAM, not for 6",
        'fb754f958f8e ("x86/mm/KASLR: Increase BRK pages for KASLR memory randomization") (v4.8)',
    ),
    seen=(logged("4.8-rc8"),),
    srat_walk=SratWalk.TABLE_ORDER,
    memory_entry_exact=False,
    direct_map=DirectMapRules(brk_pages=12, step_shift=8, counts_all=True),
    says={"srat": "ACPI: ", "zero_length": "ACPI: ", "non_volatile": " non-volatile"},
)

V4_9 = row(
    V4_8,
    "4.9",
    (4, 9),
    ProfileChange(
        "a node that has only processors is brought up, and an empty range is printed for it",
        '"x86, memhp, numa: Online memory-less nodes at boot time" (posted when 4.8-rc3 was out)',
    ),
    seen=(logged("4.11 and 4.15"), read("the change, and arch/x86/mm/numa.c of 3.14 without it")),
    memoryless=MemorylessLines.EMPTY_RANGE,
)

V4_14 = row(
    V4_9,
    "4.14",
    (4, 14, 331),
    SMALL_NODES,
    seen=(read("the list of what 4.14.331-rc1 carries"),),
    min_node_bytes=0,
)
V4_15 = row(V4_9, "4.15", (4, 15), seen=(logged("4.15"),))

V4_17 = row(
    V4_9,
    "4.17",
    (4, 17),
    ProfileChange(
        "kernelcore= and movablecore= take percentages",
        'a5c6d6509342 ("mm, page_alloc: extend kernelcore and movablecore for percent") (v4.17)',
    ),
    ProfileChange(
        "memory blocks that divide the end of RAM",
        '078eb6aa50dc ("x86/mm/memory_hotplug: determine block size based on the end of boot '
        'memory") (v4.17)',
    ),
    seen=(logged("4.18 and 5.4"),),
    knows_percent=True,
    block_size=BlockSizeRule.ALIGNMENT,
)

V4_19 = row(
    V4_17,
    "4.19",
    (4, 19, 300),
    SMALL_NODES,
    seen=(assumed("that 4.19.300 carries what 4.14.331 and 5.4.262 of the same week do"),),
    min_node_bytes=0,
)
V4_20 = row(V4_17, "4.20", (4, 20), seen=(logged("5.4"),))

OLD = (
    *V2_6, V3_0, V3_5, V3_7, V3_10, V3_12, V3_14, V3_16, V3_19, V4_0, V4_3, V4_4, V4_6, V4_8,
    V4_9, V4_14, V4_15, V4_17, V4_19, V4_20,
)  # fmt: skip
