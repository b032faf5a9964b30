"""The history of the kernel's behaviour on x86 in 3.x, oldest first."""

from __future__ import annotations

from srat_tool.kernel.direct_map import DirectMapRules
from srat_tool.kernel.evidence import ProfileChange, between, logged, read
from srat_tool.kernel.history import row
from srat_tool.kernel.history_x86_2 import V2_6_34
from srat_tool.kernel.profile import BlockSizeRule, HotplugMark, KaslrRange, NumaDriver, SetupLines

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
    seen=(between("the log of 3.6", "the source of 3.10"),),
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
    seen=(read("the change, which one of 2014 to the same function names with its release"),),
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
        "the kernel may be at a random address below 1 GiB",
        '8ab3820fd5b2 ("x86, kaslr: Return location from decompress_kernel") (v3.14)',
    ),
    seen=(
        logged("3.14-rc6 and 3.17"),
        read("arch/x86/mm/numa.c of 3.14: numa_init clears marks last, after NODE_DATA"),
    ),
    knows_movable_node=True,
    kaslr=KaslrRange.FIRST_GIB,
    bottom_up_above_kernel=True,
    hotplug_mark=HotplugMark.FLAGGED,
    clears_kernel_nodes=True,
    clears_after_node_data=True,
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

V3_18 = row(
    V3_16,
    "3.18",
    (3, 18),
    ProfileChange(
        "nodes with early kernel data lose their hotplug marks before NODE_DATA is allocated",
        'bd5cfb8977fb ("arch/x86/mm/numa.c: fix boot failure when all nodes are hotpluggable") '
        "(v3.18)",
    ),
    ProfileChange(
        "NODE_DATA(N) allocated, and nodes are reported after the node ranges",
        '8b375f64dcf8 ("x86: numa: setup_node_data(): drop dead code and rename function") (v3.18)',
    ),
    seen=(read("arch/x86/mm/numa.c and mm/page_alloc.c of 3.18"),),
    clears_after_node_data=False,
    setup_lines=SetupLines.WITH_ZONES,
)

V3_19 = row(
    V3_18,
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
    seen=(
        read("the change of the zone lines, merged in December 2014"),
        between("the source of 3.18", "the log of 4.4"),
    ),
    caps_zones=True,
    direct_map=DirectMapRules(step_shift=8, counts_all=True),
    block_size=BlockSizeRule.LARGEST_BY_SIZE,
)

V3 = (V3_0, V3_5, V3_7, V3_10, V3_12, V3_14, V3_16, V3_18, V3_19)
