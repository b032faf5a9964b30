"""How far long work has come, on a terminal's standard error; silence anywhere else."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Self, TextIO

from srat_tool.base.text import printable

FIRST_AFTER = 0.5
EVERY = 0.1
_CLEAR = "\r\x1b[K"


class Progress:
    """One line that is written over: `lint  120/1000  12%  path`.

    Nothing appears during the first half second, nor on a stream that is no terminal. Use it in a
    `with` statement, so that the line is gone before anything else is written.

    Args:
        what: the work, one word.
        total: how many steps there are; None when it is unknown.
        stream: where it shows; None means standard error.
        clock: seconds, for tests.
    """

    def __init__(
        self,
        what: str,
        total: int | None = None,
        *,
        stream: TextIO | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._what, self._total, self._done = printable(what), total, 0
        self._stream = sys.stderr if stream is None else stream
        self._clock = clock
        self._next = clock() + FIRST_AFTER if self._stream.isatty() else float("inf")
        self._shown = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.clear()

    def step(self, name: str = "", count: int = 1) -> None:
        """Count `count` steps; `name` is what is being worked on."""
        self._done += count
        now = self._clock()
        if now >= self._next:
            self._next = now + EVERY
            self._stream.write(_CLEAR + self._line(name))
            self._stream.flush()
            self._shown = True

    def _line(self, name: str) -> str:
        share = f"{self._done}"
        if self._total:
            share = f"{self._done}/{self._total}  {100 * self._done // self._total}%"
        return f"{self._what}  {share}  {printable(name)}"[:79]

    def clear(self) -> None:
        """Take the line away, so that other text can be written."""
        if self._shown:
            self._stream.write(_CLEAR)
            self._stream.flush()
            self._shown = False


def progress_line() -> Callable[[str, str | None], None]:
    """Return a callback that shows the steps of work, one line for each work that it is told of.

    It takes the work and the item that is next; None as item ends the work and removes its line.
    """
    lines: dict[str, Progress] = {}

    def report(work: str, item: str | None) -> None:
        if item is not None:
            lines.setdefault(work, Progress(work)).step(item)
        elif work in lines:
            lines.pop(work).clear()

    return report
