"""Colours: on a terminal, always, or never."""

from __future__ import annotations

import os

import pytest

from srat_tool.cli.main import run

PLAN = ["plan", "example:cxl-window"]


@pytest.mark.parametrize("term", ["dumb", "xterm"])
def test_always_and_never(
    term: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever the environment contains; the environment is as before afterwards."""
    monkeypatch.setenv("TERM", term)
    monkeypatch.setenv("NO_COLOR", "1")
    assert run([*PLAN, "--color", "always"]) == 0
    assert "\x1b[" in capsys.readouterr().out
    assert (os.environ["NO_COLOR"], os.environ["TERM"]) == ("1", term)
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert run([*PLAN, "--color=never"]) == 0
    assert "\x1b[" not in capsys.readouterr().out
    assert os.environ["FORCE_COLOR"] == "1"


def test_a_pipe_gets_none_by_itself(capsys: pytest.CaptureFixture[str]) -> None:
    """Auto is the default."""
    assert run(PLAN) == 0
    plain = capsys.readouterr().out
    assert run([*PLAN, "--color", "auto"]) == 0
    assert capsys.readouterr().out == plain
