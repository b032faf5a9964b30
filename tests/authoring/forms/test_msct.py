"""Lines of the MSCT."""

from __future__ import annotations

import pytest

from tests.authoring.read_back import read_back


@pytest.mark.parametrize(
    ("text", "size", "pieces"),
    [
        ("domains 0 3 64 1T", 22, 1),
    ],
)
def test_lines_read_back(text: str, size: int, pieces: int) -> None:
    """A line encodes to the size in the specification, and decodes to the same line."""
    assert read_back("msct", text, pieces) == (size, text)
