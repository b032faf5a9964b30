"""The history of the kernel's behaviour on arm64 from 4.8 to 5.9: rows of x86, and what differs."""

from __future__ import annotations

from dataclasses import replace

from srat_tool.base.architecture import AARCH64, ZoneLimit
from srat_tool.base.units import GIB
from srat_tool.kernel.changes import NO_START_PAST_END
from srat_tool.kernel.evidence import ProfileChange, announced, between, logged, read
from srat_tool.kernel.history import row
from srat_tool.kernel.history_x86_4 import V4_8, V4_17
from srat_tool.kernel.profile import (
    BlockSizeRule,
    KernelProfile,
    MemOption,
    MemorylessLines,
    MirrorMarks,
    NumaDriver,
    SetupLines,
)

_BETWEEN = between("excerpts of logs of 4.7 to 4.20", "the log of 5.8 and the source of 5.10.13")

FROM_RAM = replace(
    AARCH64, section_bytes=GIB, zone_limits_from_ram=True, first_zone_takes_all=False
)
_UP_TO_4_15 = replace(FROM_RAM, zones=(ZoneLimit("DMA", 4 * GIB), ZoneLimit("Normal", None)))
_UP_TO_5_4 = replace(FROM_RAM, zones=(ZoneLimit("DMA32", 4 * GIB), ZoneLimit("Normal", None)))
_UP_TO_5_10_21 = replace(
    FROM_RAM,
    zones=(ZoneLimit("DMA", GIB), ZoneLimit("DMA32", 4 * GIB), ZoneLimit("Normal", None)),
)


def _direct(base: KernelProfile) -> KernelProfile:
    """Return a profile with arm64's own NUMA driver."""
    return replace(
        base,
        arch=_UP_TO_4_15,
        max_nodes=16,
        emulates_nodes=False,
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
        mirror_marks=MirrorMarks.NEVER,
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
    seen=(logged("excerpts of 4.7 to 4.20"), _BETWEEN),
    says={"plain_numa_off": ("NUMA turned off", "NUMA disabled"), "faked_from_zero": True},
)
A4_9_0 = row(
    A4_8,
    "4.9.0",
    (4, 9),
    ProfileChange("all lines of the NUMA driver have one prefix"),
    seen=(_BETWEEN,),
    says={"plain_numa_off": ()},
)
A4_9 = row(
    A4_9_0,
    "4.9",
    (4, 9, 311),
    NO_START_PAST_END,
    seen=(announced("4.9.311"), _BETWEEN),
    drops_start_past_end=True,
)
A4_10 = row(A4_9_0, "4.10", (4, 10), seen=(_BETWEEN,))
A4_14 = row(
    A4_10,
    "4.14",
    (4, 14, 276),
    NO_START_PAST_END,
    seen=(announced("4.14.276-rc1"), _BETWEEN),
    drops_start_past_end=True,
)
A4_15 = row(A4_10, "4.15", (4, 15), seen=(_BETWEEN,))
A4_16 = row(
    A4_15,
    "4.16",
    (4, 16),
    ProfileChange(
        "the first zone is ZONE_DMA32", 'ad67f5a6545f ("arm64: replace ZONE_DMA with ZONE_DMA32")'
    ),
    seen=(read("the change"), _BETWEEN),
    arch=_UP_TO_5_4,
)
A4_17 = row(
    _direct(V4_17),
    "4.17",
    (4, 17),
    *V4_17.changes,
    seen=(_BETWEEN,),
    arch=_UP_TO_5_4,
    says={"faked_from_zero": True},
)
A4_19 = row(
    A4_17,
    "4.19",
    (4, 19, 238),
    NO_START_PAST_END,
    seen=(announced("4.19.238"), _BETWEEN),
    drops_start_past_end=True,
)
A5_0 = row(
    A4_17,
    "5.0",
    (5, 0),
    ProfileChange(
        "the faked node begins at the first RAM",
        '77cfe950901e ("arm64/numa: Report correct memblock range for the dummy node") (v5.0)',
    ),
    seen=(_BETWEEN,),
    says={"faked_from_zero": False},
)
A5_4 = row(
    A5_0,
    "5.4",
    (5, 4, 189),
    NO_START_PAST_END,
    seen=(announced("5.4.189"), _BETWEEN),
    drops_start_past_end=True,
)
A5_5 = row(
    A5_0,
    "5.5",
    (5, 5),
    ProfileChange(
        "ZONE_DMA is the first 1 GiB, ZONE_DMA32 the rest of the first 4 GiB",
        '1a8e1cef7603 ("arm64: use both ZONE_DMA and ZONE_DMA32") (v5.5)',
    ),
    seen=(logged("5.8"), read("arch/arm64/mm/init.c of 5.10.13")),
    arch=_UP_TO_5_10_21,
)

A4 = (
    A4_8, A4_9_0, A4_9, A4_10, A4_14, A4_15, A4_16, A4_17, A4_19, A5_0, A5_4, A5_5,
)  # fmt: skip
