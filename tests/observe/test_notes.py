"""Printed ranges become half-open spans."""

from __future__ import annotations

from srat_tool.base.span import Span
from srat_tool.observe.notes import Notes, exclusive, inclusive


def test_ends() -> None:
    """Inclusive ends gain one; exclusive ends stay; a zero length at 0 prints as all ones."""
    assert inclusive("0x00000000", "0x0009ffff") == Span(0, 0xA0000)
    assert exclusive("0", "a0000") == Span(0, 0xA0000)
    assert inclusive("0x00000000", "0xffffffffffffffff") == Span(0, 0)
    assert inclusive("0x1000", "0xffffffffffffffff") == Span(0x1000, 1 << 64)


def test_the_first_telling_of_a_fact_counts() -> None:
    """A second command line, printed later, changes nothing."""
    notes = Notes()
    notes.fact("command_line", "a")
    notes.fact("command_line", "b")
    assert notes.facts == {"command_line": "a"}
