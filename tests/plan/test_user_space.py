"""What distributions do with new memory."""

from srat_tool.plan.user_space import udev_rule
from tests.hotplug import answers


def test_the_release_names_the_distribution() -> None:
    """Kernels of nobody have no rule."""
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
