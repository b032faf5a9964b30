"""The history of the kernel's behaviour on arm64: the rows of x86, with what is different there."""

from __future__ import annotations

from dataclasses import replace

from srat_tool.base.architecture import AARCH64, ZoneLimit
from srat_tool.base.units import GIB, MIB, PAGE_SIZE
from srat_tool.kernel.changes import (
    AUTO_MOVABLE,
    FAKE_DOMAINS,
    INVALID_RANGE,
    MIRROR_ZONES_APART,
    NEEDS_MIRROR,
    QUIET_DISTANCES,
    UNIFORM_SPLIT,
    WINDOW_FIRST,
    WINDOWS_NEED_CXL,
    WINDOWS_RESERVE,
)
from srat_tool.kernel.evidence import ProfileChange, assumed, booted, logged, read
from srat_tool.kernel.history import row
from srat_tool.kernel.history_x86_4 import V4_8, V4_17
from srat_tool.kernel.history_x86_5 import V5_10
from srat_tool.kernel.profile import (
    BlockSizeRule,
    CoverageRule,
    KernelProfile,
    MemOption,
    MemorylessLines,
    MirrorRule,
    NumaDriver,
    SetupLines,
    WindowRule,
)

_TITLES = assumed("the titles of the changes")
_SOURCE_6_12 = read("6.12.118, and the list of what each 6.12.y carries")

_LARGE_SECTIONS = replace(AARCH64, section_bytes=GIB)
_WITHOUT_DMA = replace(
    _LARGE_SECTIONS,
    zones=(ZoneLimit("DMA32", 4 * GIB), ZoneLimit("Normal", None)),
    first_zone_takes_all=False,
)


def _direct(base: KernelProfile) -> KernelProfile:
    """Return a profile with arm64's own NUMA driver."""
    return replace(
        base,
        arch=_WITHOUT_DMA,
        max_nodes=16,
        emulates_nodes=False,
        fake_counts_each=False,
        initiators_stay_online=False,
        numa_words=("off",),
        numa_driver=NumaDriver.DIRECT,
        wipes_marks=False,
        clears_kernel_nodes=False,
        faked_node_from_zero=False,
        movable_node_allocates_bottom_up=False,
        node_data_bytes=0x2500,
        node_data_align=64,
        node_data_everywhere=True,
        reserves_acpi_tables=False,
        low_reservation=0,
        mem_option=MemOption.KEEPS_KERNEL,
        limit_callers=(("add", "arm64_memblock_init+"),),
        block_size=BlockSizeRule.SECTION,
        memoryless=MemorylessLines.EMPTY_WITH_ZONES,
        setup_lines=SetupLines.WITHOUT_NUMBER,
        printk=replace(
            base.printk,
            distance_table=False,
            driver="NUMA: ",
            no_memory="ACPI: NUMA: ",
            region_width=10,
            cpus_again="ACPI: NUMA: ",
            numa_off="NUMA disabled",
            no_numa=None,
        ),
    )


