"""The kernels of the 2013 series: Linux 3.10 with its patches, in both versions."""

from __future__ import annotations

from dataclasses import replace

from srat_tool.kernel.evidence import ProfileChange, read
from srat_tool.kernel.history import row
from srat_tool.kernel.history_x86_3 import V3_10
from srat_tool.kernel.profile import CoverageRule, HotplugMark, NumaDriver
from srat_tool.kernel.series2013.variant import INTENDED, V2_POSTED

# "Arrange hotpluggable memory in SRAT as ZONE_MOVABLE": as its author meant it (mails of
# 2013-06-13), and the thirteen mails of 2013-04-30 as they were sent. Neither was merged.
ACPI2013 = row(
    V3_10,
    INTENDED.name,
    (3, 10),
    ProfileChange("movablecore=acpi reserves hot-pluggable memory and makes it ZONE_MOVABLE"),
    seen=(read("the thirteen patches, run as they are"),),
    says={"hot": " Hot Pluggable", "not_hot": " ", "node_totals": True},
    max_nodes=64,
    knows_movablecore_acpi=True,
    numa_driver=NumaDriver.EARLY_MEMINFO,
    limits_memory_entries=True,
    hotplug_mark=HotplugMark.RESERVED,
    coverage=CoverageRule.PAGES_OF_ANY_BLOCK,
    node_data_or_panic=True,
    finds_movable_zone=True,
    series=INTENDED,
)
ACPI2013_V2_POSTED = replace(
    ACPI2013, name=V2_POSTED.name, series=V2_POSTED, finds_movable_zone=False
)

SERIES = (ACPI2013, ACPI2013_V2_POSTED)
