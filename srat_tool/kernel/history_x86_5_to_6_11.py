"""The history of the kernel's behaviour on x86 from 5.x to 6.11."""

from __future__ import annotations

from srat_tool.base.units import MIB, PAGE_SIZE
from srat_tool.kernel.changes import (
    AUTO_MOVABLE,
    FILL_EXACTLY,
    FILL_WINDOWS,
    NEEDS_MIRROR,
    NO_START_PAST_END,
    SMALL_NODES,
    TABLES_RESERVED,
    UNIFORM_SPLIT,
)
from srat_tool.kernel.direct_map import DirectMapRules
from srat_tool.kernel.evidence import ProfileChange, assumed, booted, logged, read
from srat_tool.kernel.history import row
from srat_tool.kernel.history_x86_2_to_4 import V4_17
from srat_tool.kernel.profile import (
    BlockSizeRule,
    CoverageRule,
    MemorylessLines,
    MirrorRule,
    WindowRule,
)

_SOURCE_5_10 = read("5.10.262, and the list of what each 5.10.y carries")
_SOURCE_6_1 = read("6.1.192, and the list of what each 6.1.y carries")
_BETWEEN = assumed("the titles of the changes between 5.10 and 6.1")

V5_4 = row(
    V4_17,
    "5.4",
    (5, 4, 262),
    SMALL_NODES,
    seen=(read("the list of what 5.4.262-rc1 carries"),),
    min_node_bytes=0,
)
V5_5 = row(V4_17, "5.5", (5, 5), seen=(assumed("that nothing differs from 5.4.0"),))

