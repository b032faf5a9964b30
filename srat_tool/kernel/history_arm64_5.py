"""The history of the kernel's behaviour on arm64 from 5.10 to 6.11."""

from __future__ import annotations

from dataclasses import replace

from srat_tool.base.architecture import AARCH64
from srat_tool.base.units import GIB
from srat_tool.kernel.changes import AUTO_MOVABLE, NEEDS_MIRROR, NO_START_PAST_END
from srat_tool.kernel.evidence import ProfileChange, announced, booted, read
from srat_tool.kernel.history import row
from srat_tool.kernel.history_arm64_4 import A5_5, FROM_RAM
from srat_tool.kernel.profile import MemorylessLines, MirrorMarks, MirrorRule, WindowRule

_BETWEEN = read("5.10.262, 6.1.192 and 6.12.118, compared: each difference at its release")
_SOURCE_5_10 = read("5.10.262, and the list of what each 5.10.y carries")
_SOURCE_6_1 = read("6.1.192, and the list of what each 6.1.y carries")

_FIRMWARE_LIMITS = ProfileChange(
    "ZONE_DMA ends at the narrowest limit of the firmware, at most at 4 GiB",
    '8424ecdde7df ("arm64: mm: Set ZONE_DMA size based on devicetree\'s dma-ranges"), '
    '2b8652936f0c ("arm64: mm: Set ZONE_DMA size based on early IORT scan") (v5.11)',
)
_LIMITS_FROM_ZERO = ProfileChange(
    "limits of zones count from address 0, and RAM that begins above 4 GiB is all in ZONE_DMA",
    '791ab8b2e3db ("arm64: Ignore any DMA offsets in the max_zone_phys() calculation") (v5.11)',
)
_WINDOWS_OWN = ProfileChange(
    "a CXL window is a node of its own, and takes its RAM from that of the SRAT",
    '8f1004679987 ("ACPI/NUMA: Apply SRAT proximity domain to entire CFMWS window") (v6.7), '
    "which looks a window up on x86 only",
)

A5_10_0 = row(A5_5, "5.10.0", (5, 10), seen=(read("arch/arm64/mm/init.c of 5.10.13"), _SOURCE_5_10))
A5_10_22 = row(
    A5_10_0,
    "5.10.22",
    (5, 10, 22),
    _FIRMWARE_LIMITS,
    seen=(announced("5.10.22"), _SOURCE_5_10),
    arch=replace(FROM_RAM, zones=AARCH64.zones),
)
A5_10_47 = row(
    A5_10_22,
    "5.10.47",
    (5, 10, 47),
    _LIMITS_FROM_ZERO,
    seen=(_SOURCE_5_10,),
    arch=replace(AARCH64, section_bytes=GIB),
)
A5_10 = row(
    A5_10_47,
    "5.10",
    (5, 10, 110),
    NO_START_PAST_END,
    seen=(_SOURCE_5_10,),
    drops_start_past_end=True,
)
A5_11 = row(
    A5_10_47,
    "5.11",
    (5, 11),
    _FIRMWARE_LIMITS,
    _LIMITS_FROM_ZERO,
    seen=(read("5.10.262, which has the same changes"),),
)
A5_12 = row(
    A5_11,
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
    seen=(_BETWEEN,),
    arch=AARCH64,
    says={"no_memory": "NUMA: ", "region_width": 18},
)
A5_15_0 = row(
    A5_12,
    "5.15.0",
    (5, 15),
    AUTO_MOVABLE,
    seen=(_BETWEEN,),
    auto_movable=True,
)
A5_15 = row(
    A5_15_0,
    "5.15",
    (5, 15, 33),
    NO_START_PAST_END,
    seen=(announced("5.15.33"), _BETWEEN),
    drops_start_past_end=True,
)
A5_16_0 = row(A5_15_0, "5.16.0", (5, 16), seen=(_BETWEEN,))
A5_16 = row(
    A5_16_0,
    "5.16",
    (5, 16, 19),
    NO_START_PAST_END,
    seen=(announced("5.16.19"), _BETWEEN),
    drops_start_past_end=True,
)
A5_17_0 = row(A5_16_0, "5.17.0", (5, 17), seen=(_BETWEEN,))
A5_17 = row(
    A5_17_0,
    "5.17",
    (5, 17, 2),
    NO_START_PAST_END,
    seen=(read("the change as it was queued for 5.17.2"), _BETWEEN),
    drops_start_past_end=True,
)
A5_18 = row(
    A5_17,
    "5.18",
    (5, 18),
    ProfileChange(
        "nodes without memory are named as such",
        '7c30daac2069 ("mm: make free_area_init_node aware of memory less nodes") (v5.18)',
    ),
    NO_START_PAST_END,
    seen=(_BETWEEN,),
    memoryless=MemorylessLines.SETUP,
)
A6_0 = row(
    A5_18,
    "6.0",
    (6, 0),
    ProfileChange(
        "with kernelcore=mirror, memory that the firmware mirrors is known, and taken first",
        '"efi: Make code to find mirrored memory ranges generic", 902c2d91582c ("memblock: Disable '
        'mirror feature if kernelcore is not specified") (v6.0)',
    ),
    seen=(read("the changes as they were sent for 6.0"), _BETWEEN),
    mirror_marks=MirrorMarks.WITH_KERNELCORE,
)

A6_1_0 = row(A6_0, "6.1.0", (6, 1), seen=(_SOURCE_6_1,), node_data_bytes=0x2C80)
A6_1 = row(
    A6_1_0,
    "6.1",
    (6, 1, 63),
    _WINDOWS_OWN,
    seen=(booted("6.1.192, with two windows"), _SOURCE_6_1),
    windows=WindowRule.OWN_NODE,
    windows_are_parsed=True,
)
A6_2 = row(A6_1_0, "6.2", (6, 2), seen=(_BETWEEN,))
A6_5 = row(
    A6_2,
    "6.5",
    (6, 5, 12),
    _WINDOWS_OWN,
    seen=(announced("6.5.12"), _BETWEEN),
    windows=WindowRule.OWN_NODE,
    windows_are_parsed=True,
)
A6_6_0 = row(
    A6_2,
    "6.6.0",
    (6, 6),
    NEEDS_MIRROR,
    seen=(_BETWEEN,),
    mirror=MirrorRule.NEEDS_MIRROR,
)
A6_6 = row(
    A6_6_0,
    "6.6",
    (6, 6, 2),
    _WINDOWS_OWN,
    seen=(announced("6.6.2"), _BETWEEN),
    windows=WindowRule.OWN_NODE,
    windows_are_parsed=True,
)
A6_7 = row(A6_6, "6.7", (6, 7), _WINDOWS_OWN, seen=(_BETWEEN,))

A5 = (
    A5_10_0, A5_10_22, A5_10_47, A5_10, A5_11, A5_12, A5_15_0, A5_15, A5_16_0, A5_16, A5_17_0,
    A5_17, A5_18, A6_0, A6_1_0, A6_1, A6_2, A6_5, A6_6_0, A6_6, A6_7,
)  # fmt: skip
