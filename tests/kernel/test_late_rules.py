"""What kernels differ in after the zones."""

from __future__ import annotations

from srat_tool.kernel.late_rules import LateRules, MemoryTierRule


def test_the_oldest_kernels() -> None:
    """Without a row of its own a kernel has no tiers and prints nothing of them."""
    rules = LateRules()
    assert rules.memory_tiers is MemoryTierRule.ABSENT
    assert not rules.prints_fallback_order
    assert not rules.prints_demotion
