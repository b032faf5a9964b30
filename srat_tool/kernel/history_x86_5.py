"""The history of the kernel's behaviour on x86 from 5.10 to 6.0, oldest first."""

from __future__ import annotations

from srat_tool.base.units import MIB
from srat_tool.kernel.changes import (
    ABOVE_KERNEL_NO_MORE,
    AUTO_MOVABLE,
    MIRROR_IF_ASKED,
    NO_START_PAST_END,
    SMALL_NODES,
    TABLES_RESERVED,
    UNIFORM_SPLIT,
    WINDOWS_PARSED,
)
from srat_tool.kernel.direct_map import DirectMapRules
from srat_tool.kernel.evidence import ProfileChange, announced, booted, logged, read
from srat_tool.kernel.history import row
from srat_tool.kernel.history_x86_4 import V5_9
from srat_tool.kernel.profile import MemorylessLines, MirrorMarks, WindowRule

_SOURCE_5_10 = read("5.10.262, and the list of what each 5.10.y carries")
_BETWEEN = read("5.10.262 and 6.1.192, compared: each difference at the release that brought it")

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
V5_10_15 = row(
    V5_10_0,
    "5.10.15",
    (5, 10, 15),
    ABOVE_KERNEL_NO_MORE,
    seen=(_SOURCE_5_10,),
    bottom_up_above_kernel=False,
)
V5_10_28 = row(
    V5_10_15,
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

V5_11_0 = row(
    V5_10_15,
    "5.11.0",
    (5, 11),
    ABOVE_KERNEL_NO_MORE,
    seen=(read("arch/x86/mm/init.c of 5.11.4"), _BETWEEN),
)
V5_11 = row(
    V5_11_0,
    "5.11",
    (5, 11, 12),
    TABLES_RESERVED,
    seen=(announced("5.11.12"), _BETWEEN),
    reserves_acpi_tables=True,
)

V5_12 = row(
    V5_11_0,
    "5.12",
    (5, 12),
    TABLES_RESERVED,
    ProfileChange(
        "the kernel image has room for 16 pages of tables that map RAM, not for 12",
        '167dcfc08b0b ("x86/mm: Increase pgt_buf size for 5-level page tables") (v5.12)',
    ),
    seen=(_BETWEEN,),
    reserves_acpi_tables=True,
    direct_map=DirectMapRules(brk_pages=16, step_shift=8, counts_all=True),
)

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
    V5_15_0,
    "5.15.33",
    (5, 15, 33),
    NO_START_PAST_END,
    seen=(announced("5.15.33"), _BETWEEN),
    drops_start_past_end=True,
)
V5_15_140 = row(
    V5_15_33,
    "5.15.140",
    (5, 15, 140),
    SMALL_NODES,
    seen=(logged("5.15 of Azure and Proxmox"), announced("5.15.140"), _BETWEEN),
    min_node_bytes=0,
)
V5_15 = row(
    V5_15_140,
    "5.15",
    (5, 15, 212),
    UNIFORM_SPLIT,
    seen=(announced("5.15.212-rc2"), _BETWEEN),
    fake_counts_each=True,
)

V5_16_0 = row(
    V5_15_0,
    "5.16.0",
    (5, 16),
    ProfileChange(
        "a CXL window whose start no SRAT range holds becomes a node",
        'fd49f99c1809 ("ACPI: NUMA: Add a node and memblk for each CFMWS not in SRAT") (v5.16)',
    ),
    seen=(logged("5.16-rc8"), _BETWEEN),
    windows=WindowRule.BLOCK,
)
V5_16 = row(
    V5_16_0,
    "5.16",
    (5, 16, 19),
    NO_START_PAST_END,
    seen=(announced("5.16.19"), _BETWEEN),
    drops_start_past_end=True,
)

V5_17_0 = row(V5_16_0, "5.17.0", (5, 17), seen=(_BETWEEN,))
V5_17 = row(
    V5_17_0,
    "5.17",
    (5, 17, 2),
    NO_START_PAST_END,
    seen=(read("the change as it was queued for 5.17.2"), _BETWEEN),
    drops_start_past_end=True,
)

V5_18 = row(
    V5_17,
    "5.18",
    (5, 18),
    ProfileChange(
        "nodes without memory are set up with all others",
        '09f49dca570a ("mm: handle uninitialized numa nodes gracefully") (v5.18)',
    ),
    NO_START_PAST_END,
    seen=(_BETWEEN,),
    memoryless=MemorylessLines.INITIALIZING,
)

V6_0_0 = row(
    V5_18,
    "6.0.0",
    (6, 0),
    MIRROR_IF_ASKED,
    seen=(_BETWEEN,),
    mirror_marks=MirrorMarks.WITH_KERNELCORE,
)
V6_0 = row(
    V6_0_0,
    "6.0",
    (6, 0, 8),
    WINDOWS_PARSED,
    seen=(announced("6.0.8"), _BETWEEN),
    windows_are_parsed=True,
)

V5 = (
    V5_10_0, V5_10_15, V5_10_28, V5_10_110, V5_10_202, V5_10, V5_11_0, V5_11, V5_12, V5_13, V5_15_0,
    V5_15_33, V5_15_140, V5_15, V5_16_0, V5_16, V5_17_0, V5_17, V5_18, V6_0_0,
    V6_0,
)  # fmt: skip
