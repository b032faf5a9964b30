"""The answers to events, and the machine after them."""

from __future__ import annotations

import pytest

from srat_tool.base.errors import SratToolError
from srat_tool.base.units import GIB
from srat_tool.plan.event_text import read_events, read_placed_events
from srat_tool.plan.hot_events import simulate
from tests.hotplug import TABLE, answers
from tests.machines import cpu, mem, srat
from tests.plan.support import outcome, plan
from tests.plan.test_soft_memory import SOFT


def test_whether_memory_can_come_out_again() -> None:
    """ZONE_MOVABLE can, a kernel zone perhaps, boot memory without a device cannot."""
    (movable,) = answers("dimm:8G+1G,pxm=1", cmdline="movable_node")
    assert (movable.removable, movable.because) == ("yes", "all of it is in ZONE_MOVABLE")
    (kernel,) = answers("dimm:8G+1G,pxm=1")
    assert kernel.removable == "while-empty"
    (boot,) = answers("offline:5G+128M", cmdline="nokaslr movable_node")
    assert boot.removable == "no"


def test_where_the_distribution_decides_it_is_an_assumption() -> None:
    """The command line decides when it has such an option."""
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


def test_memory_that_kmem_added_at_boot_is_there_for_events() -> None:
    """Its blocks go online by hand; tiers, fallback lists and zones know of it then."""
    made = plan(
        srat(cpu(0, 0), mem(0, 0, 2 * GIB), mem(1, 4 * GIB, 6 * GIB)),
        "nokaslr memhp_default_state=offline",
        memory_map=SOFT,
        profile="6.12.117",
        hot_events=read_events(["online_movable:4G+256M", "offline:4G+128M"]),
    )
    online, offline = made.hot_events
    assert (online.accepted, online.nid, online.blocks[0].zone) == (True, 1, "Movable")
    assert (offline.accepted, offline.managed_pages) == (True, -(128 << 20) // 4096)
    assert made.after is not None
    assert [zone.name for zone in made.after.zones if zone.nid == 1] == ["Movable"]
    assert made.after.late.tiers is not None
    assert (1,) in [tier.nids for tier in made.after.late.tiers.tiers]
    assert made.after.late.fallback_order[0].order == (0, 1)


def test_the_log_has_what_the_kernel_prints_about_events() -> None:
    """Errors of the driver; that a block does not go offline is a debug message."""
    made = plan(
        TABLE,
        "nokaslr",
        profile="6.12",
        hot_events=read_events(["dimm:8G+64M,pxm=1", "offline:0+128M"]),
    )
    assert made.log[-3:] == (
        "Block size [0x8000000] unaligned hotplug range: start 0x200000000, size 0x4000000",
        "acpi PNP0C80:00: add_memory failed",
        "acpi PNP0C80:00: acpi_memory_enable_device() error",
    )


def test_the_log_has_the_fallback_orders_that_events_build() -> None:
    """A node that comes prints its own order, its first memory those of all nodes."""
    made = plan(TABLE, "nokaslr", profile="6.12", hot_events=read_events(["dimm:12G+1G,pxm=2"]))
    before = plan(TABLE, "nokaslr", profile="6.12")
    assert made.log[len(before.log) :] == (
        "Fallback order for Node 2: 0 1 ",
        "Fallback order for Node 0: 0 2 1 ",
        "Fallback order for Node 1: 1 2 0 ",
        "Fallback order for Node 2: 2 0 1 ",
        "Demotion targets for Node 0: null",
        "Demotion targets for Node 1: null",
        "Demotion targets for Node 2: null",
    )


def test_a_log_of_very_many_orders_is_left_out_and_that_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The events are answered all the same."""
    monkeypatch.setattr("srat_tool.plan.hot_events._MAX_NUMBERS", 8)
    made = plan(TABLE, "nokaslr", profile="6.12", hot_events=read_events(["dimm:12G+1G,pxm=2"]))
    assert made.log[-1].startswith("Demotion targets for Node 1")
    assert ("log", "events build 3 of them 1 times") in [(a.what, a.why) for a in made.assumptions]
    assert made.hot_events[0].accepted


def test_a_kernel_without_memory_hotplug_knows_no_event() -> None:
    """No block can go offline either; without hot-remove only that."""
    given = read_events(["dimm:8G+1G,pxm=1", "offline:1G+128M"])
    without = plan(TABLE, "nokaslr", config={"MEMORY_HOTPLUG": "n"}, hot_events=given)
    assert [one.error for one in without.hot_events] == ["ENODEV", "ENOENT"]
    assert {run.offline for run in without.blocks.runs} == {"no"}
    kept = plan(TABLE, "nokaslr", config={"CONFIG_MEMORY_HOTREMOVE": "n"}, hot_events=given)
    assert [one.error for one in kept.hot_events] == [None, "EINVAL"]
    assert "CONFIG_MEMORY_HOTREMOVE=n" in kept.blocks.runs[1].why


def test_state_files_of_partial_blocks_are_no_event() -> None:
    """The message has the words, and how they were given."""
    events = read_placed_events([("offline:0+1M", "m.toml: [[event]] 1")])
    with pytest.raises(SratToolError) as error:
        simulate(outcome(TABLE, "nokaslr", profile="6.12"), events)
    assert error.value.message == (
        "m.toml: [[event]] 1: not whole memory blocks, got 'offline:0+1M', "
        "expected multiples of the memory block size 0x8000000"
    )


def test_what_can_come_out_is_asked_of_the_range_not_of_what_changed() -> None:
    """A refused event changes nothing, and the memory is there all the same."""
    _, again, boot = answers(
        "dimm:8G+1G,pxm=2",
        "online:8G+1G",
        "offline:0+1G",
        cmdline="memhp_default_state=online_movable",
    )
    assert (again.error, again.removable) == ("EINVAL", "yes")
    assert boot.because == "boot memory that no memory device describes can only go offline"
