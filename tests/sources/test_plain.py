"""Telling text from binary."""

from __future__ import annotations

from srat_tool.sources.plain import is_text


def test_text_and_binary() -> None:
    """Colours and other alphabets are text, NUL and erased flash are not."""
    assert is_text("\x1b[1mSRAT\x1b[0m\tä\r\n".encode())
    assert not is_text(b"SRAT\0")
    assert not is_text(b"\xff" * 16)
