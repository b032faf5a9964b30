"""What a configuration leaves of a kernel's abilities."""

from __future__ import annotations

from srat_tool.kernel.hotplug.configured import configured
from srat_tool.kernel.hotplug.history import hotplug_rules
from srat_tool.kernel.hotplug.rules import MemmapRule


def test_what_is_not_built_in_is_absent() -> None:
    """Each option removes one ability; what is not configured stays."""
    rules = hotplug_rules((6, 12))
    assert configured(rules, {}) == rules
    assert not configured(rules, {"CONFIG_MEMORY_HOTPLUG": "n"}).hotplug
    assert not configured(rules, {"CONFIG_MEMORY_HOTREMOVE": "n"}).hotremove
    assert not configured(rules, {"CONFIG_DEV_DAX_KMEM": "n"}).kmem
    less = configured(rules, {"CONFIG_MHP_MEMMAP_ON_MEMORY": "n"})
    assert less.memmap is MemmapRule.ABSENT
    assert less.hotplug
    assert less.hotremove


def test_a_driver_that_a_distribution_leaves_out() -> None:
    """A configuration that is known comes before the release."""
    rules = hotplug_rules((6, 12))
    assert not configured(rules, {}, "6.12.118+deb13-arm64").acpi_memory
    assert not configured(rules, {}, "6.1.0-56-cloud-arm64").acpi_memory
    assert configured(rules, {}, "6.12.118+deb13-amd64").acpi_memory
    assert configured(rules, {"CONFIG_ACPI_HOTPLUG_MEMORY": "y"}, "6.1.0-56-arm64").acpi_memory
    assert not configured(rules, {"CONFIG_ACPI_HOTPLUG_MEMORY": "n"}).acpi_memory
