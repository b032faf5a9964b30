"""Lines of the CEDT."""

from __future__ import annotations

import pytest

from tests.authoring.read_back import read_back


@pytest.mark.parametrize(
    ("text", "size", "pieces"),
    [
        ("bridge 7 4064M+64K", 32, 1),
        ("window 1T+64G 7,8 type3 volatile", 44, 1),
        ("xor 0 0x2040,0x4080", 24, 1),
        ("system 1", 8, 1),
    ],
)
def test_lines_read_back(text: str, size: int, pieces: int) -> None:
    """A line encodes to the size in the specification, and decodes to the same line."""
    assert read_back("cedt", text, pieces) == (size, text)
