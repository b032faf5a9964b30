"""Steps of a boot as values."""

from __future__ import annotations

from typing import get_args

from srat_tool.base.span import Span
from srat_tool.kernel import events
from srat_tool.kernel.events import BootEvent, NodeRange, NumaBlock, ZoneRange


def test_a_block_knows_its_range() -> None:
    """Half open, in bytes."""
    assert NumaBlock(0x1000, 0x3000, 1, (48,)).span == Span(0x1000, 0x3000)


def test_every_event_is_in_the_union() -> None:
    """The type checker closes what distinguishes events by it, such as `printk`."""
    classes = {made for made in vars(events).values() if hasattr(made, "_fields")}
    assert classes - {Span, NumaBlock, NodeRange, ZoneRange} == set(get_args(BootEvent))
