"""Lines of the MADT."""

from __future__ import annotations

import pytest

from tests.authoring.read_back import read_back


@pytest.mark.parametrize(
    ("text", "size", "pieces"),
    [
        ("lapic 0..3 0..6/2", 32, 4),
        ("lapic 4 255 online-capable off", 8, 1),
        ("gicc 0 256", 80, 1),
        ("gicc 0 0 length=76", 76, 1),
        ("raw 1 02,00*8,ff", 12, 1),
    ],
)
def test_lines_read_back(text: str, size: int, pieces: int) -> None:
    """A line encodes to the size in the specification, and decodes to the same line."""
    assert read_back("madt", text, pieces) == (size, text)
