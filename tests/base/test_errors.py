"""Errors state where, what, what was expected and what to try."""

from __future__ import annotations

import pickle

import pytest

from srat_tool.base.errors import SourceError, SratToolError, internal_error
from srat_tool.sources.found import Found, NoTableError, NotPermittedError


def test_message_form() -> None:
    """All facts are on one line in a fixed order."""
    error = SourceError(
        "length is wrong", where="srat.bin", offset=0x58, got=12, expected=40, hint="another dump"
    )
    assert str(error) == "srat.bin: +0x0058: length is wrong, got 12, expected 40; try another dump"


def test_path_is_escaped() -> None:
    """A hostile file name cannot write to the terminal."""
    assert "\x1b" not in SourceError("no table", where="\x1b[2J.bin").message


def test_errors_cross_processes() -> None:
    """With all facts, whatever their own arguments are."""
    errors: tuple[SratToolError, ...] = (
        SourceError("no table", where="x", offset=4, hint="another"),
        NoTableError("x", Found()),
        NotPermittedError("x", {"SRAT": 40}),
    )
    for error in errors:
        other = pickle.loads(pickle.dumps(error))  # noqa: S301 - ours
        assert type(other) is type(error)
        assert other.message == str(other) == error.message
        assert other.hint == error.hint


def _fail() -> None:
    raise ValueError("\x1b[31m" + "x" * 10_000)


def test_an_internal_error_is_one_line_with_its_place() -> None:
    """Safe for a terminal, and bounded whatever the error's own words are."""
    with pytest.raises(ValueError, match="xxx") as caught:
        _fail()
    line = internal_error(caught.value)
    assert line.startswith("internal error at test_errors.py:")
    assert "ValueError: \\x1b[31mx" in line
    assert len(line) < 400
