"""Events as values."""

from __future__ import annotations

from typing import get_args

from srat_tool.authoring.events import EVENT_KEYS
from srat_tool.base.span import Span
from srat_tool.kernel.hotplug import events
from srat_tool.kernel.hotplug.events import KmemSource, MemoryEvent, OnlineType


def test_every_event_is_in_the_union() -> None:
    """The type checker closes what distinguishes events by it."""
    classes = {made for made in vars(events).values() if hasattr(made, "_fields")}
    assert classes - {Span} == set(get_args(MemoryEvent))


def test_words_of_events_are_documented() -> None:
    """Each word that a state file takes, and each source of a kmem device, is in the keys."""
    assert all(f"`{word}`" in EVENT_KEYS["event"] for word in get_args(OnlineType))
    assert all(f"`{word}`" in EVENT_KEYS["source"] for word in get_args(KmemSource))
