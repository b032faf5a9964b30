"""Events after the zones."""

from __future__ import annotations

from srat_tool.kernel.late_events import DemotionTargets, HmatIgnored


def test_events_are_values() -> None:
    """Equal fields make equal events; `printk_late` writes their lines."""
    assert DemotionTargets(0, (1,), (1, 2)) == DemotionTargets(0, (1,), (1, 2))
    assert HmatIgnored(None) != HmatIgnored(3)
