"""Lines of the HMAT."""

from __future__ import annotations

import pytest

from tests.authoring.read_back import read_back


@pytest.mark.parametrize(
    ("text", "size", "pieces"),
    [
        ("memory 2 0", 40, 1),
        ("memory 2 0 unattached", 40, 1),
        ("locality read-latency 0,1 0..3 10,20*7 entry_base_unit=0x3e8", 72, 1),
        ("cache 2 16G cache_attributes=0x401111 smbios_handles=1,2", 36, 1),
        ("raw 9 0011", 10, 1),
    ],
)
def test_lines_read_back(text: str, size: int, pieces: int) -> None:
    """A line encodes to the size in the specification, and decodes to the same line."""
    assert read_back("hmat", text, pieces) == (size, text)