V5_7 = row(
    V4_17,
    "5.7",
    (5, 7),
    ProfileChange(
        "ranges without RAM move to a list of their own",
        '5d30f92e7631 ("x86/NUMA: Provide a range-to-target_node lookup facility") (v5.7)',
    ),
    seen=(logged("5.9"), assumed("the titles of the changes")),
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

V5_10_0 = row(
    V5_9,
    "5.10.0",
    (5, 10),
    ProfileChange(
        "generic initiators make nodes; those of a rejected SRAT stay online, and the kernel dies",
        '894c26a1c274 ("ACPI: Support Generic Initiator only domains") (v5.10)',
    ),
    seen=(_SOURCE_5_10,),
    node_data_bytes=0x2A000,
    initiators_stay_online=True,
)
V5_10_28 = row(
    V5_10_0,
    "5.10.28",
    (5, 10, 28),
    TABLES_RESERVED,
    seen=(_SOURCE_5_10,),
    reserves_acpi_tables=True,
)
V5_10_110 = row(
    V5_10_28,
    "5.10.110",
    (5, 10, 110),
    NO_START_PAST_END,
    seen=(_SOURCE_5_10,),
    drops_start_past_end=True,
)
V5_10_202 = row(
    V5_10_110,
    "5.10.202",
    (5, 10, 202),
    SMALL_NODES,
    seen=(booted("5.10.223", 37), _SOURCE_5_10),
    min_node_bytes=0,
)
V5_10 = row(
    V5_10_202,
    "5.10",
    (5, 10, 261),
    UNIFORM_SPLIT,
    seen=(booted("5.10.262", 14), _SOURCE_5_10),
    fake_counts_each=True,
)

V5_11 = row(
    V5_10_0,
    "5.11",
    (5, 11),
    ProfileChange(
        "the kernel image has room for 16 pages of tables that map RAM, not for 12",
        '167dcfc08b0b ("x86/mm: Increase pgt_buf size for 5-level page tables") (v5.11)',
    ),
    seen=(_BETWEEN,),
    direct_map=DirectMapRules(brk_pages=16, step_shift=8, counts_all=True),
)
V5_12 = row(V5_11, "5.12", (5, 12), TABLES_RESERVED, seen=(_BETWEEN,), reserves_acpi_tables=True)

V5_13 = row(
    V5_12,
    "5.13",
    (5, 13),
    ProfileChange(
        "the first MiB is reserved",
        'f1d4d47c5851 ("x86/setup: Always reserve the first 1M of RAM") (v5.13)',
    ),
    seen=(_BETWEEN,),
    low_reservation=MIB,
)

V5_15_0 = row(
    V5_13,
    "5.15.0",
    (5, 15),
    AUTO_MOVABLE,
    seen=(_BETWEEN,),
    auto_movable=True,
)
V5_15_33 = row(
    V5_15_0, "5.15.33", (5, 15, 33), NO_START_PAST_END, seen=(_BETWEEN,), drops_start_past_end=True
)
V5_15 = row(
    V5_15_33,
    "5.15",
    (5, 15, 140),
    SMALL_NODES,
    seen=(logged("5.15 of Azure and Proxmox"), _BETWEEN),
    min_node_bytes=0,
)

V5_16 = row(
    V5_15_0,
    "5.16",
    (5, 16),
    ProfileChange(
        "a CXL window whose start no SRAT range holds becomes a node",
        'fd49f99c1809 ("ACPI: NUMA: Add a node and memblk for each CFMWS not in SRAT") (v5.16)',
    ),
    seen=(logged("5.16-rc8"), _BETWEEN),
    windows=WindowRule.BLOCK,
)

V5_18 = row(
    V5_16,
    "5.18",
    (5, 18),
    ProfileChange(
        "nodes without memory are set up with all others",
        '09f49dca570a ("mm: handle uninitialized numa nodes gracefully") (v5.18)',
    ),
    NO_START_PAST_END,
    seen=(_BETWEEN,),
    memoryless=MemorylessLines.INITIALIZING,
    drops_start_past_end=True,
)

V6_1_0 = row(
    V5_18,
    "6.1.0",
    (6, 1),
    ProfileChange(
        "the node of a CXL window is possible even where it has no RAM",
        "\"ACPI: NUMA: Add CXL CFMWS 'nodes' to the possible nodes set\" (v6.1, 6.0.8)",
    ),
    seen=(_SOURCE_6_1,),
    node_data_bytes=0x2B000,
    windows_are_parsed=True,
)
V6_1_63 = row(
    V6_1_0,
    "6.1.63",
    (6, 1, 63),
    FILL_WINDOWS,
    seen=(_SOURCE_6_1,),
    windows_fill=True,
    windows_fill_roughly=True,
)
V6_1_64 = row(V6_1_63, "6.1.64", (6, 1, 64), SMALL_NODES, seen=(_SOURCE_6_1,), min_node_bytes=0)
V6_1_80 = row(
    V6_1_64, "6.1.80", (6, 1, 80), FILL_EXACTLY, seen=(_SOURCE_6_1,), windows_fill_roughly=False
)
V6_1 = row(
    V6_1_80,
    "6.1",
    (6, 1, 178),
    UNIFORM_SPLIT,
    seen=(booted("6.1.192", 95), _SOURCE_6_1),
    fake_counts_each=True,
)

_MIDDLE = assumed("the text of the changes between 6.1 and 6.12")

V6_2 = row(V6_1_0, "6.2", (6, 2), seen=(logged("6.4"), _MIDDLE))

_LIST_6_5 = read("the lists of what 6.5.12 and 6.5.13 carry")
V6_5_12 = row(
    V6_2,
    "6.5.12",
    (6, 5, 12),
    FILL_WINDOWS,
    seen=(_LIST_6_5, _MIDDLE),
    windows_fill=True,
    windows_fill_roughly=True,
)
V6_5_13 = row(
    V6_5_12, "6.5.13", (6, 5, 13), SMALL_NODES, seen=(_LIST_6_5, _MIDDLE), min_node_bytes=0
)

V6_6_0 = row(
    V6_2,
    "6.6.0",
    (6, 6),
    NEEDS_MIRROR,
    seen=(_MIDDLE,),
    mirror=MirrorRule.NEEDS_MIRROR,
)
V6_6_2 = row(
    V6_6_0,
    "6.6.2",
    (6, 6, 2),
    FILL_WINDOWS,
    seen=(assumed("that 6.6.2 carries what 6.1.63 and 6.5.12 of the same week do"),),
    windows_fill=True,
    windows_fill_roughly=True,
)
V6_6_3 = row(
    V6_6_2,
    "6.6.3",
    (6, 6, 3),
    SMALL_NODES,
    seen=(assumed("that 6.6.3 carries what 6.1.64 and 6.5.13 of the same week do"),),
    min_node_bytes=0,
)
V6_6 = row(
    V6_6_3,
    "6.6",
    (6, 6, 19),
    FILL_EXACTLY,
    seen=(assumed("the texts of changes up to 6.12, and what was queued for 6.6.19"),),
    windows_fill_roughly=False,
)
V6_7_0 = row(
    V6_6_0,
    "6.7.0",
    (6, 7),
    FILL_WINDOWS,
    SMALL_NODES,
    ProfileChange(
        "a crash kernel at an address above 4 GiB gets no low memory",
        '9c08a2a139fe ("x86: kdump: use generic interface to simplify crashkernel reservation '
        'code") (v6.7)',
    ),
    seen=(read("arch/x86/mm/numa.c of 6.7"), _MIDDLE),
    windows_fill=True,
    windows_fill_roughly=True,
    min_node_bytes=0,
    crash_low_at_address=False,
)
V6_7 = row(
    V6_7_0,
    "6.7",
    (6, 7, 7),
    FILL_EXACTLY,
    seen=(assumed("that 6.7.7 carries what 6.1.80 and 6.6.19 of the same week do"),),
    windows_fill_roughly=False,
)

V6_8 = row(
    V6_7,
    "6.8",
    (6, 8),
    ProfileChange(
        "RAM without a node is counted in memblock",
        'ff6c3d81f2e8 ("NUMA: optimize detection of memory with no node id assigned by firmware") '
        "(v6.8)",
    ),
    seen=(_MIDDLE,),
    coverage=CoverageRule.REGIONS_WITHOUT_NODE,
    coverage_slack=MIB - PAGE_SIZE,
    no_node_is_max_nodes=False,
    says={"zero_length": ""},
)

V6_11 = row(
    V6_8,
    "6.11",
    (6, 11),
    ProfileChange(
        "ACPI data above all RAM raises the last page frame",
        '06fa48d85b09 ("x86/mm: Make e820__end_ram_pfn() cover E820_TYPE_ACPI ranges") (v6.11)',
    ),
    seen=(_MIDDLE,),
    acpi_ends_ram=True,
)


MIDDLE = (
    V5_4, V5_5, V5_7, V5_9, V5_10_0, V5_10_28, V5_10_110, V5_10_202, V5_10, V5_11, V5_12, V5_13,
    V5_15_0, V5_15_33, V5_15, V5_16, V5_18, V6_1_0, V6_1_63, V6_1_64, V6_1_80, V6_1, V6_2, V6_5_12,
    V6_5_13, V6_6_0, V6_6_2, V6_6_3, V6_6, V6_7_0, V6_7, V6_8, V6_11,
)  # fmt: skip
