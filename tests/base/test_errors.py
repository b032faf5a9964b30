"""Errors say where, what, what was expected and what to try."""

from __future__ import annotations

from srat_tool.base.errors import SourceError


def test_message_form() -> None:
    """All facts stand on one line in a fixed order."""
    error = SourceError(
        "length is wrong", where="srat.bin", offset=0x58, got=12, expected=40, hint="another dump"
    )
    assert str(error) == "srat.bin: +0x0058: length is wrong, got 12, expected 40; try another dump"


def test_path_is_escaped() -> None:
    """A hostile file name cannot write to the terminal."""
    assert "\x1b" not in SourceError("no table", where="\x1b[2J.bin").message
