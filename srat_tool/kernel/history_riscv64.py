"""The history of the kernel's behaviour on riscv64: the rows of arm64, with what is different.

eabd9db64ea8 ("ACPI: RISCV: Add NUMA support based on SRAT and SLIT") (v6.11) is the first kernel
that reads a SRAT. Nodes are made by drivers/base/arch_numa.c, which arm64 uses too; zones are those
of arch/riscv/mm/init.c.
"""

from __future__ import annotations

from dataclasses import replace

from srat_tool.base.architecture import RISCV64
from srat_tool.kernel.evidence import ProfileChange, ProfileEvidence, assumed, booted, read
from srat_tool.kernel.history import row
from srat_tool.kernel.history_arm64 import HISTORY as ARM64
from srat_tool.kernel.history_arm64_5 import A6_7
from srat_tool.kernel.profile import KernelProfile, MemOption

_SHARED = assumed("the answers of arm64, with which the NUMA code is shared")
_SOURCE = read(
    "arch/riscv/mm/init.c of 6.12.118, 7.2.12 and 7.3.4, whose zones are the same; "
    "drivers/base/arch_numa.c, which is that of arm64"
)
_BOOTED: dict[str, tuple[ProfileEvidence, ...]] = {
    "6.12": (booted("6.12.117, 16 machines"),),
    "7.2": (booted("7.2.13"),),
}
# Sizes of pg_data_t in Debian's 6.12.117 and 7.2.13; between them it is taken to be the later one.
_NODE_DATA_BYTES = 0x2440
_LATER_NODE_DATA_BYTES = 0x2A00
# COMMAND_LINE_SIZE: 1024 since 61fc1ee8be26 ("riscv: Bump COMMAND_LINE_SIZE value to 1024") (v6.4),
# and in the source of 6.12; 7.2.13 kept 2047 characters of 2757. Which release between them raised
# it is not known.
_SHORT_COMMAND_LINE, _LONG_COMMAND_LINE = 1024, {"7.2": 2048, "7.3": 2048}


def _riscv(base: KernelProfile) -> KernelProfile:
    """Return what a profile of arm64 is on riscv64, as Debian configures it."""
    return replace(
        base,
        arch=RISCV64,
        rests_on=(*_BOOTED.get(base.name, ()), _SOURCE),
        max_nodes=4,
        command_line_bytes=_LONG_COMMAND_LINE.get(base.name, _SHORT_COMMAND_LINE),
        emulates_nodes=False,
        mem_option=MemOption.ENFORCED,
        limit_callers=(("reserve", "paging_init+"), ("reserve", "setup_bootmem+")),
        node_data_bytes=_NODE_DATA_BYTES if base.since < (6, 13) else _LATER_NODE_DATA_BYTES,
        node_data_align=64,
    )


R6_11 = row(
    _riscv(A6_7),
    "6.11",
    (6, 11),
    ProfileChange(
        "RINTC structures create nodes",
        'eabd9db64ea8 ("ACPI: RISCV: Add NUMA support based on SRAT and SLIT") (v6.11)',
    ),
    seen=(_SHARED,),
)

HISTORY = (R6_11, *(_riscv(base) for base in ARM64 if base.since >= (6, 12)))
