"""How much work events are: counted in calls, so that it is the same on every machine."""

from __future__ import annotations

import sys
from types import FrameType

from srat_tool.base.units import GIB
from srat_tool.kernel.hotplug.simulate import apply_event
from srat_tool.plan.event_text import read_events
from srat_tool.plan.hot_start import start
from srat_tool.tables.memmap import MapEntry, MemoryMap, MemoryType
from tests.machines import cpu, mem, srat
from tests.plan.support import outcome

HOT = 4096 * GIB


def _calls(nodes: int, events: int) -> int:
    """Return the calls that DIMMs on many nodes cost, which go online, offline and away."""
    table = srat(
        cpu(0, 0),
        *(mem(nid, nid * 4 * GIB, (nid * 4 + 2) * GIB) for nid in range(nodes)),
        *(
            mem(nid, HOT + nid * 8 * GIB, HOT + (nid + 1) * 8 * GIB, hot=True)
            for nid in range(nodes)
        ),
    )
    ram = [(1 << 20, 2 * GIB), *((nid * 4 * GIB, (nid * 4 + 2) * GIB) for nid in range(1, nodes))]
    booted = outcome(
        table,
        "movable_node memhp_default_state=online_movable",
        profile="6.12",
        hardware="virtual",
        memory_map=MemoryMap(entries=tuple(MapEntry(*one, MemoryType.RAM) for one in ram)),
    )
    texts = []
    for number in range(events // 4):
        nid = number % nodes
        at = HOT + nid * 8 * GIB
        texts += [f"dimm:{at:#x}+4G,pxm={nid},id=m{number}", f"offline:{at:#x}+2G"]
        texts += [f"online:{at:#x}+2G", f"remove:m{number}"]
    state = start(booted)
    count = 0

    def counted(_frame: FrameType, what: str, _value: object) -> None:
        nonlocal count
        count += what == "call"

    given = read_events(texts)
    sys.setprofile(counted)
    try:
        answers = [apply_event(state, one.event).accepted for one in given]
    finally:
        sys.setprofile(None)
    assert all(answers)
    return count


def test_twice_the_events_are_twice_the_work() -> None:
    """Nothing grows with what happened before."""
    assert _calls(8, 160) < 2.2 * _calls(8, 80)


def test_an_event_costs_little_more_on_a_machine_with_many_nodes() -> None:
    """A block is found by bisection; what is walked is short."""
    assert _calls(64, 64) < 4 * _calls(8, 64)
