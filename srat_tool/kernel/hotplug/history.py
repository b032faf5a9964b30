"""The history of memory hotplug, oldest first: each row has only the changes."""

from __future__ import annotations

from typing import NamedTuple

from srat_tool.base.units import MIB
from srat_tool.kernel.hotplug.rules import (
    BlockZoneRule,
    DirectMapRule,
    HotplugRules,
    MemmapRule,
    RangeRule,
    ZoneRule,
)


class HotplugRow(NamedTuple):
    """The first release that has these rules, and where that is known from."""

    since: tuple[int, ...]
    rules: HotplugRules
    source: str


_OLDEST = HotplugRules()
_V4_7 = _OLDEST._replace(auto_online=True)
_V4_8 = _V4_7._replace(direct_map=DirectMapRule.UNCHECKED)
_V4_13 = _V4_8._replace(zones=ZoneRule.FREE)
_V5_1 = _V4_13._replace(kmem=True)
_V5_5 = _V5_1._replace(range_check=RangeRule.LATE)
_V5_8 = _V5_5._replace(virtio_mem=True)
_V5_10 = _V5_8._replace(maps_unknown_pxm=False)
_V5_11 = _V5_10._replace(big_blocks=True)
_V5_12 = _V5_11._replace(range_check=RangeRule.FIRST)
_V5_14 = _V5_12._replace(memmap=MemmapRule.ONE_BLOCK)
_V5_15 = _V5_14._replace(auto_movable=True)
_V5_18 = _V5_15._replace(checks_possible=True, boot_block=BlockZoneRule.SPANS)
_V6_1 = _V5_18._replace(sub_block=2 * MIB, virtio_mem_prints=True)
_V6_6 = _V6_1._replace(memmap_force=True)
_V6_8 = _V6_6._replace(memmap=MemmapRule.PER_BLOCK, kmem_memmap=True)
_V6_11 = _V6_8._replace(direct_map=DirectMapRule.TRIMMED)
_V6_12 = _V6_11._replace(
    default_type="online",
    default_config="CONFIG_MHP_DEFAULT_ONLINE_TYPE_ONLINE_AUTO=y",
)
_V6_15 = _V6_12._replace(
    direct_map=DirectMapRule.TRIMMED_UNLESS_MAPPED, direct_map_symbol="PCI_P2PDMA"
)
_V6_16 = _V6_15._replace(
    default_type="offline", default_config="CONFIG_MHP_DEFAULT_ONLINE_TYPE_OFFLINE=y"
)
_V6_17 = _V6_16._replace(
    default_type="online",
    default_config="CONFIG_MHP_DEFAULT_ONLINE_TYPE_ONLINE_AUTO=y",
)
_V6_19 = _V6_17._replace(direct_map_symbol="ZONE_DEVICE")
_V7_2 = _V6_19._replace(kmem_reports_cut=True, cma_per_node=True)

HOTPLUG_HISTORY = (
    HotplugRow((0,), _OLDEST, "the source of 3.10"),
    HotplugRow(
        (4, 7),
        _V4_7,
        '31bc3858ea3e ("memory-hotplug: add automatic onlining policy for the newly added memory")',
    ),
    HotplugRow(
        (4, 8), _V4_8, '021182e52fe0 ("x86/mm: Enable KASLR for physical mapping memory regions")'
    ),
    HotplugRow(
        (4, 13),
        _V4_13,
        'f1dd2cd13c4b ("mm, memory_hotplug: do not associate hotadded memory to zones until '
        'online")',
    ),
    HotplugRow(
        (5, 1), _V5_1, 'c221c0b0308f ("device-dax: "Hotplug" persistent memory for use like RAM")'
    ),
    HotplugRow(
        (5, 5),
        _V5_5,
        'dca4436d1cf9 ("memory hotplug: add a bounds check to __add_pages()")',
    ),
    HotplugRow((5, 8), _V5_8, '5f1f79bbc9e2 ("virtio-mem: Paravirtualized memory hotplug")'),
    HotplugRow(
        (5, 10),
        _V5_10,
        '"ACPI: Remove side effect of partly creating a node in acpi_get_node()", of 5.10',
    ),
    HotplugRow((5, 11), _V5_11, '4ba50cd3355d ("virtio-mem: Big Block Mode (BBM) memory hotplug")'),
    HotplugRow(
        (5, 12),
        _V5_12,
        'bca3feaa0764 ("mm/memory_hotplug: prevalidate the address range being added with '
        'platform")',
    ),
    HotplugRow(
        (5, 14),
        _V5_14,
        'a08a2ae34613 ("mm,memory_hotplug: allocate memmap from the added memory range")',
    ),
    HotplugRow(
        (5, 15),
        _V5_15,
        'e83a437faa62 ("mm/memory_hotplug: introduce "auto-movable" online policy")',
    ),
    HotplugRow(
        (5, 18),
        _V5_18,
        '395f6081bad4 ("drivers/base/memory: determine and store zone for single-zone memory '
        'blocks"); for nodes that are not possible the source of 6.1, the release is not settled',
    ),
    HotplugRow((6, 1), _V6_1, "boots of 6.1; the release is not settled"),
    HotplugRow(
        (6, 6),
        _V6_6,
        '2d1f649c7c08 ("mm/memory_hotplug: support memmap_on_memory when memmap is not aligned to '
        'pageblocks")',
    ),
    HotplugRow(
        (6, 8),
        _V6_8,
        '6b8f0798b85a ("mm/memory_hotplug: split memmap_on_memory requests across memblocks")',
    ),
    HotplugRow(
        (6, 11),
        _V6_11,
        'ea72ce5da228 ("x86/kaslr: Expose and use the end of the physical memory address space")',
    ),
    HotplugRow((6, 12), _V6_12, "boots of Debian's 6.1 and 6.12; configurations in between differ"),
    HotplugRow(
        (6, 15),
        _V6_15,
        '7ffb791423c7 ("x86/kaslr: Reduce KASLR entropy on most x86 systems"); point releases that '
        "carry it are not settled",
    ),
    HotplugRow((6, 16), _V6_16, "configuration and boots of Debian's 6.16"),
    HotplugRow((6, 17), _V6_17, "configuration and boots of Debian's 6.17"),
    HotplugRow(
        (6, 19),
        _V6_19,
        '269031b15c14 ("x86/kaslr: Recognize all ZONE_DEVICE users as physaddr consumers")',
    ),
    HotplugRow((7, 2), _V7_2, "boots and the source of 7.2; releases in between are not read"),
)


def hotplug_rules(release: tuple[int, ...]) -> HotplugRules:
    """Return the rules of a release; (6, 12) means its newest point release."""
    rows = (row for row in HOTPLUG_HISTORY if row.since <= release)
    return max(rows, key=lambda row: row.since).rules
