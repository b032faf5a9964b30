"""Lines of the SRAT."""

from __future__ import annotations

import pytest

from tests.authoring.read_back import read_back


@pytest.mark.parametrize(
    ("text", "size", "pieces"),
    [
        ("apic 300 7 off", 16, 1),
        ("mem 1 4G+2G hotplug nonvolatile", 40, 1),
        ("initiator 2 pci:0000:00:1f.0", 32, 1),
        ("gicc 1 3", 18, 1),
    ],
)
def test_lines_read_back(text: str, size: int, pieces: int) -> None:
    """A line encodes to the size in the specification, and decodes to the same line."""
    assert read_back("srat", text, pieces) == (size, text)
