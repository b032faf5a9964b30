"""Start-up: answer `--version` without imports, hand everything else to the command line."""

from __future__ import annotations

import io
import os
import sys

TYPE_CHECKING = False  # importing typing takes longer than everything here
if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


def main() -> None:
    """Run the command line of this process; never returns."""
    if sys.argv[1:] == ["--version"]:
        from srat_tool.version import __version__

        try:
            os.write(1, f"srattool {__version__}\n".encode())
        except OSError:
            pass  # the regular path reports the error
        else:
            sys.exit(0)
    import gc

    # A decoded table is tens of thousands of objects that all live to the end: looking through them
    # for cycles at every 700th is a third of the time that decoding takes. For the same reason
    # nothing is looked through at the end, when all of it goes away anyway.
    gc.set_threshold(200_000, 20, 100)
    _buffer_output()
    _let_messages_fail()
    from srat_tool.cli.main import run

    status = run(sys.argv[1:])
    gc.freeze()
    sys.exit(status)


def _buffer_output() -> None:
    """Write standard output through a buffer even with PYTHONUNBUFFERED.

    An unbuffered stream drops the rest of a write that a closing reader cuts short, without an
    error.
    """
    raw = getattr(sys.stdout, "buffer", None)
    if isinstance(raw, io.RawIOBase):
        whole = io.BufferedWriter(raw)
        sys.stdout = io.TextIOWrapper(whole, encoding=sys.stdout.encoding, newline="\n")


class _Messages(io.FileIO):
    """Standard error: what cannot be written there is lost, and changes nothing."""

    def write(self, data: ReadableBuffer, /) -> int:
        """Write what can be written, and report all of it as written."""
        try:
            return super().write(data)
        except OSError:
            return memoryview(data).nbytes


def _let_messages_fail() -> None:
    """Keep the exit status meaningful even when standard error is full or its reader exited.

    A result that cannot be written to standard output is an error; there is no place to report that
    a message could not be written.
    """
    if sys.stderr is not None:
        raw = io.BufferedWriter(_Messages(sys.stderr.fileno(), "w", closefd=False))
        sys.stderr = io.TextIOWrapper(raw, sys.stderr.encoding, line_buffering=True)


if __name__ == "__main__":
    main()
