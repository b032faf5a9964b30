"""The history of the kernel's behaviour on arm64 from 6.12 on, and all of its rows."""

from __future__ import annotations

from srat_tool.base.units import MIB, PAGE_SIZE
from srat_tool.kernel.changes import (
    FAKE_DOMAINS,
    INVALID_RANGE,
    MIRROR_ZONES_APART,
    QUIET_DISTANCES,
    UNIFORM_SPLIT,
    WINDOW_FIRST,
    WINDOWS_NEED_CXL,
    WINDOWS_RESERVE,
)
from srat_tool.kernel.evidence import ProfileChange, between, booted, read
from srat_tool.kernel.history import row
from srat_tool.kernel.history_arm64_4 import A4
from srat_tool.kernel.history_arm64_5 import A5, A6_7
from srat_tool.kernel.profile import CoverageRule, NumaDriver, SetupLines, WindowRule

_SOURCE_6_12 = read("6.12.118, and the list of what each 6.12.y carries")

A6_12_0 = row(
    A6_7,
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
_TO_6_16 = between("boots of 6.12.111", "those of 6.16.12")
_TO_7_1 = between("boots of 6.17.13", "those of 7.1.13")
A6_13 = row(A6_12_5, "6.13", (6, 13), seen=(_TO_6_16,))
A6_14 = row(A6_13, "6.14", (6, 14), FAKE_DOMAINS, seen=(_TO_6_16,), fake_maps_domains=True)
A6_16 = row(
    A6_14,
    "6.16",
    (6, 16),
    WINDOWS_RESERVE,
    seen=(booted("6.16.12, with two windows"),),
    windows=WindowRule.RESERVED_LIST,
)
A6_17 = row(
    A6_16,
    "6.17",
    (6, 17),
    QUIET_DISTANCES,
    seen=(booted("6.17.13, with two windows"),),
    says={"distance_table": False},
)
A7_0 = row(A6_17, "7.0", (7, 0), WINDOW_FIRST, seen=(_TO_7_1,), window_first=True)
_SHARED_7_1 = booted("7.1.13, with two windows; 7.1.3 and 7.1.7 on x86_64, for what both share")
A7_1_0 = row(
    A7_0,
    "7.1.0",
    (7, 1),
    WINDOWS_NEED_CXL,
    seen=(_SHARED_7_1,),
    windows_need_cxl=True,
)
A7_1 = row(A7_1_0, "7.1", (7, 1, 7), UNIFORM_SPLIT, seen=(_SHARED_7_1,), fake_counts_each=True)
A7_2 = row(
    A7_1,
    "7.2",
    (7, 2),
    seen=(read("7.2.12"),),
    node_data_bytes=0x3800,
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
    *A4, *A5, A6_12_0, A6_12_5, A6_12_67, A6_12, A6_13, A6_14, A6_16, A6_17, A7_0, A7_1_0,
    A7_1, A7_2, A7_3,
)  # fmt: skip
