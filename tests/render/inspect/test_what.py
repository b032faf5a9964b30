"""Words for ranges and bytes."""

from __future__ import annotations

from srat_tool.render.inspect.what import byte_text, range_text


def test_bytes_are_shown_from_the_front() -> None:
    """The first sixteen; zeros are only counted."""
    assert byte_text(bytes(range(1, 4))) == "3 bytes 01 02 03"
    assert byte_text(bytes(40)) == "40 bytes all zero"
    assert byte_text(bytes(range(40))).endswith("0f ...")


def test_ranges() -> None:
    """An empty one has a place, and one that wraps is marked as such."""
    assert range_text(4096, 0) == "empty at 0x1000"
    assert "wraps" in range_text(1 << 63, 1 << 63 | 1)
