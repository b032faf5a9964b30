"""Events of the walk over the tables."""

from __future__ import annotations

from typing import get_args

from srat_tool.kernel import table_events
from srat_tool.kernel.events import BootEvent


def test_each_is_a_boot_event() -> None:
    """The union of all events knows every event of the walk."""
    here = {
        value
        for value in vars(table_events).values()
        if isinstance(value, type) and value.__module__ == table_events.__name__
    }
    assert here <= set(get_args(BootEvent))
