"""The documents show what the tool draws today."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.golden.pages import write
from tests.golden.pictures import FOLDER, PICTURES


@pytest.mark.parametrize("place", PICTURES, ids=str)
def test_pictures_are_as_drawn(place: Path, tmp_path: Path) -> None:
    """Each is, byte for byte, what its command draws (`make pictures`)."""
    made = write(place, PICTURES[place], tmp_path)
    assert made.read_bytes() == (FOLDER / place).read_bytes()


def test_no_picture_is_left_over() -> None:
    """Every file of the folder has its command."""
    assert {p.name for p in FOLDER.iterdir()} == {place.name for place in PICTURES}
