"""What the configuration leaves of a kernel's abilities with memory that comes and goes."""

from __future__ import annotations

from collections.abc import Mapping

from srat_tool.kernel.config import turned_off
from srat_tool.kernel.hotplug.rules import HotplugRules, MemmapRule

NO_HOTPLUG = "this kernel has no memory hotplug (CONFIG_MEMORY_HOTPLUG=n)"
NO_HOTREMOVE = "this kernel cannot take memory away (CONFIG_MEMORY_HOTREMOVE=n)"


def configured(rules: HotplugRules, config: Mapping[str, str]) -> HotplugRules:
    """Return what is left of a kernel's abilities in its configuration."""
    return rules._replace(
        hotplug=not turned_off(config, "MEMORY_HOTPLUG"),
        hotremove=not turned_off(config, "MEMORY_HOTREMOVE"),
        kmem=rules.kmem and not turned_off(config, "DEV_DAX_KMEM"),
        virtio_mem=rules.virtio_mem and not turned_off(config, "VIRTIO_MEM"),
        memmap=MemmapRule.ABSENT if turned_off(config, "MHP_MEMMAP_ON_MEMORY") else rules.memmap,
    )
