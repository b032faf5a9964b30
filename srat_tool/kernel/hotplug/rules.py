"""The questions about hot-added memory on which kernels differ, as fields of one value.

They are the same on every architecture; `history.py` has the rows.
"""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from srat_tool.base.units import MIB


class ZoneRule(Enum):
    """How memory that goes online gets its zone."""

    SHIFT = "zones must not overlap: a block moves only across the border of two zones"
    FREE = "any block can join the kernel zone or ZONE_MOVABLE"


class MemmapRule(Enum):
    """When an added range can hold its own memory map (`memmap_on_memory`)."""

    ABSENT = "never"
    ONE_BLOCK = "when the range is exactly one memory block"
    PER_BLOCK = "in each memory block"


class BlockZoneRule(Enum):
    """In which zones a memory block of the boot is."""

    PAGES = "in those that its pages are in"
    SPANS = "in those whose span it meets"


class RangeRule(Enum):
    """When the kernel looks whether it can map a range."""

    NONE = "never"
    LATE = "last, when its pages are added"
    FIRST = "before everything else"


class DirectMapRule(Enum):
    """What becomes of the direct map of x86-64 under KASLR."""

    WHOLE = "it reaches every address"
    UNCHECKED = "it ends above RAM and some padding, and nothing is checked against that"
    TRIMMED = "it ends there, and memory above is refused"
    TRIMMED_UNLESS_MAPPED = "as before, unless the configuration has users of higher addresses"


class HotplugRules(NamedTuple):
    """One kernel's answers.

    Attributes:
        hotplug: CONFIG_MEMORY_HOTPLUG; without it there are no memory blocks in sysfs.
        hotremove: CONFIG_MEMORY_HOTREMOVE.
        acpi_memory: CONFIG_ACPI_HOTPLUG_MEMORY; without it no driver takes memory devices of ACPI.
        zones: how memory gets its zone.
        boot_block: in which zones boot memory is; they differ where spans of zones overlap.
        auto_online: the kernel can put memory online by itself.
        default_type: what distribution kernels do without a boot option.
        default_config: the configuration symbol that sets `default_type`.
        auto_movable: `online_policy=auto-movable` and memory groups exist.
        memmap: when a range can hold its own memory map.
        memmap_force: `memmap_on_memory=force` is understood.
        kmem_memmap: CXL regions ask for their own memory map.
        kmem_reports_cut: kmem prints what alignment costs.
        kmem: memory devices of drivers/dax can become RAM.
        virtio_mem: there is a driver for it.
        big_blocks: virtio-mem has a mode for device blocks of a memory block and more; without it
            they can be as large as a memory block, and no larger.
        virtio_mem_prints: its driver prints sizes when a device comes and when it changes.
        sub_block: least amount that virtio-mem plugs at a time, in bytes.
        checks_possible: a node outside node_possible_map is refused.
        maps_unknown_pxm: a device whose PXM no table names gets a new node number.
        range_check: when a range's addresses are checked.
        direct_map: where KASLR lets the direct map of x86-64 end.
        direct_map_symbol: the configuration symbol that keeps the direct map whole.
        cma_per_node: `cma=` reserves one global area and one on each node.
    """

    hotplug: bool = True
    hotremove: bool = True
    acpi_memory: bool = True
    zones: ZoneRule = ZoneRule.SHIFT
    boot_block: BlockZoneRule = BlockZoneRule.PAGES
    auto_online: bool = False
    default_type: str = "offline"
    default_config: str = "CONFIG_MEMORY_HOTPLUG_DEFAULT_ONLINE is not set"
    auto_movable: bool = False
    memmap: MemmapRule = MemmapRule.ABSENT
    memmap_force: bool = False
    kmem_memmap: bool = False
    kmem_reports_cut: bool = False
    kmem: bool = False
    virtio_mem: bool = False
    big_blocks: bool = False
    virtio_mem_prints: bool = False
    sub_block: int = 4 * MIB
    checks_possible: bool = False
    maps_unknown_pxm: bool = True
    range_check: RangeRule = RangeRule.NONE
    direct_map: DirectMapRule = DirectMapRule.WHOLE
    direct_map_symbol: str = ""
    cma_per_node: bool = False
