"""Events after the boot as text."""

from __future__ import annotations

from srat_tool.plan.event_text import read_events
from srat_tool.render.paper.console import Paper, paint
from srat_tool.render.plan.events import event_lines
from tests.hotplug import TABLE
from tests.plan.support import plan

PAPER = Paper(width=120)


def _lines(*texts: str, cmdline: str = "memhp_default_state=online") -> list[str]:
    made = plan(TABLE, cmdline, hot_events=read_events(texts))
    return paint(event_lines(made, PAPER), PAPER).splitlines()


def test_an_accepted_event_says_where_what_it_costs_and_whether_it_can_go() -> None:
    """One line for each of these."""
    assert _lines("dimm:8G+1G,pxm=1") == [
        "  dimm:8G+1G,pxm=1: accepted, node 1 (PXM 1 of the device is node 1)",
        "    0x200000000-0x23fffffff, 1G: online, Normal",
        "    memory map: 16M (node 1)",
        "    can come out again while no kernel page is in it (Normal is a kernel zone)",
        "  nodes online after all events: 0, 1",
    ]


def test_a_refused_event_shows_the_error_of_the_kernel() -> None:
    """With its line, and what cannot be known is marked as such."""
    refused, maybe, _ = _lines("online:64G+128M", "offline:4G+128M")
    assert "refused, ENOENT" in refused
    assert "cannot be known: Normal is a kernel zone" in maybe


def test_nothing_without_events() -> None:
    """No title either."""
    assert not event_lines(plan(TABLE), PAPER)
