"""The command line and the configuration about new memory."""

from __future__ import annotations

import pytest

from srat_tool.kernel.bootopts import parse
from srat_tool.kernel.hotplug.history import hotplug_rules
from srat_tool.kernel.hotplug.policy import kstrtobool, online_policy
from srat_tool.kernel.hotplug.state import OnlinePolicy
from srat_tool.kernel.profiles import profile_for


def _policy(
    cmdline: str, release: tuple[int, ...] = (6, 12), config: dict[str, str] | None = None
) -> OnlinePolicy:
    return online_policy(parse(cmdline, profile_for("6.12")), hotplug_rules(release), config or {})


def test_the_option_comes_before_the_configuration() -> None:
    """Then the distribution's default; an unknown word is ignored."""
    config = {"CONFIG_MHP_DEFAULT_ONLINE_TYPE_ONLINE_MOVABLE": "y"}
    assert _policy("memhp_default_state=offline", config=config).default_type == "offline"
    assert _policy("memhp_default_state=always", config=config).default_type == "online_movable"
    assert _policy("").default_type == "online"
    assert _policy("", (6, 1)).default_type == "offline"
    assert _policy("memhp_default_state=online", (3, 10)).default_type == "offline"


def test_parameters_of_the_module() -> None:
    """They are read as the kernel reads them."""
    policy = _policy(
        "memory_hotplug.online_policy=auto-movable memory_hotplug.auto_movable_ratio=80 "
        "memory_hotplug.auto_movable_numa_aware=off memory_hotplug.memmap_on_memory=force"
    )
    assert (policy.auto_movable, policy.ratio, policy.numa_aware) == (True, 80, False)
    assert (policy.memmap_on_memory, policy.memmap_force) == (True, True)
    assert not _policy("memory_hotplug.memmap_on_memory=force", (6, 1)).memmap_on_memory


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Y", True),
        ("on", True),
        ("off", False),
        ("0", False),
        ("o", None),
        ("", None),
    ],
)
def test_truth_values(text: str, value: bool | None) -> None:
    """The first letter decides, of words with o the second one too."""
    assert kstrtobool(text) is value
    assert kstrtobool(None) is None
