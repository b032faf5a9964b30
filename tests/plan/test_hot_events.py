"""The answers to events, and the machine after them."""

from __future__ import annotations

from srat_tool.plan.event_text import read_events
from tests.hotplug import TABLE, answers
from tests.plan.support import plan


def test_whether_memory_can_come_out_again() -> None:
    """ZONE_MOVABLE can, a kernel zone perhaps, boot memory without a device cannot."""
    (movable,) = answers("dimm:8G+1G,pxm=1", cmdline="movable_node")
    assert (movable.removable, movable.because) == ("yes", "all of it is in ZONE_MOVABLE")
    (kernel,) = answers("dimm:8G+1G,pxm=1")
    assert kernel.removable == "while-empty"
    (boot,) = answers("offline:5G+128M", cmdline="nokaslr movable_node")
    assert boot.removable == "no"


def test_where_the_distribution_decides_it_is_an_assumption() -> None:
    """The command line decides when it says anything."""
    made = plan(TABLE, "nokaslr", profile="6.1", hot_events=read_events(["dimm:8G+1G,pxm=1"]))
    told = {assumption.what: assumption.value for assumption in made.assumptions}
    assert told["default state of added memory"] == "offline"
    assert made.after is not None
    assert made.after.nodes_online == (0, 1)
    asked = plan(
        TABLE,
        "memhp_default_state=online",
        hot_events=read_events(["dimm:8G+1G,pxm=1"]),
    )
    assert all("default state" not in assumption.what for assumption in asked.assumptions)


def test_a_plan_without_events_has_no_machine_after_them() -> None:
    """Nothing is simulated then."""
    made = plan(TABLE)
    assert made.after is None
    assert not made.hot_events
