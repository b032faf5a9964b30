"""The policy of the command line and the configuration for memory that is added.

*Mirrors:* mm/memory_hotplug.c `setup_memhp_default_state`, `set_online_policy`,
`set_memmap_mode` and their module parameters, 4.7 to 7.2.
"""

from __future__ import annotations

from collections.abc import Mapping

from srat_tool.kernel.bootopts import BootOptions, simple_strtoull
from srat_tool.kernel.hotplug.rules import HotplugRules, MemmapRule
from srat_tool.kernel.hotplug.state import OnlinePolicy

ONLINE_TYPES = ("offline", "online", "online_kernel", "online_movable")
_CONFIGURED = {
    "MHP_DEFAULT_ONLINE_TYPE_OFFLINE": "offline",
    "MHP_DEFAULT_ONLINE_TYPE_ONLINE_AUTO": "online",
    "MHP_DEFAULT_ONLINE_TYPE_ONLINE_KERNEL": "online_kernel",
    "MHP_DEFAULT_ONLINE_TYPE_ONLINE_MOVABLE": "online_movable",
    "MEMORY_HOTPLUG_DEFAULT_ONLINE": "online",
}
_TRUE, _FALSE = ("y", "t", "1", "on"), ("n", "f", "0", "of")


def online_policy(
    options: BootOptions, rules: HotplugRules, config: Mapping[str, str]
) -> OnlinePolicy:
    """Return how this kernel treats new memory."""
    own = options.last("memory_hotplug.memmap_on_memory") or ""
    has_memmap = rules.memmap is not MemmapRule.ABSENT
    force = has_memmap and rules.memmap_force and own == "force"
    ratio = options.last("memory_hotplug.auto_movable_ratio")
    aware = kstrtobool(options.last("memory_hotplug.auto_movable_numa_aware"))
    asked = options.last("memory_hotplug.online_policy")
    return OnlinePolicy(
        default_type=default_type(options, rules, config) or rules.default_type,
        auto_movable=rules.auto_movable and asked == "auto-movable",
        ratio=301 if ratio is None else simple_strtoull(ratio)[0],
        numa_aware=aware is not False,
        memmap_on_memory=has_memmap and (force or kstrtobool(own) is True),
        memmap_force=force,
    )


def default_type(
    options: BootOptions, rules: HotplugRules, config: Mapping[str, str]
) -> str | None:
    """Return what was asked for; None where the distribution decides."""
    if not rules.auto_online:
        return "offline"
    asked = options.last("memhp_default_state")
    if asked in ONLINE_TYPES:
        return asked
    values = {name.removeprefix("CONFIG_"): value for name, value in config.items()}
    known = [name for name in _CONFIGURED if name in values]
    if not known:
        return None
    return next((_CONFIGURED[name] for name in known if values[name] == "y"), "offline")


def kstrtobool(text: str | None) -> bool | None:
    """Return a truth value as the kernel reads it; None when it is none."""
    if not text:
        return None
    word = text.lower()
    if word.startswith("o"):
        return True if word[:2] == "on" else False if word[:2] == "of" else None
    if word[:1] in _TRUE:
        return True
    return False if word[:1] in _FALSE else None
