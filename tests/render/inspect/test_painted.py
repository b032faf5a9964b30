"""The same lines with colours."""

from __future__ import annotations

import io
import re
import struct

import pytest

from srat_tool.render.inspect.as_text import write_plain
from srat_tool.render.inspect.painted import write_painted
from srat_tool.render.look import Look
from tests.render.inspect.test_record import inspected
from tests.support import table_bytes

SLIT = table_bytes(b"SLIT", struct.pack("<Q", 2) + bytes((10, 21, 31, 10)))
CODES = re.compile(r"\x1b\[[0-9;]*m")


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def _painted(monkeypatch: pytest.MonkeyPatch, **env: str) -> str:
    for name in ("NO_COLOR", "FORCE_COLOR", "COLORTERM", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    shown = inspected(SLIT)
    return "".join(write_painted([shown], Look(stream=_Terminal(), hexdump=True)))


def test_colours_change_no_word(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without its colour codes the terminal's text is the pipe's."""
    text = _painted(monkeypatch)
    assert "\x1b[" in text
    plain = "".join(write_plain([inspected(SLIT)], Look(hexdump=True)))
    assert CODES.sub("", text).split() == plain.split()


@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_no_colours_when_unwanted(monkeypatch: pytest.MonkeyPatch, env: dict[str, str]) -> None:
    """NO_COLOR and dumb terminals get plain text."""
    assert "\x1b" not in _painted(monkeypatch, **env)
