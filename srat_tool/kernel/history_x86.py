"""The history of the kernel's behaviour on x86 from 6.12 on, and all of its rows.

A series that is maintained for years has rows of its own for its point releases; the last of them
bears the name of the series. The row of the next release starts from the first of them.
"""

from __future__ import annotations

from srat_tool.base.units import MIB
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
from srat_tool.kernel.evidence import ProfileChange, assumed, between, booted, read
from srat_tool.kernel.history import row
from srat_tool.kernel.history_x86_2 import V2_6
from srat_tool.kernel.history_x86_3 import V3
from srat_tool.kernel.history_x86_4 import V4
from srat_tool.kernel.history_x86_5 import V5
from srat_tool.kernel.history_x86_6 import V6, V6_11
from srat_tool.kernel.profile import BlockSizeRule, MemorylessLines, WindowRule

_SOURCE_6_12 = read("6.12.118, and the list of what each 6.12.y carries")

V6_12_0 = row(
    V6_11,
    "6.12.0",
    (6, 12),
    ProfileChange(
        "ranges are cut to where RAM begins and ends",
        '87482708210f ("mm: introduce numa_memblks") and its series (v6.12)',
    ),
    ProfileChange(
        "processor entries are printed at debug level only",
        '830a0d12943f ("x86/mm: Don\'t print out SRAT table information") (v6.12)',
    ),
    ProfileChange("an unaligned hot-pluggable region begins at its first whole page"),
    seen=(_SOURCE_6_12,),
    clamps_to_dram=True,
    node_data_bytes=0x2A980,
    hot_start_rounds_up=True,
    memoryless=MemorylessLines.SETUP,
    says={"cpus": False},
)
V6_12_5 = row(
    V6_12_0,
    "6.12.5",
    (6, 12, 5),
    ProfileChange(
        "exactly 1 MiB of RAM may be left out of the SRAT",
        '9cdc6423acb4 ("memblock: allow zero threshold in validate_numa_converage()") (v6.13)',
    ),
    seen=(_SOURCE_6_12,),
    coverage_slack=MIB,
)
V6_12_67 = row(
    V6_12_5, "6.12.67", (6, 12, 67), FAKE_DOMAINS, seen=(_SOURCE_6_12,), fake_maps_domains=True
)
V6_12_75 = row(
    V6_12_67, "6.12.75", (6, 12, 75), WINDOW_FIRST, seen=(_SOURCE_6_12,), window_first=True
)
V6_12 = row(
    V6_12_75,
    "6.12",
    (6, 12, 97),
    UNIFORM_SPLIT,
    seen=(booted("6.12.107, 6.12.111 and 6.12.117", 136), _SOURCE_6_12),
    fake_counts_each=True,
)

_SOURCE_6_15 = read("mm/numa_memblks.c of 6.15-rc2")
_TO_6_16 = between("boots of 6.12.117", "those of 6.16.12")

V6_13 = row(V6_12_5, "6.13", (6, 13), seen=(_SOURCE_6_15, _TO_6_16))
V6_14 = row(
    V6_13, "6.14", (6, 14), FAKE_DOMAINS, seen=(_SOURCE_6_15, _TO_6_16), fake_maps_domains=True
)

V6_16 = row(
    V6_14,
    "6.16",
    (6, 16),
    WINDOWS_RESERVE,
    ProfileChange(
        "memory blocks are no larger than the alignment of CXL windows",
        '"acpi,srat: give memory block size advice based on CFMWS alignment" (v6.16)',
    ),
    seen=(booted("6.16.12", 15),),
    windows=WindowRule.RESERVED_LIST,
    block_size=BlockSizeRule.WINDOW_ADVICE,
    node_data_bytes=0x2AB00,
)

V6_17 = row(
    V6_16,
    "6.17",
    (6, 17),
    QUIET_DISTANCES,
    seen=(booted("6.17.13", 9),),
    node_data_bytes=0x2AAC0,
    says={"distance_table": False},
)

V6_18_0 = row(V6_17, "6.18.0", (6, 18), seen=(booted("6.18.15", 11),), node_data_bytes=0x2AB00)
V6_18 = row(
    V6_18_0,
    "6.18",
    (6, 18, 16),
    WINDOW_FIRST,
    seen=(
        read("the change as it was queued for 6.18.16"),
        assumed("that numa=fake=NU is as in 6.18.15: 6.12.97 and 7.1.7 were changed"),
    ),
    window_first=True,
)

_SOURCE_6_19_6 = read("the list of changes of 6.19.6-rc2, which has 1ec439b1aae8")

V6_19_0 = row(V6_18_0, "6.19.0", (6, 19), seen=(booted("6.19.14, which is later"), _SOURCE_6_19_6))
V6_19 = row(
    V6_19_0,
    "6.19",
    (6, 19, 6),
    WINDOW_FIRST,
    seen=(booted("6.19.14", 9), _SOURCE_6_19_6),
    window_first=True,
)

V7_0 = row(
    V6_19,
    "7.0",
    (7, 0),
    ProfileChange(
        "the memory map is printed in new words: System RAM, device reserved, and gaps",
        '"x86/boot/e820: Unify e820_print_type() and e820_type_to_string()" and its series (v7.0)',
    ),
    seen=(booted("7.0.13", 8),),
)

V7_1_0 = row(
    V7_0,
    "7.1.0",
    (7, 1),
    WINDOWS_NEED_CXL,
    seen=(booted("7.1.3, and 7.1.13, which is later"),),
    node_data_bytes=0x2AE00,
    windows_need_cxl=True,
)
V7_1_4 = row(
    V7_1_0,
    "7.1.4",
    (7, 1, 4),
    seen=(
        between("boots of 7.1.3", "those of 7.1.7"),
        assumed("that numa=fake=NU is as in 7.1.3: 7.1.7 was changed"),
    ),
)
V7_1 = row(
    V7_1_4,
    "7.1",
    (7, 1, 7),
    UNIFORM_SPLIT,
    seen=(booted("7.1.7, 7.1.8 and 7.1.13", 17),),
    fake_counts_each=True,
)

V7_2 = row(
    V7_1,
    "7.2",
    (7, 2),
    seen=(booted("7.2.13", 114), read("7.2.12")),
    node_data_bytes=0x2B080,
)

V7_3 = row(
    V7_2,
    "7.3",
    (7, 3),
    MIRROR_ZONES_APART,
    INVALID_RANGE,
    seen=(booted("7.3.4", 26), read("7.3.4")),
    node_data_bytes=0x2B0C0,
    mirror_zones_overlap=False,
    says={"invalid_range": "invalid memblk range for node"},
)

HISTORY = (
    *V2_6, *V3, *V4, *V5, *V6, V6_12_0, V6_12_5, V6_12_67, V6_12_75, V6_12, V6_13, V6_14, V6_16,
    V6_17, V6_18_0, V6_18, V6_19_0, V6_19, V7_0, V7_1_0, V7_1_4, V7_1, V7_2,
    V7_3,
)  # fmt: skip
