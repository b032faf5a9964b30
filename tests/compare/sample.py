"""A small machine, its plan and what a kernel printed about it; made up, and consistent."""

from __future__ import annotations

from srat_tool.base.span import Span
from srat_tool.plan.after_zones import nothing_after_zones
from srat_tool.plan.later import Later
from srat_tool.plan.plan import (
    HotRange,
    KernelChoice,
    NodePlan,
    Plan,
    PlanDistances,
    Region,
    ZonePlan,
)

LOG = (
    "ACPI: SRAT: Node 0 PXM 0 [mem 0x00000000-0x7fffffff]",
    "ACPI: SRAT: Node 1 PXM 1 [mem 0x80000000-0xbfffffff] hotplug",
    "Zone ranges:",
    "  DMA      [mem 0x0000000000001000-0x0000000000ffffff]",
    "  DMA32    [mem 0x0000000001000000-0x00000000bfffffff]",
    "  Normal   empty",
    "Movable zone start for each node",
    "  Node 1: 0x0000000080000000",
    "Early memory node ranges",
    "  node   0: [mem 0x0000000000001000-0x000000007fffffff]",
    "  node   1: [mem 0x0000000080000000-0x00000000bfffffff]",
    "Initmem setup node 0 [mem 0x0000000000001000-0x000000007fffffff]",
    "Initmem setup node 1 [mem 0x0000000080000000-0x00000000bfffffff]",
)

PLAN = Plan(
    kernel=KernelChoice(
        profile="6.1",
        release="6.1.0",
        architecture="x86_64",
        page_bytes=4096,
        policy="movable_node",
        options={},
        ignored=(),
    ),
    numa_used="srat",
    rejected=None,
    nodes=(
        NodePlan(0, 0, (0,), (Span(0, 0x80000000),), False, True, ("kernel image",)),
        NodePlan(1, 1, (1,), (Span(0x80000000, 0xC0000000),), False, False, ()),
    ),
    distances=PlanDistances((0, 1), ((10, 20), (20, 10))),
    memory=(
        Region(0x1000, 0x80000000, 0),
        Region(0x80000000, 0xC0000000, 1, ("HOTPLUG",)),
    ),
    reserved=(),
    zones=(
        ZonePlan(0, "DMA", 1, 4096, 4095, 4095),
        ZonePlan(0, "DMA32", 4096, 0x80000, 0x7F000, 0x7F000),
        ZonePlan(1, "Movable", 0x80000, 0xC0000, 0x40000, 0x40000),
    ),
    movable_start=(),
    hotpluggable=(HotRange(0x80000000, 0xC0000000, 1, 1, "movable", "it is", 0x58),),
    node_local=(),
    hot_add=(),
    memory_block_bytes=128 << 20,
    log=LOG,
    late=Later(lambda: nothing_after_zones("made up")),
    assumptions=(),
    alternatives=(),
)

ZONEINFO = """\
Node 0, zone      DMA
        spanned  4095
        present  4095
        managed  3840
  start_pfn:           1
Node 0, zone    DMA32
        spanned  520192
        present  520192
        managed  500000
  start_pfn:           4096
Node 0, zone  Movable
        spanned  0
        present  0
Node 1, zone  Movable
        spanned  262144
        present  262144
        managed  0
"""

NODE_FILES = {
    "sys/devices/system/node/node0/distance": "10 20\n",
    "sys/devices/system/node/node1/distance": "20 10\n",
    "sys/devices/system/memory/block_size_bytes": "8000000\n",
    **{f"sys/devices/system/node/node0/memory{block}": "" for block in range(16)},
    **{f"sys/devices/system/node/node1/memory{block}": "" for block in range(16, 24)},
}
