"""What the configuration leaves of a kernel's abilities with memory that comes and goes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from srat_tool.kernel.config import turned_off
from srat_tool.kernel.hotplug.rules import HotplugRules, MemmapRule

NO_HOTPLUG = "this kernel has no memory hotplug (CONFIG_MEMORY_HOTPLUG=n)"
NO_ACPI_MEMORY = "no driver takes memory devices of ACPI"
NO_HOTREMOVE = "this kernel cannot take memory away (CONFIG_MEMORY_HOTREMOVE=n)"


class LeftOut(NamedTuple):
    """An option that kernels of a distribution are built without, where others have it.

    Attributes:
        release: the kernels, by their release.
        option: without `CONFIG_`.
        source: where that is known from.
    """

    release: re.Pattern[str]
    option: str
    source: str


ACPI_MEMORY_LEFT_OUT = LeftOut(
    re.compile(
        r"^\d{1,3}\.\d{1,3}\.\d{1,6}(?:\+deb\d{1,3}|-\d{1,6})-(?:cloud-)?(?:arm64|riscv64)\b"
    ),
    "ACPI_HOTPLUG_MEMORY",
    "configurations of Debian's 6.1, 6.12 and 7.2 for arm64 and riscv64; a guest of 6.12 for arm64",
)


def acpi_memory_left_out(config: Mapping[str, str], release: str | None) -> bool:
    """Return whether only the release shows that a kernel is built without the driver."""
    option = ACPI_MEMORY_LEFT_OUT.option
    known = option in config or f"CONFIG_{option}" in config
    return not known and bool(ACPI_MEMORY_LEFT_OUT.release.search(release or ""))


def configured(
    rules: HotplugRules, config: Mapping[str, str], release: str | None = None
) -> HotplugRules:
    """Return what is left of a kernel's abilities in its configuration."""
    no_driver = turned_off(config, ACPI_MEMORY_LEFT_OUT.option)
    return rules._replace(
        hotplug=not turned_off(config, "MEMORY_HOTPLUG"),
        hotremove=not turned_off(config, "MEMORY_HOTREMOVE"),
        acpi_memory=not no_driver and not acpi_memory_left_out(config, release),
        kmem=rules.kmem and not turned_off(config, "DEV_DAX_KMEM"),
        virtio_mem=rules.virtio_mem and not turned_off(config, "VIRTIO_MEM"),
        memmap=MemmapRule.ABSENT if turned_off(config, "MHP_MEMMAP_ON_MEMORY") else rules.memmap,
    )
