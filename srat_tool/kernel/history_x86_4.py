"""The history of the kernel's behaviour on x86 from 4.0 to 5.9, oldest first.

A series that is maintained for years has rows of its own for its point releases; the last of them
bears the name of the series. The row of the next release starts from the first of them.
"""

from __future__ import annotations

from srat_tool.kernel.changes import NO_START_PAST_END, SMALL_NODES, TABLES_RESERVED
from srat_tool.kernel.direct_map import DirectMapRules
from srat_tool.kernel.evidence import ProfileChange, announced, between, logged, read
from srat_tool.kernel.history import row
from srat_tool.kernel.history_x86_3 import V3_19
from srat_tool.kernel.profile import (
    BlockSizeRule,
    KaslrRange,
    MemorylessLines,
    MirrorMarks,
    MirrorRule,
    SratWalk,
)

V4_0 = row(
    V3_19,
    "4.0",
    (4, 0),
    ProfileChange("addresses of 18 characters in zone lines"),
    seen=(logged("4.4 and 4.8-rc8"),),
    says={"zone_width": 18},
)

V4_2 = row(
    V4_0,
    "4.2",
    (4, 2),
    ProfileChange(
        "memory that the firmware mirrors is taken first",
        'b05b9f5f9dcf ("x86, mirror: x86 enabling - find mirrored memory ranges") (v4.2)',
    ),
    seen=(logged("4.4 and 4.8-rc8"), read("the change")),
    mirror_marks=MirrorMarks.ALWAYS,
)

V4_3 = row(
    V4_2,
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
    seen=(
        logged("4.4"),
        read("the changes, posted in September and October 2015, and their merge"),
    ),
    clamps_sizes=True,
)

V4_5 = row(
    V4_4,
    "4.5",
    (4, 5),
    ProfileChange(
        "memory blocks of 2 GiB where RAM ends at 64 GiB or above",
        '43c75f933be2 ("x86/mm: Streamline and restore probe_memory_block_size()") (v4.5)',
    ),
    seen=(between("the logs of 4.4", "those of 4.8-rc8"),),
    block_size=BlockSizeRule.LARGEST,
)

V4_6 = row(
    V4_5,
    "4.6",
    (4, 6),
    ProfileChange(
        "kernelcore=mirror",
        '342332e6a925 ("mm/page_alloc.c: introduce kernelcore=mirror option") (v4.6)',
    ),
    seen=(logged("4.8-rc8"), read("the change, posted in January 2016")),
    mirror=MirrorRule.UNMIRRORED_IS_MOVABLE,
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
    ProfileChange(
        "the kernel may be at a random address in any RAM",
        'ed9f007ee684 ("x86/KASLR: Extend kernel image physical address randomization to addresses '
        'larger than 4G"), e066cc47776a ("x86/KASLR: Allow randomization below the load address") '
        "(v4.8)",
    ),
    seen=(logged("4.8-rc8"),),
    kaslr=KaslrRange.ALL_RAM,
    srat_walk=SratWalk.TABLE_ORDER,
    memory_entry_exact=False,
    direct_map=DirectMapRules(brk_pages=12, step_shift=8, counts_all=True),
    says={"srat": "ACPI: ", "zero_length": "ACPI: ", "non_volatile": " non-volatile"},
)

V4_9_0 = row(
    V4_8,
    "4.9.0",
    (4, 9),
    ProfileChange(
        "a node that has only processors is brought up, and an empty range is printed for it",
        '"x86, memhp, numa: Online memory-less nodes at boot time" (posted when 4.8-rc3 was out)',
    ),
    seen=(logged("4.11 and 4.15"), read("the change, and arch/x86/mm/numa.c of 3.14 without it")),
    memoryless=MemorylessLines.EMPTY_RANGE,
)
V4_9 = row(
    V4_9_0,
    "4.9",
    (4, 9, 311),
    NO_START_PAST_END,
    seen=(announced("4.9.311"),),
    drops_start_past_end=True,
)

