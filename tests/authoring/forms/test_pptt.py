"""Lines of the PPTT."""

from __future__ import annotations

import pytest

from tests.authoring.read_back import read_back


@pytest.mark.parametrize(
    ("text", "size", "pieces"),
    [
        ("node 0 0 package resources=56,84", 28, 1),
        ("cache 0 32K length=24 line_size=64", 24, 1),
    ],
)
def test_lines_read_back(text: str, size: int, pieces: int) -> None:
    """A line encodes to the size in the specification, and decodes to the same line."""
    assert read_back("pptt", text, pieces) == (size, text)
