"""Numbers and ranges in words."""

from __future__ import annotations

from srat_tool.base.span import Span
from srat_tool.base.words import address_range, digits, joined, plural, runs


def test_plural() -> None:
    """One has no s."""
    assert [plural(n, "node") for n in (0, 1, 2)] == ["0 nodes", "1 node", "2 nodes"]
    assert plural(2, "entry", "entries") == "2 entries"


def test_joined() -> None:
    """Commas, and an `and` before the last."""
    assert [joined(list("abc")[:n]) for n in range(4)] == ["", "a", "a and b", "a, b and c"]


def test_runs() -> None:
    """Consecutive numbers become ranges, whatever the order."""
    assert runs([8, 3, 1, 2, 0, 8]) == "0-3,8"
    assert runs([]) == ""


def test_runs_are_counted_past_the_most() -> None:
    """What is not spelled out is counted."""
    assert runs(range(0, 20, 2), most=3) == "0,2,4 and 7 more"


def test_address_range_has_an_inclusive_end() -> None:
    """As in /proc/iomem, filled up to the widest of a list."""
    spans = [Span(0, 0x1000), Span(0x1000, 0x100000)]
    assert [address_range(s, digits(spans)) for s in spans] == [
        "0x00000-0x00fff",
        "0x01000-0xfffff",
    ]
    assert digits([]) == 1
