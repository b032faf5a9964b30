"""Events as values."""

from srat_tool.base.span import Span
from srat_tool.kernel.hotplug.events import AddDimm, ChangeState


def test_an_event_is_compared_by_what_it_says() -> None:
    """Two equal events are equal values."""
    assert AddDimm("d0", (Span(0, 1),), None) == AddDimm("d0", (Span(0, 1),), None)
    assert ChangeState(Span(0, 1), "online") != ChangeState(Span(0, 1), "offline")