A4_8 = row(
    _direct(V4_8),
    "4.8",
    (4, 8),
    ProfileChange("each SRAT range sets the node of the RAM in it at once (v4.7)"),
    seen=(logged("excerpts of 4.7 to 4.20"), _TITLES),
    says={"plain_numa_off": ("NUMA turned off", "NUMA disabled"), "faked_from_zero": True},
)
A4_9 = row(
    A4_8,
    "4.9",
    (4, 9),
    ProfileChange("all lines of the NUMA driver have one prefix"),
    seen=(_TITLES,),
    says={"plain_numa_off": ()},
)
A4_17 = row(
    _direct(V4_17),
    "4.17",
    (4, 17),
    *V4_17.changes,
    seen=(_TITLES,),
    says={"faked_from_zero": True},
)
A5_0 = row(
    A4_17,
    "5.0",
    (5, 0),
    ProfileChange(
        "the faked node begins at the first RAM",
        '77cfe950901e ("arm64/numa: Report correct memblock range for the dummy node") (v5.0)',
    ),
    seen=(_TITLES,),
    says={"faked_from_zero": False},
)
A5_10 = row(
    _direct(V5_10),
    "5.10",
    (5, 10),
    ProfileChange(
        "ZONE_DMA up to the narrowest limit of the firmware, then ZONE_DMA32",
        '1a8e1cef7603 ("arm64: use both ZONE_DMA and ZONE_DMA32") (v5.5), 2b8652936f0c ("arm64: '
        'mm: Set ZONE_DMA size based on early IORT scan") (v5.11, 5.10.y)',
    ),
    seen=(logged("5.8"), read("5.10.262")),
    arch=_LARGE_SECTIONS,
)
A5_12 = row(
    A5_10,
    "5.12",
    (5, 12),
    ProfileChange(
        "sections of 128 MiB",
        'f0b13ee23241 ("arm64/sparsemem: reduce SECTION_SIZE_BITS") (v5.12)',
    ),
    ProfileChange(
        "the NUMA code is shared with riscv",
        'ae3c107cd8be ("numa: Move numa implementation to common code") (v5.12)',
    ),
    seen=(_TITLES,),
    arch=AARCH64,
    says={"no_memory": "NUMA: ", "region_width": 18},
)
A5_15 = row(
    A5_12,
    "5.15",
    (5, 15),
    AUTO_MOVABLE,
    seen=(_TITLES,),
    auto_movable=True,
)
A5_18 = row(
    A5_15,
    "5.18",
    (5, 18),
    ProfileChange(
        "nodes without memory are named as such",
        '7c30daac2069 ("mm: make free_area_init_node aware of memory less nodes") (v5.18)',
    ),
    seen=(_TITLES,),
    memoryless=MemorylessLines.SETUP,
)
A6_1 = row(A5_18, "6.1", (6, 1), seen=(read("6.1.192"),), node_data_bytes=0x2C80)
A6_6 = row(
    A6_1,
    "6.6",
    (6, 6),
    NEEDS_MIRROR,
    seen=(_TITLES,),
    mirror=MirrorRule.NEEDS_MIRROR,
)
A6_12_0 = row(
    A6_6,
    "6.12.0",
    (6, 12),
    ProfileChange(
        "ranges collect in numa_meminfo as on x86, CXL windows and numa=fake= included",
        '767507654c22 ("arch_numa: switch over to numa_memblks") (v6.12)',
    ),
    seen=(_SOURCE_6_12,),
    emulates_nodes=True,
    numa_driver=NumaDriver.MEMINFO,
    wipes_marks=True,
    clears_kernel_nodes=True,
    node_data_bytes=0x3740,
    clamps_to_dram=True,
    coverage=CoverageRule.REGIONS_WITHOUT_NODE,
    coverage_slack=MIB - PAGE_SIZE,
    no_node_is_max_nodes=False,
    windows=WindowRule.BLOCK,
    windows_fill=True,
    windows_are_parsed=True,
    hot_start_rounds_up=True,
    setup_lines=SetupLines.WITH_ZONES,
    says={"zero_length": "", "no_memory": None, "distance_table": True},
)
A6_12_5 = row(
    A6_12_0,
    "6.12.5",
    (6, 12, 5),
    ProfileChange(
        "any RAM that the SRAT leaves out costs the whole table",
        '"arch_numa: Restore nid checks before registering a memblock with a node" (v6.13)',
    ),
    seen=(_SOURCE_6_12,),
    coverage_slack=0,
)
A6_12_67 = row(
    A6_12_5,
    "6.12.67",
    (6, 12, 67),
    FAKE_DOMAINS,
    seen=(_SOURCE_6_12,),
    fake_maps_domains=True,
)
A6_12 = row(
    A6_12_67,
    "6.12",
    (6, 12, 97),
    WINDOW_FIRST,
    UNIFORM_SPLIT,
    seen=(booted("6.12.107 and 6.12.111", 7), _SOURCE_6_12),
    window_first=True,
    fake_counts_each=True,
)
_LATER = assumed("the answers of x86 for what both share")
A6_13 = row(A6_12_5, "6.13", (6, 13), seen=(_LATER,))
A6_14 = row(A6_13, "6.14", (6, 14), FAKE_DOMAINS, seen=(_LATER,), fake_maps_domains=True)
A6_16 = row(
    A6_14,
    "6.16",
    (6, 16),
    WINDOWS_RESERVE,
    seen=(_LATER,),
    windows=WindowRule.RESERVED_LIST,
)
A6_17 = row(
    A6_16,
    "6.17",
    (6, 17),
    QUIET_DISTANCES,
    seen=(_LATER,),
    says={"distance_table": False},
)
A7_0 = row(A6_17, "7.0", (7, 0), WINDOW_FIRST, seen=(_LATER,), window_first=True)
A7_2 = row(
    A7_0,
    "7.2",
    (7, 2),
    UNIFORM_SPLIT,
    WINDOWS_NEED_CXL,
    seen=(read("7.2.12"),),
    node_data_bytes=0x3800,
    windows_need_cxl=True,
    fake_counts_each=True,
    says={"cpus_before_zones": True},
)
A7_3 = row(
    A7_2,
    "7.3",
    (7, 3),
    MIRROR_ZONES_APART,
    INVALID_RANGE,
    seen=(booted("7.3.4", 3), read("7.3.4")),
    node_data_bytes=0x3840,
    mirror_zones_overlap=False,
    says={"invalid_range": "invalid memblk range for node"},
)

HISTORY = (
    A4_8, A4_9, A4_17, A5_0, A5_10, A5_12, A5_15, A5_18, A6_1, A6_6, A6_12_0, A6_12_5, A6_12_67,
    A6_12, A6_13, A6_14, A6_16, A6_17, A7_0, A7_2, A7_3,
)  # fmt: skip
