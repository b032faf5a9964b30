"""An answer that is asked for again and again, until the user interrupts."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime

from srat_tool.base.errors import SratToolError

EVERY = 2.0
_HOME_AND_CLEAR = "\x1b[H\x1b[2J"
_NO_ANSWER = 2


def watch(answer: Callable[[], tuple[str, int]]) -> int:
    """Write each answer that differs from the one before; return the status of the last one.

    A terminal shows the newest answer alone; elsewhere each follows a line with its time. An error
    after the first answer is an answer too: files of a running machine come and go.

    Raises:
        SratToolError: when there is no first answer.
    """
    last, status = "", 0
    try:
        while True:
            try:
                text, status = answer()
            except SratToolError as error:
                if not last:
                    raise
                text, status = f"{error.message}\n", _NO_ANSWER
            if text != last:
                _show(text)
                last = text
            time.sleep(EVERY)
    except KeyboardInterrupt:
        return status


def _show(text: str) -> None:
    if sys.stdout.isatty():
        sys.stdout.write(_HOME_AND_CLEAR)
    else:
        now = datetime.now(UTC).astimezone()
        sys.stdout.write(f"--- {now.isoformat(sep=' ', timespec='seconds')}\n")
    sys.stdout.write(text)
    sys.stdout.flush()
