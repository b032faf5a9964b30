"""The rules of the oldest kernel."""

from srat_tool.kernel.hotplug.rules import HotplugRules, MemmapRule, ZoneRule


def test_the_oldest_kernel_can_do_nothing_of_it() -> None:
    """Every later ability is a row of the history."""
    rules = HotplugRules()
    assert (rules.zones, rules.memmap) == (ZoneRule.SHIFT, MemmapRule.ABSENT)
    assert not any((rules.auto_movable, rules.kmem, rules.virtio_mem))
