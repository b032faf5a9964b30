"""A real terminal of any width, on which commands run one after another."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from collections.abc import Sequence
from contextlib import suppress

from tests.support import ROOT

_END = "\x1e"
"""A control character, which the tool escapes wherever it is."""
_CODES = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_PROGRESS = re.compile(r"[^\n]*\r\x1b\[K")
_RUNS = f"""
import json, sys
from srat_tool.cli.main import run
for words in json.loads(sys.argv[1]):
    run(words)
    sys.stdout.flush()
    sys.stderr.flush()
    sys.stdout.write({_END!r})
    sys.stdout.flush()
"""


def shown_on_terminal(commands: Sequence[Sequence[str]], width: int) -> list[list[str]]:
    """Return the lines that each command leaves on a terminal, colours and progress removed.

    Args:
        commands: their words, without the name of the program.
        width: columns of the terminal.
    """
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, width, 0, 0))
    kept = {name: value for name, value in os.environ.items() if name not in _DECIDING}
    process = subprocess.Popen(
        [sys.executable, "-c", _RUNS, json.dumps([list(words) for words in commands])],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=ROOT,
        env={**kept, "TERM": "xterm-256color"},
    )
    os.close(theirs)
    pieces = []
    with suppress(OSError):  # EIO, once the other end is closed
        while piece := os.read(ours, 1 << 16):
            pieces.append(piece)
    os.close(ours)
    assert process.wait() == 0
    text = b"".join(pieces).decode().replace("\r\n", "\n")
    return [
        _CODES.sub("", _PROGRESS.sub("", answer)).splitlines() for answer in text.split(_END)[:-1]
    ]


_DECIDING = frozenset(("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "COLORTERM"))
"""Variables that decide over the terminal."""
