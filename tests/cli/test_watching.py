"""An answer that is asked for again and again."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Iterator
from unittest import mock

import pytest

from srat_tool.base.errors import SourceError
from srat_tool.cli.watching import watch

Answer = tuple[str, int]


@pytest.fixture(autouse=True)
def no_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no time pass."""
    monkeypatch.setattr(time, "sleep", lambda _: None)


def _in_turn(*given: Answer | Exception) -> Callable[[], Answer]:
    answers: Iterator[Answer | Exception] = iter(given)

    def answer() -> Answer:
        one = next(answers, None)
        if one is None:
            raise KeyboardInterrupt
        if isinstance(one, Exception):
            raise one
        return one

    return answer


def test_each_change_is_written_once(capsys: pytest.CaptureFixture[str]) -> None:
    """After a line with the time; the status is that of the last answer."""
    assert watch(_in_turn(("equal\n", 0), ("equal\n", 0), ("differs\n", 1))) == 1
    parts = re.split(r"--- \d{4}-\d\d-\d\d \d\d:\d\d:\d\d[+-]\d\d:\d\d\n", capsys.readouterr().out)
    assert parts == ["", "equal\n", "differs\n"]


def test_a_terminal_shows_the_newest_answer_alone(capsys: pytest.CaptureFixture[str]) -> None:
    """The screen is cleared before each."""
    with mock.patch.object(sys.stdout, "isatty", return_value=True):
        assert watch(_in_turn(("equal\n", 0), ("differs\n", 1))) == 1
    assert capsys.readouterr().out == "\x1b[H\x1b[2Jequal\n\x1b[H\x1b[2Jdiffers\n"


def test_an_error_later_on_is_an_answer(capsys: pytest.CaptureFixture[str]) -> None:
    """A file that goes while it is read; watching goes on."""
    error = SourceError("no such file", where="/sys/x")
    assert watch(_in_turn(("equal\n", 0), error)) == 2
    assert capsys.readouterr().out.endswith("/sys/x: no such file\n")
    assert watch(_in_turn(("equal\n", 0), error, ("equal\n", 0))) == 0


def test_an_error_at_first_ends_it() -> None:
    """Nothing can be compared at all."""
    with pytest.raises(SourceError):
        watch(_in_turn(SourceError("no such file")))
