"""What a run of lint was asked to assume: whose reading counts, and limits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

DEFAULT_NODES_SHIFT = 10
SMALL_NODES_SHIFT = 6


class Settings(NamedTuple):
    """The facts that tables do not contain.

    Attributes:
        profile: whose reading sets severities (`linux`, `spec`, `freebsd`, `xen`).
        kernel_config: configuration values that differ from a distribution's (`NODES_SHIFT`).
        phys_bits: width of physical addresses; None means the architecture's limit.
        boot_cpu: id of the boot processor; None means the lowest one in the MADT.
        signature: the signature that every input is meant to have.
        usual_nodes: MAX_NUMNODES of a distribution's kernel; the machine sets it from its
            architecture.
        has_sapic: whether processor ids have a second part; the machine sets it from its MADT.
        architecture: the kernel's name of the machine's; the machine sets it from its tables. Empty
            when no kernel that is modelled runs on it.
    """

    profile: str = "linux"
    kernel_config: Mapping[str, str] = {}
    phys_bits: int | None = None
    boot_cpu: int | None = None
    signature: str | None = None
    usual_nodes: int = 1 << DEFAULT_NODES_SHIFT
    has_sapic: bool = False
    architecture: str = ""

    def demand_known(self) -> None:
        """Demand that the values are ones that a kernel can have, whatever will be checked.

        Raises:
            BootOptionError: when NODES_SHIFT is no such number.
        """
        _ = self.max_nodes

    @property
    def max_nodes(self) -> int:
        """MAX_NUMNODES: that of a distribution's kernel, 1,024 for x86, unless it was given."""
        asked = self.kernel_config.get("NODES_SHIFT")
        if asked is None:
            return self.usual_nodes
        from srat_tool.kernel.config import nodes_shift  # noqa: PLC0415 - few runs ask for one

        return 1 << nodes_shift(asked)

    @property
    def highest_address(self) -> tuple[int, str]:
        """The end of the address space in bytes, and the reason for it."""
        bits = 52 if self.phys_bits is None else self.phys_bits
        return 1 << bits, f"the {bits} bits of a physical address"

    @property
    def max_domains(self) -> int:
        """MAX_PXM_DOMAINS: a proximity domain has to be smaller than this."""
        return max(256, self.max_nodes)

    @property
    def max_memory_blocks(self) -> int:
        """NR_NODE_MEMBLKS: ranges that numa_meminfo has room for."""
        return 2 * self.max_nodes
