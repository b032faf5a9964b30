"""Numbers in text from outside are bounded, by the one function that converts them or a pattern."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.contract.test_house import PACKAGE, SOURCES

ONE_PLACE = PACKAGE / "base" / "numerals.py"
# A group that captures digits without a bound: what is captured is converted.
UNBOUNDED = re.compile(r"\((?:\?P<\w+>)?[-+?]{0,3}(?:\\d|\[0-9[a-fA-F-]*\])[+*]")
READERS = ("api", "authoring", "base", "cli", "kernel", "observe", "plan", "sources")
READING = [path for path in SOURCES if path.relative_to(PACKAGE).parts[0] in READERS]


@pytest.mark.parametrize("source", READING, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_digits_are_bounded(source: Path) -> None:
    """int() raises on 4,300 digits, and str.isdecimal accepts those of every script."""
    text = source.read_text()
    assert UNBOUNDED.search(text) is None
    if source != ONE_PLACE:
        assert not re.search(r"\.is(?:decimal|digit|numeric)\(", text)


def test_the_pattern_sees_what_it_is_for() -> None:
    """Each way to capture digits without a bound is found, and bounded ones are not."""
    for text in (r"(\d+)", r"x(?P<n>\d*)", "([0-9a-f]+)", r"(-?\d+)", "([0-9]+)"):
        assert UNBOUNDED.search(text), text
    for text in (r"(\d{1,9})", r"\d+ zones", "([0-9a-f]{1,16})"):
        assert not UNBOUNDED.search(text), text
