"""Parts of a comparison."""

from __future__ import annotations

from srat_tool.compare.verified import Verdict, compared, first_difference, without_dropped


def test_first_difference() -> None:
    """The index of the first other or missing element."""
    assert first_difference("abc", "abc") is None
    assert first_difference("abc", "abd") == 2
    assert first_difference("ab", "abc") == 2
    assert first_difference("", "a") == 0


def test_one_part() -> None:
    """Equal lists are equal; else the first difference is named."""
    assert compared("zones", ["a"], ["a"], "1 line").verdict is Verdict.EQUAL
    part = compared("zones", ["a", "b"], ["a"], "1 line")
    assert (part.verdict, part.at) == (Verdict.DIFFERENT, 1)


def test_dropped_lines() -> None:
    """As many as were dropped may be missing, wherever they were."""
    assert without_dropped(("a", "b", "c"), ("a", "c"), 1) == ("a", "c")
    assert without_dropped(("a", "b", "c"), ("c",), 1) == ("a", "b", "c")
    assert without_dropped(("a", "b", "c"), ("c", "a"), 5) == ("a", "b", "c")
    assert without_dropped(("a",), ("a",), 3) == ("a",)
