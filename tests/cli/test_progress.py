"""Progress is for a terminal and for long work only."""

from __future__ import annotations

import io
import sys
import time
from unittest import mock

import pytest

from srat_tool.cli.progress import Ticker, progress_line, progress_shown


class Clock:
    """A clock that the test advances."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_nothing_for_short_work() -> None:
    """A fifth of a second needs no word, and leaves nothing to take away."""
    stream, clock = io.StringIO(), Clock()
    ticker = Ticker("srattool plan", stream, clock=clock)
    clock.now = 0.2
    ticker.tick()
    ticker.written("")
    assert stream.getvalue() == ""


def test_work_that_reports_nothing_shows_within_half_a_second() -> None:
    """The command and its seconds; written over ten times a second at most."""
    stream, clock = io.StringIO(), Clock()
    ticker = Ticker("srattool plan", stream, clock=clock)
    clock.now = 0.4
    ticker.tick()
    ticker.tick()
    clock.now = 3
    ticker.tick()
    assert stream.getvalue() == "\r\x1b[Ksrattool plan  0 s\r\x1b[Ksrattool plan  3 s"


@pytest.mark.parametrize(("columns", "width"), [("60", 59), ("200", 79)])
def test_the_line_names_the_newest_work_and_its_item(
    columns: str, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Steps are counted, names are escaped, the line fits; work that ends is not shown."""
    monkeypatch.setenv("COLUMNS", columns)
    stream, clock = io.StringIO(), Clock()
    ticker = Ticker("srattool plan", stream, clock=clock)
    ticker.report("checking", None)
    ticker.report("reading", "a")
    ticker.report("reading", "a\x1b[31m" + "x" * 200)
    clock.now = 1
    ticker.tick()
    shown = stream.getvalue().removeprefix("\r\x1b[K")
    assert shown.startswith("reading  1 s  2  a\\x1b[31mxxx")
    assert len(shown) == width
    ticker.report("reading", None)
    clock.now = 2
    ticker.tick()
    assert stream.getvalue().endswith("\r\x1b[Ksrattool plan  2 s")


def test_the_line_goes_before_other_output() -> None:
    """It stays away while a line of an answer is unfinished, and for a moment."""
    stream, clock = io.StringIO(), Clock()
    ticker = Ticker("srattool plan", stream, clock=clock)
    clock.now = 1
    ticker.tick()
    ticker.written("half a line")
    assert stream.getvalue().endswith("\r\x1b[K")
    length = len(stream.getvalue())
    clock.now = 9
    ticker.tick()
    ticker.written("the rest\n")
    ticker.tick()
    assert len(stream.getvalue()) == length
    clock.now = 9.5
    ticker.tick()
    assert len(stream.getvalue()) > length


def test_a_command_at_work_shows_on_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """Within a second, by itself; the streams are the old ones afterwards."""
    before = sys.stdout, sys.stderr
    with (
        mock.patch.object(sys.stdout, "isatty", return_value=True),
        mock.patch.object(sys.stderr, "isatty", return_value=True),
        progress_shown("srattool plan"),
    ):
        progress_line()("planning", "machine")
        time.sleep(0.8)
        sys.stdout.write("answer\n")
    assert (sys.stdout, sys.stderr) == before
    captured = capsys.readouterr()
    assert captured.out == "answer\n"
    assert captured.err.startswith("\r\x1b[Kplanning  ")
    assert captured.err.endswith("\r\x1b[K")


def test_nothing_in_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    """Not a byte, and no thread."""
    with progress_shown("srattool plan"):
        progress_line()("planning", "machine")
        time.sleep(0.7)
    assert capsys.readouterr().err == ""
