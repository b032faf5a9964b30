"""The history of the kernel's behaviour on x86 from 6.1 to 6.11, oldest first."""

from __future__ import annotations

from srat_tool.base.units import MIB, PAGE_SIZE, U64
from srat_tool.kernel.changes import (
    COVERAGE_BLIND,
    COVERAGE_COUNTED,
    FILL_EXACTLY,
    FILL_WINDOWS,
    NEEDS_MIRROR,
    SMALL_NODES,
    UNIFORM_SPLIT,
    WINDOWS_PARSED,
)
from srat_tool.kernel.evidence import ProfileChange, announced, booted, logged, read
from srat_tool.kernel.history import row
from srat_tool.kernel.history_x86_5 import V6_0
from srat_tool.kernel.profile import CoverageRule, MirrorRule

_SOURCE_6_1 = read("6.1.192, and the list of what each 6.1.y carries")

V6_1_0 = row(
    V6_0,
    "6.1.0",
    (6, 1),
    WINDOWS_PARSED,
    seen=(_SOURCE_6_1,),
    node_data_bytes=0x2B000,
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

_MIDDLE = read("6.1.192 and 6.12.118, compared: each difference at the release that brought it")

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
    seen=(announced("6.6.2"), _MIDDLE),
    windows_fill=True,
    windows_fill_roughly=True,
)
V6_6_3 = row(
    V6_6_2,
    "6.6.3",
    (6, 6, 3),
    SMALL_NODES,
    seen=(announced("6.6.3"), _MIDDLE),
    min_node_bytes=0,
)
V6_6_19 = row(
    V6_6_3,
    "6.6.19",
    (6, 6, 19),
    FILL_EXACTLY,
    seen=(announced("6.6.19"), _MIDDLE),
    windows_fill_roughly=False,
)
V6_6_70 = row(
    V6_6_19,
    "6.6.70",
    (6, 6, 70),
    COVERAGE_BLIND,
    seen=(announced("6.6.70"), _MIDDLE),
    coverage=CoverageRule.REGIONS_WITHOUT_NODE,
    coverage_slack=U64,
)
V6_6_72 = row(
    V6_6_70,
    "6.6.72",
    (6, 6, 72),
    COVERAGE_COUNTED,
    seen=(read("the change as it was queued for 6.6.72"), _MIDDLE),
    coverage_slack=MIB,
    no_node_is_max_nodes=False,
)
V6_6 = row(
    V6_6_72,
    "6.6",
    (6, 6, 145),
    UNIFORM_SPLIT,
    seen=(announced("6.6.145"), _MIDDLE),
    fake_counts_each=True,
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
    seen=(announced("6.7.7"), _MIDDLE),
    windows_fill_roughly=False,
)

V6_8 = row(
    V6_7,
    "6.8",
    (6, 8),
    COVERAGE_BLIND,
    seen=(read("the change, and the one that mends it"), _MIDDLE),
    coverage=CoverageRule.REGIONS_WITHOUT_NODE,
    coverage_slack=U64,
    says={"zero_length": ""},
)
V6_9 = row(
    V6_8,
    "6.9",
    (6, 9, 6),
    COVERAGE_COUNTED,
    seen=(announced("6.9.6"), _MIDDLE),
    coverage_slack=MIB - PAGE_SIZE,
    no_node_is_max_nodes=False,
)
V6_10 = row(V6_9, "6.10", (6, 10), COVERAGE_COUNTED, seen=(_MIDDLE,))

V6_11 = row(
    V6_10,
    "6.11",
    (6, 11),
    ProfileChange(
        "ACPI data above all RAM raises the last page frame",
        '06fa48d85b09 ("x86/mm: Make e820__end_ram_pfn() cover E820_TYPE_ACPI ranges") (v6.11)',
    ),
    seen=(_MIDDLE,),
    acpi_ends_ram=True,
)

V6 = (
    V6_1_0, V6_1_63, V6_1_64, V6_1_80, V6_1, V6_2, V6_5_12, V6_5_13, V6_6_0, V6_6_2, V6_6_3,
    V6_6_19, V6_6_70, V6_6_72, V6_6, V6_7_0, V6_7, V6_8, V6_9, V6_10, V6_11,
)  # fmt: skip
