"""Running machines for tests of events after the boot: two nodes, and room for more memory."""

from __future__ import annotations

from srat_tool.base.units import GIB
from srat_tool.kernel.hotplug.state import HotplugState
from srat_tool.plan.event_text import read_events
from srat_tool.plan.event_values import EventAnswer
from srat_tool.plan.hot_events import simulate
from srat_tool.plan.hot_start import start
from tests.machines import cpu, mem, srat
from tests.plan.support import outcome

TABLE = srat(
    cpu(0, 0),
    cpu(1, 1),
    mem(0, 0, 5 * GIB),
    mem(1, 5 * GIB, 6 * GIB),
    mem(1, 8 * GIB, 12 * GIB, hot=True),
    mem(2, 12 * GIB, 16 * GIB, hot=True),
)
"""Node 0 has RAM to 5 GiB, node 1 to 6 GiB; node 2 has none yet."""


def running(cmdline: str = "nokaslr", profile: str = "6.12", **fields: object) -> HotplugState:
    """Return the machine when user space runs."""
    return start(outcome(TABLE, cmdline, profile=profile, **fields))


def answers(
    *texts: str, cmdline: str = "nokaslr", profile: str = "6.12", **fields: object
) -> tuple[EventAnswer, ...]:
    """Let events happen on it."""
    booted = outcome(TABLE, cmdline, profile=profile, **fields)
    return simulate(booted, read_events(texts)).answers


def after(
    *texts: str, cmdline: str = "nokaslr", profile: str = "6.12", **fields: object
) -> HotplugState:
    """Return the machine after events."""
    booted = outcome(TABLE, cmdline, profile=profile, **fields)
    return simulate(booted, read_events(texts)).state
