"""The history of the kernel's behaviour on loongarch64: the rows of x86, with what is different.

*Mirrors:* arch/loongarch/kernel/numa.c, acpi.c and mem.c, 7.2. Nodes are made by
mm/numa_memblks.c, which x86 and arm64 use too.

Limit: kernels before 7.2 have code of their own for nodes, and no row here.
"""

from __future__ import annotations

from dataclasses import replace

from srat_tool.base.architecture import LOONGARCH64
from srat_tool.base.units import KIB, MIB
from srat_tool.kernel.evidence import ProfileEvidence, assumed, booted, read
from srat_tool.kernel.history_x86 import V7_2, V7_3
from srat_tool.kernel.profile import (
    BlockSizeRule,
    EfiMemory,
    KernelProfile,
    MemOption,
    SetupLines,
    WindowRule,
)


def _loongarch(base: KernelProfile, *seen: ProfileEvidence) -> KernelProfile:
    """Return what a profile of x86 is on loongarch64, as Debian configures it: without CXL."""
    return replace(
        base,
        arch=LOONGARCH64,
        changes=(),
        rests_on=seen,
        max_nodes=64,
        # arch/loongarch/include/uapi/asm/setup.h
        command_line_bytes=4096,
        emulates_nodes=False,
        numa_words=(),
        uses_rejected_srat=True,
        fakes_node=False,
        caps_zones=False,
        knows_acpi_off=False,
        windows=WindowRule.IGNORED,
        movable_node_allocates_bottom_up=False,
        efi_memory=EfiMemory.BY_TYPE,
        mem_option=MemOption.ENFORCED_OR_MAP,
        node_data_bytes=0x46C0,
        node_data_align=64,
        node_data_everywhere=True,
        reserves_acpi_tables=False,
        acpi_ends_ram=False,
        early_page_tables=32 * KIB,
        low_reservation=2 * MIB,
        block_size=BlockSizeRule.SECTION,
        setup_lines=SetupLines.WITH_ADDRESS_SPACE,
        printk=replace(base.printk, cpus=True, distance_table=False),
    )


L7_2 = _loongarch(V7_2, booted("7.2.13"), read("7.2.13"))
L7_3 = _loongarch(
    V7_3,
    read("arch/loongarch of 7.2.12 and 7.3.4, compared"),
    assumed("that nodes without processors are set up at once, which 7.3.4 leaves for later"),
)

HISTORY = (L7_2, L7_3)
