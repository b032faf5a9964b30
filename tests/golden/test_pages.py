"""The output does not change unnoticed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.golden.pages import GOLDEN, WIDTHS, commands, write


@pytest.mark.parametrize("place", commands(), ids=str)
def test_pages_are_as_reviewed(place: Path, tmp_path: Path) -> None:
    """Each page is, letter for letter, the one that was reviewed (`make golden` writes them)."""
    made = write(place, commands()[place], tmp_path)
    assert made.read_text() == (GOLDEN / place).read_text()


@pytest.mark.parametrize("place", [p for p in commands() if p.suffix == ".txt"], ids=str)
def test_pictures_keep_to_their_width(place: Path) -> None:
    """No line of a page is wider than asked for, unless a single word is."""
    width = next((w for w in WIDTHS if str(w) in place.stem), 120)
    for line in (GOLDEN / place).read_text().splitlines():
        assert len(line) <= width or len(line.split()) <= 2 or "explain" in str(place), line
