"""Kernel configuration: the values that change what a profile answers.

*Mirrors:* Kconfig of mm, arch/x86 and arch/arm64, since 3.10.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from srat_tool.base.errors import BootOptionError
from srat_tool.base.numerals import whole
from srat_tool.kernel.profile import HotplugMark, KernelProfile, NumaDriver, WindowRule

_MAX_NODES_SHIFT = 10


def configure(profile: KernelProfile, config: Mapping[str, str]) -> KernelProfile:
    """Apply configuration values to a profile; names with or without `CONFIG_`.

    Raises:
        BootOptionError: when NODES_SHIFT is not a number that a kernel can have.
    """
    for name, value in config.items():
        apply = _APPLY.get(name.removeprefix("CONFIG_"))
        if apply is not None:
            profile = apply(profile, value)
    return profile


def _is_off(value: str) -> bool:
    return value in ("n", "", "not set")


def turned_off(config: Mapping[str, str], name: str) -> bool:
    """Return whether a configuration turns an option off; False when the option is absent."""
    value = config.get(name, config.get(f"CONFIG_{name}"))
    return value is not None and _is_off(value)


def _without_numa(profile: KernelProfile, value: str) -> KernelProfile:
    """The series of 2013 is nothing without NUMA, so its profiles stay."""
    if not _is_off(value) or profile.series is not None:
        return profile
    return replace(profile, numa_driver=NumaDriver.NONE)


def nodes_shift(value: str) -> int:
    """Read CONFIG_NODES_SHIFT.

    Raises:
        BootOptionError: when it is not a number that a kernel can have.
    """
    shift = whole(value)
    if shift is None or shift > _MAX_NODES_SHIFT:
        raise BootOptionError(
            "not a number of nodes", where="CONFIG_NODES_SHIFT", got=repr(value), expected="0 to 10"
        )
    return shift


def _nodes_shift(profile: KernelProfile, value: str) -> KernelProfile:
    return replace(profile, max_nodes=1 << nodes_shift(value))


def _without_hotplug(profile: KernelProfile, value: str) -> KernelProfile:
    if not _is_off(value):
        return profile
    words = replace(profile.printk, hot=profile.printk.not_hot)
    return replace(profile, hotplug_mark=HotplugMark.NONE, knows_movable_node=False, printk=words)


def _without_zone(name: str) -> Callable[[KernelProfile, str], KernelProfile]:
    def apply(profile: KernelProfile, value: str) -> KernelProfile:
        if not _is_off(value):
            return profile
        zones = tuple(zone for zone in profile.arch.zones if zone.name != name)
        return replace(profile, arch=replace(profile.arch, zones=zones))

    return apply


def _zone_device(profile: KernelProfile, value: str) -> KernelProfile:
    shown = not _is_off(value)
    return replace(profile, printk=replace(profile.printk, device_zone=shown))


def _numa_emu(profile: KernelProfile, value: str) -> KernelProfile:
    return replace(profile, emulates_nodes=profile.emulates_nodes and not _is_off(value))


def _cxl_acpi(profile: KernelProfile, value: str) -> KernelProfile:
    if profile.windows_need_cxl and _is_off(value):
        return replace(profile, windows=WindowRule.IGNORED)
    return profile


_APPLY: dict[str, Callable[[KernelProfile, str], KernelProfile]] = {
    "NUMA": _without_numa,
    "NODES_SHIFT": _nodes_shift,
    "MEMORY_HOTPLUG": _without_hotplug,
    "ZONE_DMA": _without_zone("DMA"),
    "ZONE_DMA32": _without_zone("DMA32"),
    "ZONE_DEVICE": _zone_device,
    "NUMA_EMU": _numa_emu,
    "CXL_ACPI": _cxl_acpi,
}
