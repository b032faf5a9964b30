"""What holds for any input: a status, no traceback, text that is safe and short, bounded time."""

from __future__ import annotations

import io
import os
import re
import resource
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from srat_tool.cli.main import TRACEBACK, run

# One input of a few kilobytes may not take longer than this; the machine may be busy.
SLOWEST = 8.0
ADDRESS_SPACE = 3 << 30
MAX_ERRORS = 64 << 10
# Bytes that move a terminal's cursor, reorder text or make XML invalid, and lines that a CI service
# executes.
_UNSAFE = re.compile(
    rb"[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\xa8-\xae]|\xe2\x81[\xa6-\xa9]"
    rb"|\xef\xbf[\xbe\xbf]|(?m:^(?:::|##\[))"
)


class BrokenRuleError(Exception):
    """What holds for any input does not hold for this one."""


def command(arguments: list[str], *, size: int) -> int:
    """Run a command line in this process and return its status.

    Args:
        arguments: its words.
        size: bytes of the input that it reads, which bound what it may write to standard error.

    Raises:
        BrokenRuleError: when it breaks a rule.
    """
    out, err = _stream(), _stream()
    kept = sys.stdout, sys.stderr, sys.stdin
    sys.stdout, sys.stderr, sys.stdin = out, err, _stream()
    try:
        status = run(arguments)
    finally:
        sys.stdout, sys.stderr, sys.stdin = kept
    written, errors = _bytes_of(out), _bytes_of(err)
    where = " ".join(arguments)[:300]
    if status not in {0, 1, 2}:
        raise BrokenRuleError(f"{where}: status {status}")
    if b"out of memory" in errors[:200]:
        raise BrokenRuleError(f"{where}: {errors[:200]!r}")
    if status == 2 and not errors and not written:
        raise BrokenRuleError(f"{where}: status 2 and not a word")
    if len(errors) > MAX_ERRORS + 4 * size:
        raise BrokenRuleError(f"{where}: {len(errors)} bytes of messages")
    for text in (errors, written):
        unsafe = _UNSAFE.search(text)
        if unsafe is not None:
            around = text[max(0, unsafe.start() - 80) : unsafe.end() + 80]
            raise BrokenRuleError(f"{where}: unsafe output {around!r}")
    return status


def _stream() -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)


def _bytes_of(stream: io.TextIOWrapper) -> bytes:
    stream.flush()
    whole = stream.buffer
    assert isinstance(whole, io.BytesIO)
    return whole.getvalue()


@contextmanager
def bounded(seconds: float = SLOWEST) -> Iterator[None]:
    """Bound the processor time of what runs inside.

    Raises:
        BrokenRuleError: when it takes longer.
    """

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise BrokenRuleError(f"took more than {seconds} s")

    previous = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds, 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, previous)


@contextmanager
def confined(limit: int = ADDRESS_SPACE) -> Iterator[None]:
    """Show tracebacks, read no configuration, and bound the memory of this process."""
    before = resource.getrlimit(resource.RLIMIT_AS)
    shown = os.environ.get(TRACEBACK)
    os.environ[TRACEBACK] = "1"
    resource.setrlimit(resource.RLIMIT_AS, (limit, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)
        if shown is None:
            del os.environ[TRACEBACK]
        else:
            os.environ[TRACEBACK] = shown
