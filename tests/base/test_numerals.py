"""Numbers in text that comes from outside."""

from __future__ import annotations

import pytest

from srat_tool.base.numerals import MAX_DIGITS, whole


@pytest.mark.parametrize("text", ["0", "007", "9" * MAX_DIGITS, b"12"])
def test_numbers(text: str | bytes) -> None:
    """ASCII digits, from text or bytes."""
    assert whole(text) == int(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", "-1", "+1", " 1", "1_0", "0x1", "1.0", b"", b"\xb2", "9" * 5000),
        *("\N{SUPERSCRIPT TWO}", "\N{ARABIC-INDIC DIGIT THREE}", "9" * (MAX_DIGITS + 1)),
    ],
)
def test_everything_else(text: str | bytes) -> None:
    """Signs, blanks, other scripts, and more digits than any number of a table has."""
    assert whole(text) is None
