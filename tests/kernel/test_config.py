import pytest

from srat_tool.base.architecture import AARCH64
from srat_tool.base.errors import BootOptionError
from srat_tool.kernel.config import configure
from srat_tool.kernel.profile import HotplugMark, NumaDriver
from srat_tool.kernel.profiles import profile_for

BASE = profile_for("6.1")


def test_nodes_shift_sets_the_number_of_nodes() -> None:
    """And with it the value of "no node" where that is a number of a node."""
    small = configure(BASE, {"CONFIG_NODES_SHIFT": "6"})
    assert (small.max_nodes, small.no_node) == (64, 64)
    assert configure(profile_for("6.12"), {"NODES_SHIFT": "6"}).no_node == -1


def test_zones_and_hotplug_can_be_left_out() -> None:
    """What is not built in is neither listed nor obeyed."""
    bare = configure(BASE, {"ZONE_DMA": "n", "ZONE_DEVICE": "n", "MEMORY_HOTPLUG": "n"})
    assert [zone.name for zone in bare.arch.zones] == ["DMA32", "Normal"]
    assert not bare.printk.device_zone
    assert not bare.knows_movable_node
    assert bare.hotplug_mark is HotplugMark.NONE


def test_numa_can_be_left_out() -> None:
    """Of all kernels but those of 2013, whose patches are about nodes."""
    assert configure(BASE, {"NUMA": "not set"}).numa_driver is NumaDriver.NONE
    series = profile_for("acpi2013")
    assert configure(series, {"NUMA": "n"}) == series


def test_what_is_set_or_unknown_changes_nothing() -> None:
    """A whole configuration file can be handed in."""
    config = {"NUMA": "y", "ZONE_DMA": "y", "ZONE_DMA32": "y", "MEMORY_HOTPLUG": "y", "SMP": "y"}
    assert configure(BASE, config) == BASE


@pytest.mark.parametrize("value", ["x", "-1", "11", ""])
def test_impossible_shifts_are_refused(value: str) -> None:
    """No kernel has more than 1024 nodes."""
    with pytest.raises(BootOptionError, match="NODES_SHIFT"):
        configure(BASE, {"NODES_SHIFT": value})


def test_emulation_cannot_be_switched_on_where_there_is_none() -> None:
    """arm64 has no such option before 6.12."""
    arm = profile_for("6.1", AARCH64)
    assert not configure(arm, {"NUMA_EMU": "y"}).emulates_nodes
