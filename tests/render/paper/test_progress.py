"""Progress is for a terminal and for long work only."""

from __future__ import annotations

import io
import sys

import pytest

from srat_tool.render.paper.progress import Progress, progress_line


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


class Clock:
    """Time that passes when told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_nothing_in_a_pipe() -> None:
    """Not a byte, however long it takes."""
    stream, clock = io.StringIO(), Clock()
    with Progress("lint", 10, stream=stream, clock=clock) as progress:
        clock.now = 100
        progress.step("a")
    assert stream.getvalue() == ""


def test_nothing_for_short_work() -> None:
    """Half a second needs no word."""
    stream, clock = Terminal(), Clock()
    with Progress("lint", 10, stream=stream, clock=clock) as progress:
        clock.now = 0.4
        progress.step("a")
    assert stream.getvalue() == ""


def test_line_is_written_over_and_taken_away() -> None:
    """One line, ten times a second at most, gone at the end; names are escaped."""
    stream, clock = Terminal(), Clock()
    with Progress("lint", 10, stream=stream, clock=clock) as progress:
        for _ in range(5):
            clock.now += 0.3
            progress.step("a\x1b[31m")
            progress.step("b")
    written = stream.getvalue().split("\r\x1b[K")
    assert written[1] == "lint  3/10  30%  a\\x1b[31m"
    assert len(written) == 6
    assert written[-1] == ""


def test_unknown_total_is_counted() -> None:
    """No percentage of nobody knows what, and no line longer than a terminal."""
    stream, clock = Terminal(), Clock()
    progress = Progress("soak", stream=stream, clock=clock)
    clock.now = 1
    progress.step("x" * 200)
    assert stream.getvalue().startswith("\r\x1b[Ksoak  1  xxx")
    assert len(stream.getvalue()) < 90


def test_a_callback_has_a_line_for_each_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """None as item removes the line of that work; ending work that never began is harmless."""
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr("srat_tool.render.paper.progress.FIRST_AFTER", 0)
    report = progress_line()
    report("checking", None)
    report("reading", "a")
    report("reading", None)
    assert stream.getvalue() == "\r\x1b[Kreading  1  a\r\x1b[K"
