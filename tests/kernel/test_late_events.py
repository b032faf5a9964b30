"""Events after the zones."""

from __future__ import annotations

from typing import get_args

from srat_tool.kernel import late_events
from srat_tool.kernel.late_events import LateEvent


def test_every_event_is_in_the_union() -> None:
    """The type checker closes what distinguishes events by it, such as `printk_late`."""
    classes = {made for made in vars(late_events).values() if hasattr(made, "_fields")}
    assert classes == set(get_args(LateEvent))
