"""What distributions do with new memory."""

from srat_tool.plan.event_text import read_events
from srat_tool.plan.user_space import udev_rule
from tests.hotplug import TABLE, answers
from tests.plan.support import plan


def test_the_release_names_the_distribution() -> None:
    """Kernels of no distribution have no rule."""
    rule = udev_rule("5.14.0-427.13.1.el9_4.x86_64")
    assert rule is not None
    assert (rule.bare, rule.virtual) == ("online_movable", "online")
    assert udev_rule("3.10.0-957.el7.x86_64") == rule
    suse = udev_rule("6.4.0-150600.23.7-default")
    assert suse is not None
    assert (suse.bare, suse.virtual) == ("online", "online")
    assert udev_rule("6.1.0-56-amd64") is None
    assert udev_rule(None) is None


def test_the_rule_counts_where_the_kernel_leaves_memory_offline() -> None:
    """An option of the command line does not stop user space."""
    (answer,) = answers("dimm:8G+1G,pxm=1", profile="5.14.0-427.13.1.el9_4.x86_64")
    assert answer.blocks[0].zone == "Movable"


def test_ubuntu_writes_in_guests_of_two_hypervisors() -> None:
    """Hyper-V and Xen, by the maker that DMI or a table names."""
    rule = udev_rule("6.8.0-1012-azure")
    assert rule is not None
    assert rule == udev_rule("5.15.0-105-generic")
    hyper_v = "Microsoft Corporation Virtual Machine/Virtual Machine, BIOS"
    assert rule.writes(virtual=True, makers=hyper_v) == "online"
    assert rule.writes(virtual=True, makers="VRTUAL") == "online"
    assert rule.writes(virtual=True, makers="QEMU Standard PC BOCHS") is None
    assert rule.writes(virtual=False, makers="Dell Inc.") is None


def test_where_the_rule_writes_nothing_that_is_the_assumption() -> None:
    """Memory stays offline."""
    booted = plan(TABLE, profile="5.15.0-105-generic", hot_events=read_events(["dimm:8G+1G,pxm=1"]))
    assert booted.hot_events[0].blocks[0].state == "offline"
    told = {one.what: (one.value, one.why) for one in booted.assumptions}
    assert told["user space"][0] == "writes nothing"
    assert "40-vm-hotadd.rules of Ubuntu" in told["user space"][1]
