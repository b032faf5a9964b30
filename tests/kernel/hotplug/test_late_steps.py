"""What hot-added memory changes on nodes and in zones."""

from __future__ import annotations

from srat_tool.kernel.hotplug.late_steps import LateStep
from tests.hotplug import after


def test_steps_of_a_device_of_kmem() -> None:
    """The device comes before its memory, and goes after it; its node goes with the blocks."""
    words = ("kmem:12G+1G", "online_movable:12G+1G", "offline:12G+1G", "remove:d0")
    state = after(*words, cmdline="memhp_default_state=offline")
    assert state.late_steps == [
        LateStep("device", 2, "d0"),
        LateStep("node", 2),
        LateStep("memory", 2, "Movable"),
        LateStep("no memory", 2, "Movable"),
        LateStep("no node", 2),
        LateStep("no device", 2, "d0"),
    ]
