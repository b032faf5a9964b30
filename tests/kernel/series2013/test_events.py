"""The series' events are events of the boot."""

from __future__ import annotations

from typing import get_args

from srat_tool.kernel.events import BootEvent
from srat_tool.kernel.series2013 import events


def test_every_event_belongs_to_the_stream() -> None:
    """The events of a boot are one union, these included."""
    own = {events.RunMapped, events.GbPages, events.RamMapped, events.BrkTaken}
    assert own <= set(get_args(BootEvent))