V4_10 = row(V4_9_0, "4.10", (4, 10), seen=(logged("4.11 and 4.15"),))

V4_14_233 = row(
    V4_10,
    "4.14.233",
    (4, 14, 233),
    TABLES_RESERVED,
    seen=(announced("4.14.233"),),
    reserves_acpi_tables=True,
)
V4_14_276 = row(
    V4_14_233,
    "4.14.276",
    (4, 14, 276),
    NO_START_PAST_END,
    seen=(announced("4.14.276"),),
    drops_start_past_end=True,
)
V4_14 = row(
    V4_14_276, "4.14", (4, 14, 331), SMALL_NODES, seen=(announced("4.14.331"),), min_node_bytes=0
)

V4_15 = row(V4_10, "4.15", (4, 15), seen=(logged("4.15"),))

V4_17 = row(
    V4_15,
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

V4_19_190 = row(
    V4_17,
    "4.19.190",
    (4, 19, 190),
    TABLES_RESERVED,
    seen=(announced("4.19.190"),),
    reserves_acpi_tables=True,
)
V4_19_238 = row(
    V4_19_190,
    "4.19.238",
    (4, 19, 238),
    NO_START_PAST_END,
    seen=(announced("4.19.238"),),
    drops_start_past_end=True,
)
V4_19 = row(
    V4_19_238, "4.19", (4, 19, 300), SMALL_NODES, seen=(announced("4.19.300"),), min_node_bytes=0
)

V4_20 = row(V4_17, "4.20", (4, 20), seen=(between("logs of 4.18", "those of 5.4"),))

V5_1 = row(
    V4_20,
    "5.1",
    (5, 1),
    ProfileChange(
        "a random address of the kernel is not in memory that the SRAT lists as hot-pluggable",
        '690eaa532057 ("x86/boot/KASLR: Limit KASLR to extract the kernel in immovable memory '
        'only") (v5.1)',
    ),
    seen=(logged("5.4"),),
    kaslr=KaslrRange.COLD_RAM,
)

V5_4_117 = row(
    V5_1,
    "5.4.117",
    (5, 4, 117),
    TABLES_RESERVED,
    seen=(announced("5.4.117"),),
    reserves_acpi_tables=True,
)
V5_4_189 = row(
    V5_4_117,
    "5.4.189",
    (5, 4, 189),
    NO_START_PAST_END,
    seen=(announced("5.4.189"),),
    drops_start_past_end=True,
)
V5_4 = row(
    V5_4_189, "5.4", (5, 4, 262), SMALL_NODES, seen=(announced("5.4.262"),), min_node_bytes=0
)

V5_5 = row(V5_1, "5.5", (5, 5), seen=(between("the log of 5.4", "that of 5.9"),))

V5_7 = row(
    V5_5,
    "5.7",
    (5, 7),
    ProfileChange(
        "ranges without RAM move to a list of their own",
        '5d30f92e7631 ("x86/NUMA: Provide a range-to-target_node lookup facility") (v5.7)',
    ),
    seen=(logged("5.9"), read("the change, posted in February 2020, and its merge")),
    absent_to_reserved_list=True,
)

V5_9 = row(
    V5_7,
    "5.9",
    (5, 9),
    ProfileChange(
        "memory blocks of 2 GiB on bare metal from 64 GiB of RAM on",
        'fe124c95df9e ("x86/mm: use max memory block size on bare metal") (v5.9)',
    ),
    seen=(logged("5.9"),),
    block_size=BlockSizeRule.BARE_METAL_LARGEST,
)

V4 = (
    V4_0, V4_2, V4_3, V4_4, V4_5, V4_6, V4_8, V4_9_0, V4_9, V4_10, V4_14_233, V4_14_276, V4_14,
    V4_15,
    V4_17, V4_19_190, V4_19_238, V4_19, V4_20, V5_1, V5_4_117, V5_4_189, V5_4, V5_5, V5_7, V5_9,
)  # fmt: skip
