"""How far long work has come, on a terminal's standard error; silence anywhere else."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TextIO

from srat_tool.base.text import printable

FIRST_AFTER = 0.3
"""Seconds: with the start of the program it is half a second until something shows."""
EVERY = 0.1
_CLEAR = "\r\x1b[K"
_WIDTH = 79
_PATIENCE = 1.0


class Ticker:
    """One line that is written over: `checking  3 s  120  path`.

    Nothing appears during the first moment (`FIRST_AFTER`), nor during that after other output.
    `tick` shows the line when it is due; a thread calls it, so that the line also appears for work
    that never reports its progress.

    Args:
        name: what is done while no work is reported.
        stream: where it shows.
        lock: a lock that `tick` and `written` hold; None where nothing runs at the same time.
        clock: seconds, for tests.
    """

    def __init__(
        self,
        name: str,
        stream: TextIO,
        *,
        lock: Any = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        import shutil  # with all its archive formats; no pipe needs it

        self._name, self._stream, self._lock, self._clock = name, stream, lock, clock
        self._began = clock()
        self._next = self._began + FIRST_AFTER
        self._works: dict[str, tuple[int, str]] = {}
        self._shown, self._line_open = False, False
        self._width = min(_WIDTH, shutil.get_terminal_size().columns - 1)

    def report(self, work: str, item: str | None) -> None:
        """Take a step of some work; None as item ends the work."""
        if item is None:
            self._works.pop(work, None)
        else:
            count, _ = self._works.get(work, (0, ""))
            self._works[work] = count + 1, item

    def tick(self) -> None:
        """Show the line when it is time for it."""
        with self._held():
            if self._line_open or self._clock() < self._next:
                return
            self._next = self._clock() + EVERY
            self._stream.write(_CLEAR + self._line())
            self._stream.flush()
            self._shown = True

    def written(self, text: str) -> None:
        """Take the line away, because other text is about to be written on the same terminal."""
        with self._held():
            self._line_open = not text.endswith("\n") if text else self._line_open
            self._next = self._clock() + FIRST_AFTER
            if self._shown:
                self._stream.write(_CLEAR)
                self._stream.flush()
                self._shown = False

    def _line(self) -> str:
        seconds = f"{self._clock() - self._began:.0f} s"
        works = list(self._works.items())  # a step may be reported at the same time
        if not works:
            return f"{self._name}  {seconds}"
        work, (count, item) = works[-1]
        return f"{printable(work)}  {seconds}  {count}  {printable(item)}"[: self._width]

    @contextmanager
    def _held(self) -> Iterator[None]:
        # In a process that was forked meanwhile the thread that holds the lock may not exist.
        held = self._lock is not None and self._lock.acquire(timeout=_PATIENCE)
        try:
            yield
        finally:
            if held:
                self._lock.release()


class _Watched:
    """A stream of the same terminal: the line goes before anything is written to it."""

    def __init__(self, stream: TextIO, ticker: Ticker) -> None:
        self._stream, self._ticker = stream, ticker

    def write(self, text: str) -> int:
        self._ticker.written(text)
        return self._stream.write(text)

    def writelines(self, lines: Any) -> None:
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        if name == "buffer":
            self._ticker.written("\n")
        return getattr(self._stream, name)


_current: list[Ticker] = []


def progress_line() -> Callable[[str, str | None], None]:
    """Return the callback that takes the steps of work: the work, and the item that is next."""
    return _current[-1].report if _current else _unheard


def _unheard(work: str, item: str | None) -> None:
    del work, item


@contextmanager
def progress_shown(name: str) -> Iterator[None]:
    """Show on standard error, where it is a terminal, that a command is at work."""
    out, err = sys.stdout, sys.stderr
    if not err.isatty():
        yield
        return
    import threading

    ticker, end = Ticker(name, err, lock=threading.Lock()), threading.Event()

    def tick() -> None:
        while not end.wait(EVERY):
            ticker.tick()

    thread = threading.Thread(target=tick, daemon=True)
    thread.start()
    _current.append(ticker)
    sys.stderr = _Watched(err, ticker)
    if out.isatty():
        sys.stdout = _Watched(out, ticker)
    try:
        yield
    finally:
        end.set()
        thread.join()
        ticker.written("")
        _current.pop()
        sys.stdout, sys.stderr = out, err
